"""English that asks how a matter goes in general, or what else goes with it, and wants nothing done. Pure."""

import re

from keywords.negation.english.matters import ABOVE, DEED, HARM, LAW, MATTER, MONEY, TOLD_ABROAD
from keywords.negation.frames import ANYWHERE, Frame, opens, up_to

_MISSING = re.compile(r"\b(?:still|never|not|nothing|no sign|yet|waiting|missing|but)\b")
_ERRAND = (
    r"(?:appointments?|visits?|slots?|deliver(?:y|ies)|meetings?|bookings?|reservations?|engineer|technician"
    r"|installation"
    r"|call ?back|callback|standing order|direct debit|alarm|reminder|survey|upgrade)"
)
_MAILS = (
    "(?:e ?mails?|newsletters?|adverts?|ads|marketing|mailings?|mailing list|texts?|offers|promotions?|notifications?"
    "|alerts?)"
)
_SAME = r"(?:the same (?:thing|form|as|department|line|number|price|service)|any different|equivalent|one and the same)"

INFORMED = (
    # "if a customer went to court, how does that go?", "do you get many bad reviews in this job?"
    Frame(
        opener=opens(
            r"(?:if|when|suppose|where|say) (?:an?|some|any|one of your|another|your) (?:\w+ )?(?:customers?"
            r"|clients?|person|subscriber"
            r"|user|member|policyholder|caller|tenant) "
        ),
        gap=up_to(5, "i we me my you not"),
        hit=MATTER,
    ),
    Frame(
        opener=opens(
            r"(?:do|did|have|had|are|were) (?:you|they) (?:ever |often |still |always )*(?:get|got|getting|have|had"
            r"|see|seen|hear"
            r"|receive|deal with|handle) (?:(?:many|a lot of|lots of|much|any|that many|loads of|plenty of|often"
            r"|the odd) )"
        ),
        gap=up_to(2, "me my i we"),
        hit=MATTER,
        unless=re.compile(r"\b(?:me|my|manager|supervisor|available)\b"),
    ),
    Frame(
        opener=opens(
            r"(?:do|must|should|are) (?:you|they) (?:\w+ )?(?:have|need|obliged|supposed|required|bound"
            r"|meant) to (?:put|print|publish"
            r"|mention|show|list|display|tell|offer|write|give people|inform|state) "
        ),
        gap=up_to(3, "me my i"),
        hit=re.compile(rf"{TOLD_ABROAD.pattern}|{MONEY.pattern}|{LAW.pattern}"),
    ),
    # "where on the bill would a refund show up?", "what's this refund line on my statement?", "is it refundable?"
    Frame(
        opener=re.compile(r"\b(?:where|which|how(?! long| soon| come)|what) |(?:^|, )(?:does|would) "),
        gap=re.compile(r"(?:(?!my |i |you )\w+ ){0,7}?"),
        hit=re.compile(r"^(?:refund|reimburs|compensation|credit)"),
        after=re.compile(
            r"^(?:usually |normally |then )?(?:show|shown|appear|listed|displayed|go through|come through|get paid"
            r"|work|line\b|entry\b"
            r"|row\b|column\b|thing\b)"
        ),
        unless=_MISSING,
    ),
    Frame(
        opener=opens(r"(?:is|are|was|were|which|what) "),
        gap=re.compile(r"(?:(?!you |i )\w+ ){0,6}?"),
        hit=re.compile(r"^refundable"),
    ),
    Frame(opener=re.compile(r"\bas in $"), hit=re.compile(r"^refundable")),
    # "pausing and cancelling, is that the same thing for you?"
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(
            rf"^(?:(?!but |so )[\w,]+ ){{0,9}}?(?:is|are|s) (?:it|that|this|they|those) (?:\w+ )?{_SAME}\b"
        ),
        only_named=True,
    ),
    # "what does 'end the contract' mean?"
    Frame(
        opener=opens(r"what (?:does|do|would|is meant by) (?:\w+ )?"),
        hit=re.compile(rf"{DEED.pattern}|{HARM.pattern}"),
        after=re.compile(r"^(?:\w+ ){0,5}?(?:mean|stand for|refer to|cover)\b"),
    ),
    Frame(
        opener=opens(
            r"why (?:do|did|are|have) you (?:\w+ )?(?:writ|mention|talk|bring|put|say|threaten|quot)\w* (?:up "
            r"|about |down |with )?(?:the |my )?"
        ),
        hit=MATTER,
    ),
    # "is this where you make a complaint or is it the sales line?", "do I speak to you or do I need a manager?"
    Frame(
        opener=ANYWHERE,
        hit=re.compile(r"\bcomplaint"),
        after=re.compile(r"^(?:\w+ ){0,3}?,? ?or (?:is (?:it|this|that)|does|are you|should i|do i|am i)\b"),
    ),
    Frame(
        opener=opens(
            r"(?:do|does|should|can|must|is it|am) [\w,]+ (?:[\w,]+ ){0,6}?or (?:do|should|must|does) (?:i"
            r"|we) (?:really )?(?:need|have) to "
        ),
        gap=up_to(2, "not"),
        hit=ABOVE,
    ),
    Frame(
        opener=opens(
            r"(?:do|does|would) (?:i|we|one|people) (?:really )?(?:need|have) to (?:speak|talk|go|ask) (?:to|for"
            r"|through) "
        ),
        gap=up_to(2, "not"),
        hit=ABOVE,
        after=re.compile("^(?:to|for|when|if) "),
    ),
    # "if I drop the add-on do you cancel the plan with it?", "is there a chance it'll cancel my phone?"
    Frame(
        opener=opens(
            r"if (?:i|we|my|the) [\w, ]*?(?:do|will|would|are|can) you (?:then |also |going to |have to |just "
            r"|automatically )*",
            r"you would (?:then |also )?(?:have|need) to ",
            r"(?:will|would|does|is) (?:it|that|this) (?:also |then |automatically |going to )*",
            r"(?:it|that|this) (?:will|would|does) (?:also |then |automatically )*",
        ),
        hit=HARM,
        after=re.compile(r"^(?!please)"),
        unless=re.compile(r"\bplease\b|\blet me\b|\bhow\b"),
    ),
    # "you can't just cancel my policy like that"
    Frame(
        opener=opens("(?:you|they) can "),
        hit=re.compile(rf"^not (?:just |simply |suddenly )*(?:{HARM.pattern})"),
        after=re.compile(r"^(?:\w+ ){0,3}?(?:like that|just like that|without|out of the blue|over|because)\b"),
    ),
    # "I only want to cancel my appointment with the engineer", "unsubscribe me from the adverts"
    Frame(
        opener=ANYWHERE,
        hit=re.compile(r"\bcancel"),
        after=re.compile(
            rf"^(?:(?:my|the|our|this|that|an?|tomorrow|today|monday|tuesday|wednesday|thursday|friday|saturday"
            rf"|sunday|s|next|his|her) )*"
            rf"(?:(?!contract |plan |account |service |subscription |and |or |because )\w+ )?{_ERRAND}\b"
        ),
        unless=re.compile(r"\band (?:the |my )?(?:contract|plan|account|service|subscription|whole|everything)\b"),
    ),
    Frame(
        opener=ANYWHERE,
        hit=re.compile(r"\b(?:unsubscribe|cancel)"),
        after=re.compile(
            rf"^(?:me |us |my \w+ )?(?:(?:from|to|your|the|my|those|these|all|of|any|more|daily|weekly|marketing"
            rf"|promotional"
            rf"|advertising) )+{_MAILS}\b"
        ),
    ),
    # "the unsubscribe link is right next to pay", "I searched your terms for unsubscribe"
    Frame(
        opener=opens(
            r"(?:search\w*|look\w* (?:up|for)|typed in|googled|spelt|spell|pronounce) (?:[\w,]+ ){0,4}?(?:for |up "
            r"|the word )?"
        ),
        hit=re.compile(r"^(?:unsubscribe|cancel|refund)"),
        unless=re.compile(r"\b(?:not|never|nowhere|nothing|button)\b"),
        only_named=True,
    ),
    Frame(
        opener=ANYWHERE,
        hit=re.compile(r"^unsubscribe "),
        after=re.compile(r"^(?:button|link|page|option|box|line|bit|footer) (?!does not|is not|never|still)"),
        unless=re.compile(r"\b(?:not|where|find|broken|nothing|nowhere|missing)\b"),
    ),
)
