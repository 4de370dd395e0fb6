"""How English turns down what it names, gives a wish up or tells that a matter is closed. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, up_to

_MONEY = re.compile(r"\b(?:refund|reimburs|compensat|money|credit)")
_SETTLED = re.compile(
    r"\b(?:changed my mind|in the end|decided (?:not|to (?:stay|keep))|(?:am|are) staying|will stay|am keeping"
    r"|not any ?more|no longer|not now|(?:is|been|got|all) (?:sorted|fixed|resolved|fine)|everything is|worked out"
    r"|forget (?:that|it|about)|(?:am|are) happy (?:now|again))\b"
)
_UNSETTLED = re.compile(r"\b(?:nothing|never|still)\b")
_THANKED = re.compile(r"\bthank|\bcheers\b|\ball right\b|\ball good\b|\bperfect\b")
_IN_PART = re.compile(r"\b(?:not|only|never|still|but|half|please|wrong|less|short|instead|owed|missing|last time)\b")
_LACKING = re.compile(r"\b(?:still|yet|(?:have|has|had) not|never (?:came|got|received|had))\b")
# The words that may lead up to what a sentence names first.
_NAMED_FIRST = re.compile(
    r"(?:^|, |\b(?:but|and|so|well) )"
    r"(?:(?:no|yes|oh|the|an?|my|your|any|this|that|as for|about|having to|going to|going|getting) )*$"
)
_NO_ORDER = re.compile("^(?!(?:get|give|put|pass|find) )")
_NOT_MEANT = (
    r"(?:what (?:i|we) |necessary\b|needed\b|required\b|on the cards|something (?:i|we) |for me\b|worth "
    r"|the (?:point|plan|idea|issue|aim)\b|my (?:aim|plan|intention)\b|happening\b|going to happen)"
)
_TURNED_DOWN = re.compile(
    r"^(?:[,.] )?(?:no (?:[,.]|i |we |just |thanks |thank |way )|never in "
    r"|(?:i|we) (?:\w+ )?(?:do|would|did) not (?:really |even )?(?:need|want|care)\b"
    rf"|(?:s|is|was|would be) (?:not|hardly|never) (?:really |even )?{_NOT_MEANT}"
    r"|(?:is|was|s|would be) the last thing (?:i|we) "
    r"|(?:has |had |is |would )?(?:never|not) (?:even |really )?(?:cross|enter|occur)"
    r"|(?:does|would|did|will) not (?:really |even )?(?:matter|bother|interest|concern|cross|occur))"
)

_TOPICS = (
    # "cancel my contract? no, pause it", "a refund I don't need", "going to court is the last thing I want"
    Frame(opener=_NAMED_FIRST, hit=_NO_ORDER, after=_TURNED_DOWN, unless=_LACKING),
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
_OVER = (
    # "I wanted to cancel but I've changed my mind", "last year I was fed up, not any more", "back then we got a lawyer"
    Frame(
        opener=opens(
            r"(?:i|we) (?:had |have |really |just )*"
            r"(?:wanted|was|were|thought|considered|contemplated|planned|intended|meant|decided|used|rang|called|phoned"
            r"|did (?:ring|call|phone)) "
        ),
        gap=up_to(4, "not but"),
        after=_SETTLED,
        unless=_UNSETTLED,
    ),
    Frame(
        opener=opens("(?:back then|at the time|in those days|years ago) (?:i|we) "), gap=up_to(5, "want am will and")
    ),
    # "I cancelled with my old supplier to come to you"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"^(?:\w+ ){0,3}?(?:with (?:my|our|the) (?:old|previous|former|last|other) |to (?:come|switch|move) to you"
            r"|with (?!you )(?:\w+ ){1,5}?(?:come|coming|join|joining|move|moving|switch) (?:over )?(?:to )?you\b)"
        ),
        hit=re.compile(r"\b(?:cancel|switch|chang|leav|clos|end)"),
    ),
    # "I've already been refunded, thank you", "you refunded me, cheers", "the refund's no problem", "forget the refund"
    Frame(
        opener=opens(
            r"(?<!have )(?<!has )(?<!did )(?<!if )(?<!until )(?<!till )(?<!unless )(?<!when )(?<!wish )(?<!think )"
            r"(?:i|we) (?:(?:have |had |now |already |just )*(?:got|received|been|was|were)|did (?:get|receive|have)) "
            r"(?:already )?(?:my |the |a |our )?",
        ),
        hit=_MONEY,
        unless=_IN_PART,
    ),
    Frame(
        opener=opens(r"you (?:have |already |did )*(?:gave |given )(?:me )?(?:my |a )?"),
        hit=_MONEY,
        after=_THANKED,
        unless=_IN_PART,
    ),
    Frame(opener=opens("you (?:have |already )*"), hit=re.compile(r"^\w+ed\b"), after=_THANKED, unless=_IN_PART),
    Frame(
        opener=ANYWHERE,
        hit=_MONEY,
        after=re.compile(
            r"^(?:(?!not |i |you |if )\w+ ){0,5}?(?:is |was |s |has )(?:all |now |been |already )*"
            r"(?:no problem|fine|sorted|not a problem|arrived|come through|all right|in)\b"
        ),
    ),
    Frame(
        opener=opens(r"(?<!not )(?:forget|scrap|drop|never mind)(?: about)? (?:the |my |a |that )?"),
        unless=re.compile(r"\bwant\b"),
    ),
    # "I'm such an idiot"
    Frame(
        opener=opens(r"(?:i am|i was|i feel|i felt|take me for|think me|look) (?:like )?(?:such |just )?an? "),
        gap=up_to(1, "not"),
        hit=re.compile(
            r"\b(?:idiots?|morons?|clowns?|fool|stupid|useless|dumb\w*|twat|prick|wanker|jackass|dickhead)\b"
        ),
    ),
)

SETTLED = (*_TOPICS, *_OVER)
