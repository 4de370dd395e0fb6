"""How English makes a matter hang on an "if": what would be done in another case. Pure."""

import re

from keywords.negation.frames import Frame, opens, up_to

ONE_DAY = (
    r"(?:one day|some ?day|later(?: on)?|at some point|down the (?:line|road)|in (?:the )?future"
    r"|in (?:an? |\w+ )(?:months?|years?))"
)
# "if possible I would like": a wish, politely
_COURTEOUS = r"\bwould (?:like|love|appreciate|prefer|want)\b|\bmind\b|\bpossible\b|\bbut |\bso |\. "
RESULT = rf"(?:(?!{_COURTEOUS}).)*\b(?:would|might|could) (?:(?!{_COURTEOUS}).)*"
_PAST = (
    r"(?:had|was|were|got|found|knew|lived|moved|lost|bought|kept|paid|thought|felt|could|stopped|started|did|came"
    r"|went|broke"
    r"|fell|happened|gave|made|took|said|told|left|died|turned|needed|decided|changed|worked)"
)

CONDITIONS = (
    # "if this is about persuading me to cancel, I've got the message"
    Frame(
        opener=opens(
            r"if (?:this|it|that|you) (?:is|are) (?:just |only )*(?:about|to|calling to|ringing to|here to)"
            r" (?:\w+ing|tell|get"
            r"|ask|persuade|make) (?:me |us )?(?:to |that |about )?"
        ),
        gap=up_to(3, "not want"),
    ),
    # "if I wanted to cancel I'd have said so", "if one day I cancel", "should I want to cancel later on"
    Frame(
        opener=opens(r"if (?:i|we) (?:had |would |ever |really )*(?:wanted|were to|was to) (?:to )?"),
        gap=up_to(2, "not"),
    ),
    Frame(
        opener=opens(
            rf"(?:if|maybe|perhaps) (?:{ONE_DAY}|by (?:any )?chance) (?:i|we) ", r"(?:if|say|should) (?:i|we) ever "
        ),
        gap=up_to(6, "not"),
    ),
    Frame(
        opener=opens(r"(?:if|should|suppose|say) (?:i|we) (?:decided? |wanted |want |need |wish |have )?(?:to )?"),
        gap=up_to(2, "not"),
        after=re.compile(rf"^(?:(?!or |i )\w+ ){{0,4}}?{ONE_DAY}\b"),
    ),
    # "if I was that sort of person I'd take you to court"
    Frame(
        opener=opens(r"if (?:i|we) (?:was|were) (?!told|promised|charged|you\b)"),
        gap=re.compile(r"(?:(?!but |so |because )\w+ ){0,8}(?:, )?(?:i|we) would (?:just |probably |already )*"),
    ),
    # "if I found it cheaper I'd want to cancel", "if I'd kept the receipt I'd have had a refund"
    Frame(
        opener=opens(rf"if (?!you (?!had )|they (?!had ))(?:(?:\w+ ){{1,3}}?){_PAST} (?!not |to )"),
        gap=re.compile(RESULT),
    ),
    Frame(
        opener=opens(r"if (?:\w+ ){1,3}?had (?:not )?(?:been |\w+(?:ed|en|pt|nt|id|ut) )"),
        gap=re.compile(rf"{RESULT}|.*understand .*"),
    ),
    Frame(
        opener=opens(rf"if (?!you |they )(?:(?:\w+ ){{1,3}}?){_PAST} (?!not |to )"),
        gap=re.compile(r"(?:(?!but |so |\. )[\w,]+ )*?(?:i|we|he|she|they) would (?:want |have |be |go )*(?:to )?"),
        unless=re.compile(r"\bwould (?:like|love)\b"),
    ),
    # "even if I could"
    Frame(opener=opens(r"even if (?:\w+ ){1,3}?(?:could|wanted to|wanted|did|would) "), gap=up_to(3, "not")),
    # "if it goes up again I might start thinking about switching", "if it happens again I may ask for a manager"
    Frame(
        opener=opens(
            r"if (?:it|that|this|the (?:price|bill|fee)\w*|they|prices) (?!is not|does not|are not"
            r"|do not)(?:\w+ ){1,6}?(?:next time )?"
            r"(?:i|we) (?:may|might|could) (?:well |just |possibly )?(?:ask|start|begin|think|consider|look) "
        ),
        gap=up_to(4, "not"),
    ),
    # "if I lost my job tomorrow I couldn't pay"
    Frame(
        opener=re.compile(r"\bif (?:i|we) (?:ever |suddenly |were to )?$"),
        hit=re.compile(rf"^(?:{_PAST}|\w+ed) "),
        after=re.compile(r"^(?:(?!but )[\w,]+ ){0,5}?(?:i|we) (?:would|could|might) "),
    ),
    # "in your shoes I'd want a manager to look at it"
    Frame(
        opener=opens(
            r"(?:in (?:your|his|her|their) (?:shoes|place|position|boots)|(?:if )?i were you) ,? ?(?:i|we) would "
        ),
        gap=up_to(4, "not"),
    ),
)
