"""English that names a matter as a word, a label or a case among others, and does not ask for it. Pure."""

import re

from keywords.negation.english.matters import DEED, HARM, LAW, MATTER, MONEY
from keywords.negation.frames import ANYWHERE, Frame, opens, up_to

_NOT_FOUND = re.compile(
    r"\b(?:not|where|find|need|put me|transfer|works?|working|impossible|still|never|nothing|nobody|greyed|broken"
    r"|missing"
    r"|asks?|crash\w*)\b"
)
_LABEL = (
    r"(?:button|page|section|tab|link|option|team|department|form|screen|banner|word|heading|status"
    r"|category|menu|field)s?"
)
_PEOPLE = r"(?:people|customers?|clients?|folks|subscribers|members|callers|households|users)"

MENTIONED = (
    # "the cancel my plan button is red", "a page headed cancel my contract", "a form to cancel my contract"
    Frame(
        opener=re.compile("^"),
        gap=re.compile(".*"),
        hit=DEED,
        after=re.compile(rf"^(?:\w+ )?{_LABEL}\b"),
        unless=_NOT_FOUND,
        only_named=True,
    ),
    Frame(
        opener=opens(
            rf"{_LABEL} (?:headed|called|marked|labelled|saying|says|that says|reading|titled|to|for|about|named"
            rf"|that deals"
            r" with people who want to) (?:\w+ )?"
        ),
        hit=DEED,
        unless=_NOT_FOUND,
        only_named=True,
    ),
    Frame(
        opener=opens(r"(?:clicked|pressed|hit|tapped|ticked|chose|selected|pushed|touched) (?:on )?(?:the )?"),
        hit=HARM,
        after=re.compile(r"\b(?:mistake|accident|meant|oops|back|instead|wrong|undo|sorry|toddler|grandson|cat)\b"),
    ),
    Frame(
        opener=opens(
            r"my (?:toddler|son|daughter|kid|child|grandson|granddaughter|cat|little \w+) (?:[\w,]+ ){0,7}?(?:clicked"
            r"|pressed|hit|tapped|pushed) "
        ),
        gap=up_to(2, "not"),
    ),
    # "when I say I want to cancel I mean pause"
    Frame(
        opener=opens(r"(?:when|if) i (?:say|said|talk about|mention|ask) (?:that )?(?:i )?(?:want(?:ed)? to )?"),
        gap=up_to(3, "not"),
        after=re.compile(r"^(?:\w+ ){0,2}?,? ?i (?:mean|meant|am talking|only mean|really mean)\b"),
    ),
    # "do you get a lot of people calling to cancel?", "is it common for customers to want to cancel?"
    Frame(
        opener=opens(
            rf"(?:a lot of|lots of|many|how many|loads of|plenty of|most|some|other|do)"
            rf" {_PEOPLE} (?:who )?",
            r"(?:is it|how) (?:common|usual|normal|typical|often|rare|frequent)(?: \w+){0,2}? (?:for|that|do) (?!i "
            r"|me |my )",
        ),
        gap=up_to(6, "i me my we us not"),
        hit=MATTER,
        unless=re.compile(r"\b(?:me|my money|us)\b"),
    ),
    Frame(
        opener=opens(
            r"(?:in (?:which|what) (?:cases?|circumstances)|as a rule|in general|generally|on what grounds) (?:,?"
            r" ?(?:do|would"
            r"|will|can) )?(?:you|they|people) "
        ),
        gap=up_to(4, "me my i"),
        hit=MATTER,
    ),
    # "is it right that after three reminders you're taking them to court?", "is it normal that …"
    Frame(
        opener=opens(
            r"(?:is it|it is|is that) (?:right|true|correct|normal|usual|legal|standard|automatic) (?:that "
            r"|for )"
            r"(?!i |my )"
        ),
        gap=up_to(9, "i me my still"),
        hit=re.compile(rf"{HARM.pattern}|{LAW.pattern}"),
    ),
    Frame(opener=opens(r"what (?:is|s) the (?:\w+ ){0,2}difference .*?\b(?:and|or) "), gap=up_to(1, "not"), hit=DEED),
    # "what happens if the landlord decides to cancel our contract?"
    Frame(
        opener=opens(
            r"(?:what (?:happens|would happen|becomes|about)|where does that leave|what does (?:it|that) mean)"
            r"(?: \w+){0,3}? (?:if|when) (?!i |we |you )"
        ),
        gap=up_to(6, "i we you"),
        hit=MATTER,
    ),
    # "could I end up going to court if I pay late?", "will you disconnect my line if I pay on Friday?"
    Frame(
        opener=opens(
            r"(?:could|can|will|would|might|do) (?:i|we|one|you) (?:really )?(?:end up|finish up|wind up|risk) "
        ),
        gap=up_to(2, "not like want"),
        hit=LAW,
        after=re.compile(r"^(?:\w+ ){0,5}?(?:if|when|for|over) (?!you )"),
    ),
    Frame(
        opener=opens(r"(?:will|would|might|are) (?:you|they) (?:(?:really|just|still|going to|automatically) )*"),
        hit=HARM,
        after=re.compile(
            r"^(?:\w+ ){0,2}?(?:if|when) (?:i|we|my|the) (?:\w+ )?(?:only )?(?:pay|paid|miss|am late|forget|fail|do"
            r" not pay)\b"
        ),
    ),
    # "you keep talking about cancelling when I'm talking about a fault"
    Frame(
        opener=opens(r"you (?:keep|are|were|kept) (?:on )?(?:talking|going on|asking|on) about "),
        gap=up_to(2, "not"),
        hit=DEED,
    ),
    Frame(
        opener=opens(r"(?:was|is|were) (?:your \w+ s?|your|his|her|their) ?(?:word|idea|term|phrase) ,? ?"), hit=DEED
    ),
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(r"^(?:was|is) (?:your|his|her|their) (?:\w+ )?(?:s )?(?:word|idea|term)\b"),
    ),
    Frame(
        opener=ANYWHERE,
        hit=MONEY,
        after=re.compile("^,? ?(?:as a rule|in general|generally|normally|usually)\\b"),
        unless=re.compile(r"\b(?:me|my|us)\b"),
    ),
)
