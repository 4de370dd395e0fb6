"""How English turns down what it names, kindly or not. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, until

_LACKING = re.compile(
    r"\b(?:still|yet|(?:have|has|had) not(?! (?:even |ever )?(?:cross|enter|occur))|never (?:came|got|received|had))\b"
)
# The words that may lead up to what a sentence names first.
_NAMED_FIRST = re.compile(
    r"(?:^|, |\b(?:but|and|so|well|yes) )"
    r"(?:(?:no|yes|oh|the|an?|my|your|any|this|that|as for|about|having to|going to|going|getting|wanting to|to"
    r"|thought of|idea of) )*$"
)
_NO_ORDER = re.compile("^(?!(?:get|give|put|pass|find) )")
_NOT_MEANT = (
    r"(?:what (?:i|we) |necessary\b|needed\b|required\b|on the (?:cards|agenda|menu|table)|(?:in|part of) (?:my|the"
    r"|our) plans?|something (?:i|we) |for me\b|worth "
    r"|the (?:point|plan|idea|issue|aim)\b|my (?:aim|plan|intention)\b|happening\b|going to happen)"
)
_WELL = (
    r"(?:(?:honestly|frankly|really|well|look|actually|personally|seriously|to be honest|to be fair|you know|god"
    r"|good god"
    r"|oh|hell|heck|heavens|lord|erm|i mean) ,? ?)*"
)
_TURNED_DOWN = re.compile(
    rf"^(?:[,.] )?{_WELL}"
    r"(?:(?:nah|nope|no chance|no fear|not likely|not on your life|not a chance)\b|no (?:[,.]|i |we |just |thanks "
    r"|thank |way )|never in "
    r"|(?:i|we) (?:\w+ )?(?:do|would|did) not (?:really |even )?(?:need|want|care)\b"
    rf"|(?:s|is|was|would be) (?:not|hardly|never) (?:really |even )?{_NOT_MEANT}"
    r"|(?:is|was|s|would be) the last thing (?:i|we) "
    r"|(?:has |had |is |would )?(?:never|not) (?:even |really )?(?:cross|enter|occur)"
    r"|(?:has|had|was|is) (?:never|not) (?:ever |even |really )?(?:been )?(?:my|our|part of|on the) "
    r"|(?:is|s|was|would be) (?:perhaps |maybe |a bit |rather )?(?:too strong|too (?:much|far)|a strong word"
    r"|the wrong word|saying a lot)\b"
    r"|(?:i |we )?would not (?:\w+ )?(?:dream|think|hear) of (?:it|that)\b"
    r"|(?:certainly|definitely|absolutely|surely|really|obviously|of course|probably) not\b|not (?:at all|for me|me)\b"
    r"|let (?:us|s) (?:forget|drop|leave|scrap)|(?:that |it )?is too (?:kind|much|good)|you should not have"
    r"|(?:would|will) (?:only |just )?be (?:even )?(?:more|too) (?:\w+ )?(?:paperwork|hassle|trouble|bother|work"
    r"|expensive|faff)|is (?:quite )?another (?:thing|matter|story)"
    r"|(?:does|would|did|will) not (?:really |even )?(?:matter|bother|interest|concern|cross|occur))"
)
# What follows an offer that is kindly meant.
_KINDLY = re.compile(
    rf"^(?:\w+ ){{0,7}}?(?:[,.] (?:but )?|but ){_WELL}"
    r"(?:(?:that |it )?(?:is|will) (?:really )?not (?:be )?(?:necessary|needed|required)"
    r"|(?:i |we )?(?:am|will be|are) (?:quite |perfectly |absolutely )?(?:fine|good|all right|ok|okay|happy (?:to wait"
    r"|as)|sorted)\b"
    r"|no thank|no need"
    r"|there is no need|(?:i )?(?:do|would) not (?:really )?(?:need|want)|i would rather"
    r"|you should not have|do not bother)"
)
_OWN_WISH = r"\b(?:i|we) (?:want|need|would like|demand|am going|will) |\b(?:get|give|put|pass) "

REFUSED = (
    # "cancel my contract? no, pause it", "a refund I don't need", "going to court is the last thing I want"
    Frame(opener=_NAMED_FIRST, hit=_NO_ORDER, after=_TURNED_DOWN, unless=_LACKING),
    # "it's kind of you to mention a refund, but I'm fine"
    Frame(
        opener=opens("(?:kind|sweet|nice|good|lovely|generous|thoughtful|thank you|thanks|appreciate) "),
        gap=until(_OWN_WISH),
        after=_KINDLY,
    ),
    # "your supervisor has better things to do"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"^(?:has|have|had|s|is|must have) (?:surely |got )?(?:better|other|more important) things to \w+"
        ),
    ),
    # "please don't bother your supervisor"
    Frame(opener=opens(r"(?:do not|no need to|without) (?:bother|bothering|disturb|disturbing|trouble|troubling) ")),
    # "keep your refund", "I'll pass on the refund", "we're all good on the refund"
    Frame(
        opener=opens(
            "(?:keep|stuff) (?:the |your )",
            "(?:will|would) (?:have to )?pass on (?:the |a |that |your )",
            "(?:am|are|is) (?:all |now )*(?:good|fine|sorted|okay|ok|set) (?:on|for|about|with) (?:the |my )",
        ),
        unless=re.compile(r"\b(?:not|still|but|want|if)\b"),
    ),
)
