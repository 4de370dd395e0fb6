"""How English thinks up a case, or tells what others did or may do. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, any_of, opens, until, up_to
from keywords.negation.reports_english import MANY
from keywords.negation.settled_english import SETTLED

# What a company may do against the customer's will.
_HARM = re.compile(r"\b(?:cancel|disconnect|clos|end|terminat|cut|suspend)")
_HARMED = re.compile(r"^(?:(?:cancell?|disconnect|clos|terminat|suspend|end|switch)ed|cut|sued|left)\b")
_LAW = re.compile(r"\b(?:court|claims|lawyer|solicitor|attorney|su(?:e|ing)\b|legal|charges\b)")
_MONEY = re.compile(r"\b(?:refund|reimburs|compensat|money|credit)")
_DEED = re.compile(rf"{_LAW.pattern}|{_MONEY.pattern}|\b(?:cancel|switch|leav)")
_ASKED_AND_HELPED = re.compile(r"^(?!.*(?:refund|reimburs|money|manager|supervisor))")

_WHERE = "(?:of mine |across the street |next door )?"
_KIN = any_of(
    "mother mum mom father dad brother sister son daughter cousin uncle aunt parents friend friends mate neighbour "
    "neighbor neighbours neighbors tenant tenants landlord owner owners colleague colleagues guy lady occupant"
)
_OUTSIDERS = (
    rf"(?:(?:my|our|the|a|an|his|her|some|that) (?:\w+ ){{0,2}}?{_KIN}"
    rf"|brother in law|sister in law|everyone else|somebody else|someone else) {_WHERE}"
)
_STRANGERS = (
    r"(?:the|my|our|a|an|some|that) (?:(?:previous|old|former|last) \w+"
    rf"|(?:\w+ )?(?:neighbou?r|tenant|landlord|owner|friend|mate)s?) {_WHERE}"
)
_ANYONE_ELSE = (
    r"(?:any(?:one|body)(?: else)?|any other \w+|(?:some|another|other|most) (?:people|customers?|person)|others) "
)
_LONG_AGO = re.compile(r"\b(?:ago|last (?:year|month|winter|summer|spring|time)|at the time|back then)\b")
_BUT_NOT = re.compile(r"\bbut (?:i|we) (?:(?:\w+ )?(?:not|never)|would rather|prefer|am staying|are staying)\b")
_ONE_DAY = (
    r"(?:one day|some ?day|later(?: on)?|at some point|down the (?:line|road)|in (?:the )?future"
    r"|in (?:an? |\w+ )(?:months?|years?))"
)
# Whom and what the speaker may be at law with, or for, that is none of the company's business.
_PRIVATE = (
    "(?:ex|husband|wife|divorce|separation|custody|inheritance|employer|boss|work|job|neighbou?r|landlord|tenant|garage"
    "|builder|brother|sister|father|mother|house|accident|council)"
)
_PAYERS = "(?:bank|insurance|insurer|shop|store|seller|airline|landlord|employer|courier|council|card company)"

_QUESTIONS = (
    # "did you say refund?", "what do you mean, cancel my account?", "what refund?", "what exactly is small claims?"
    Frame(opener=opens(r"did you (?:just )?say ", r"what do you mean ,? ?(?:by )?")),
    Frame(opener=opens("what ", "which "), hit=_DEED, after=re.compile(r"^(?:$|[.,])")),
    Frame(
        opener=opens(r"(?:what|who) (?:exactly |actually )?(?:is|are) (?:an? |this |these )?", r"what does it mean .*"),
        hit=_DEED,
    ),
    # "are you going to cancel my contract?", "why do you want to cancel it?"
    Frame(
        opener=opens(
            r"(?:are|were) you (?:\w+ )?(?:going|planning|trying|about|threatening) to ", r"did you (?:just )?"
        ),
        hit=_HARM,
        unless=re.compile(r"\b(?:like|as) i\b|\basked\b"),
    ),
    Frame(
        opener=opens(r"why (?:do|did|would|are|were|have|had|is it that) (?:you|they) "),
        gap=up_to(3, "not i we"),
        hit=_HARM,
    ),
    # "why would I cancel?", "do you want me to cancel?"
    Frame(opener=opens(r"why (?:on earth )?would i "), gap=up_to(3, "not")),
    Frame(opener=opens(r"you (?:really )?want (?:me|us) to "), gap=up_to(1, "not"), unless=_LAW),
)
_OTHERS_DOING = (
    # "you decided to cancel it", "if you cancel my contract", "you disconnected my line", "my sister cancelled hers"
    Frame(
        opener=opens(
            r"(?:you|they) (?:are the ones? |who )*(?:have |had |just |already |even )*"
            r"(?:decided|tried|threatened|wanted|went ahead|chose) (?:to |and )?",
            r"(?:if|i understand|got this right) you (?:will not |are not going to |are going to |do )?",
            r"if they (?:do )?",
        ),
        hit=_HARM,
    ),
    Frame(opener=opens(r"(?:you|they|he|she) (?:have |has |had |just |already |even |also |went and )*"), hit=_HARMED),
    Frame(opener=opens(_OUTSIDERS), gap=up_to(1, "i we"), hit=_HARMED),
    # "my neighbour wants to cancel", "nobody is going to sue you"
    Frame(
        opener=opens(MANY, _STRANGERS),
        gap=re.compile(r"(?:who )?(?:wants?|wanted|decided|tried|are going|is going|was going)(?: to)? "),
    ),
    Frame(
        opener=opens(r"(?:nobody|no one|none of us) (?:here |in this house )?(?:is|s|wants?|will|would) "),
        gap=up_to(3, "i you not"),
        hit=_ASKED_AND_HELPED,
    ),
    # "my parents got a refund last year", "my brother had to go to court"
    Frame(
        opener=opens(rf"{_OUTSIDERS}(?:who )?(?:had|got|received|took|did) "),
        gap=up_to(3, "i we you not never but"),
        hit=_DEED,
    ),
    Frame(
        opener=opens(
            rf"{_OUTSIDERS}(?:who )?(?:went|was|were|is|has|have) ", r"(?:they|he|she) (?:were|was|had|have|has) "
        ),
        gap=up_to(3, "i we you not never but"),
        hit=_LAW,
    ),
    Frame(opener=opens(_OUTSIDERS), gap=re.compile(r"(?:decided|wanted|chose|tried) to |"), hit=_DEED, after=_LONG_AGO),
    # "they keep ringing to make me cancel"
    Frame(
        opener=opens(
            r"(?:they|he|she|someone|somebody) (?:(?:is|are|was|were|keep|keeps|kept) )?"
            r"(?:trying|ringing|calling|phoning|pushing) (?:\w+ )?to "
        ),
        hit=re.compile("^(?:make|get) me"),
    ),
    # "it's the insurance that's going to refund me", "the bank's refunding me", "a lawyer for my divorce"
    Frame(
        opener=opens(
            r"it is (?!you )(?:\w+ ){1,4}?(?:that|who|which) (?:is |will |has |would )*(?:going to |to )?",
            rf"(?:the|my) (?:\w+ )?{_PAYERS} (?:s |is |are |will |has |have |already |going to |be |been )+",
        ),
        hit=re.compile(r"^(?:refund|reimburs|compensat)"),
    ),
    Frame(
        opener=ANYWHERE,
        hit=_LAW,
        after=re.compile(rf"^(?:with|against|over|about|for) (?:my|our|the|an?) (?:\w+ )?{_PRIVATE}\b"),
    ),
    # "anyone else would sue you"
    Frame(opener=opens(rf"{_ANYONE_ELSE}(?:in my shoes |in my place )?would "), gap=up_to(4, "not")),
)
_CASES = (
    # "if I wanted to cancel I'd have said so", "if one day I cancel", "even if I could", "suppose I cancel"
    Frame(
        opener=opens(r"if (?:i|we) (?:had |would |ever |really )*(?:wanted|were to|was to) (?:to )?"),
        gap=up_to(2, "not"),
    ),
    Frame(
        opener=opens(rf"(?:if|maybe|perhaps) {_ONE_DAY} (?:i|we) ", r"(?:if|say|should) (?:i|we) ever "),
        gap=up_to(3, "not"),
    ),
    Frame(
        opener=opens(r"(?:if|should|suppose|say) (?:i|we) (?:decided? |wanted |want |need |wish |have )?(?:to )?"),
        gap=up_to(2, "not"),
        after=re.compile(rf"^(?:(?!or |i )\w+ ){{0,4}}?{_ONE_DAY}\b"),
    ),
    # "I would have cancelled", "if I was that sort of person I'd take you to court"; not "I would have liked to"
    Frame(
        opener=opens(r"(?:i|we) would (?:just |probably |already )*have (?:just |probably |already )*"),
        gap=re.compile(r"(?:(?:asked for|gone to|gone|got|taken) )?(?:an? )?"),
        hit=re.compile(rf"{_DEED.pattern}|{_HARMED.pattern}"),
    ),
    Frame(
        opener=opens(r"if (?:i|we) (?:was|were) (?!told|promised|charged|you\b)"),
        gap=re.compile(r"(?:(?!but |so |because )\w+ ){0,8}(?:, )?(?:i|we) would (?:just |probably |already )*"),
    ),
    Frame(opener=opens(r"even if (?:\w+ ){1,3}?(?:could|wanted to|wanted|did|would) "), gap=up_to(3, "not")),
    Frame(
        opener=opens("(?<!not )suppos(?:e|ing) ", "imagine ", "let (?:us|s) say ", "lets say ", "say i (?=wanted)"),
        gap=until(r"\bbut |\bso |\. |, i (?:want|am|will|need)"),
    ),
    Frame(opener=opens("(?:just )?in case (?!you )"), gap=until(r"\bbut |\bso |\. |, i (?:want|am|will|need)")),
    Frame(opener=opens("unless i (?:have|need|want|had) "), gap=up_to(2, "not"), after=re.compile(rf"\b{_ONE_DAY}\b")),
    # "I'd be mad to cancel", "I'd be surprised if I cancelled"
    Frame(
        opener=opens(
            r"would be (?:\w+ )?(?:mad|crazy|stupid|silly|foolish|daft|nuts|an idiot|surprised|a shame) (?:to|if) "
        ),
        gap=up_to(3, "not"),
    ),
    # "I could sue you but I won't", "I nearly cancelled", "I'll see if I cancel"
    Frame(opener=opens(r"(?:i|we) (?:could|might|may) "), gap=up_to(3, "not"), after=_BUT_NOT),
    Frame(opener=opens(r"i (?:have |had |very )*(?:nearly|almost) ", "came close to "), gap=up_to(3, "not i")),
    Frame(opener=opens(r"i (?:will|would) see (?:if|whether) (?:i |we )?"), gap=up_to(3, "not")),
)
ENGLISH_FRAMES = (*_QUESTIONS, *_OTHERS_DOING, *_CASES, *SETTLED)
