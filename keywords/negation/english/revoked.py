"""How English calls off a matter already under way: "you can close my complaint", "the refund? let it go". Pure."""

import re

from keywords.negation.english.matters import DEED, HARM, LAW, MATTER, MONEY
from keywords.negation.frames import ANYWHERE, Frame, opens, up_to

_STILL_WANTED = re.compile(
    r"\b(?:still|never|nothing|nobody|not (?:had|got|received|seen|heard|want)|but (?:i|we|now))\b"
)
_PAPER = r"(?:letter|form|notice|request|application|email|message|paperwork|note|threat|claim|complaint|case)"
_DROP = (
    "(?:close|drop|withdraw|forget|scrap|ignore|disregard|bin|shelve|retract|tear up|rip up|throw away|put away"
    "|cross out|delete)"
)
_STOPPED = (
    r"(?:let (?:it|that|this) (?:go|be|drop|lie|slide)|(?:drop|leave|forget|scrap|shelve|bin) (?:it|that|this)\b"
    r"|(?:forget|never mind) about|(?:it |that )?(?:does|do) not matter|never mind|do not (?:bother|worry)"
    r"|(?:we|you and i) are (?:quits|square|even)|say no more|no (?:big|great) deal|call it quits"
    r"|mark (?:it|that) (?:as )?done|i (?:will |shall )?leave (?:it |that )?to)"
)

REVOKED = (
    # "you can close my complaint", "please ignore the letter from my solicitor", "I take back what I said about court"
    Frame(
        opener=opens(
            rf"(?<!not )(?:^|(?<=[,.] )|(?<=and )|(?<=so )|you (?:can|may|could) (?:now |just |safely )*|please "
            rf"|can you (?:please )?|could you (?:please )?"
            rf"|(?:i|we) (?:want|need|am going|are going|would like) to |(?:i|we) (?:will|have|am going to) |let us )"
            rf"{_DROP}(?:ing|ped|n)? (?:off )?(?:(?:the|that|this|my|our|any|all) )?"
            rf"(?:(?:\w+ )?{_PAPER} )?(?:(?:(?:from|to|about|for|of|where|in which|that|saying|when|which|i|we|said|say"
            rf"|asked|wrote|want|wanted|wanting|my|our|the) )*)",
        ),
        hit=re.compile(rf"{HARM.pattern}|{LAW.pattern}|\b(?:complaint|refund)"),
        unless=_STILL_WANTED,
    ),
    Frame(
        opener=opens(
            r"(?:take|took|taking) back (?:what|everything|all) (?:i|we) (?:\w+ ){1,3}?(?:about|on|of|with) (?:the "
            r"|my |an? )?"
        ),
        gap=up_to(3, "not"),
        hit=MATTER,
    ),
    # "that request to delete my data, I'd like to withdraw it"
    Frame(
        opener=re.compile(rf"\b(?:the|that|this|my|our) (?:\w+ )?{_PAPER} (?:\w+ ){{0,4}}?$"),
        after=re.compile(
            r"^(?:(?!but )[\w,]+ ){0,6}?(?:(?:i|we) (?:(?:would|will|want|need|am|have|had|rather|like|love"
            r"|prefer|to|going"
            r"|do|just|better) )+"
            r"|(?:can|could|may) (?:i|we|you) (?:please )?)(?:withdraw|retract|undo|revoke|take (?:it|that|this) back"
            r"|go back on)\b"
        ),
        unless=_STILL_WANTED,
    ),
    # "I've decided against going to court", "I'm against suing anyone"
    Frame(
        opener=opens(
            r"(?:decided|advised|am|are|was|were|opted|voted|counselled) (?:\w+ly )?against (?:(?:ever|going|to|any|the"
            r"|an?|taking|asking|for|making|having|my|our) )*"
        ),
        gap=up_to(2, "not"),
        unless=re.compile(r"\bbut (?:i|we|now)\b"),
    ),
    # "I told my solicitor to drop it"
    Frame(
        opener=ANYWHERE,
        hit=LAW,
        after=re.compile(
            r"^(?:we |that )?(?:to )?(?:not to |to )?(?:drop|leave|forget|stop|let|stand down|hold off|withdraw)\b"
        ),
        unless=re.compile(r"\bnot (?:to )?(?:drop|leave|stop)\b"),
    ),
    # "as for the refund, let it go", "the ombudsman I leave to others"
    Frame(
        opener=re.compile(
            r"(?:^|, |\b(?:but|and|so|well|for|about|on) )(?:(?:as|for|about|the|that|this|my|our|an?|oh|so|well) )*$"
        ),
        hit=MATTER,
        after=re.compile(
            rf"^(?:(?:of|for|on|about) (?:\w+ ){{1,3}}?)?(?:[,.] )?(?:(?:oh|well|just|you know|please) ,? ?)*{_STOPPED}"
        ),
        unless=_STILL_WANTED,
    ),
    # "mark that refund as done", "my complaint, which is closed"
    Frame(
        opener=re.compile(r"^(?!.*\b(?:said|told|promised|claim\w*|says|assured)\b)"),
        gap=re.compile(".*"),
        hit=re.compile(rf"{MONEY.pattern}|\bcomplaint|\brequest"),
        after=re.compile(
            r"^(?:(?!not |i |you |if |when |until )[\w,]+ ){0,10}?(?:(?:is|was|has|has been|as|s|have"
            r"|been) (?:now |all "
            r"|already |been )*(?:done|closed"
            r"|complete|completed|finished|paid|dealt with|over)\b)"
        ),
        unless=re.compile(rf"{_STILL_WANTED.pattern}|\b(?:why|said|told|without|says|claim|reopen|can not)\b"),
    ),
    # "cancel my plan? I'm staying, keep it as it is"
    Frame(
        opener=ANYWHERE,
        hit=HARM,
        after=re.compile(
            r"\b(?:i|we) (?:am|are|will be) (?:\w+ )?(?:staying|loyal|stopping with)\b|\b(?:i|we) (?:will"
            r"|would rather) (?:\w+ )?"
            r"(?:stay|keep)\b|\bthat is why (?:i|we) stay"
        ),
        unless=re.compile(r"\bnot (?:\w+ )?(?:staying|stay|keep)|\bif\b|\bunless\b"),
        only_named=True,
    ),
    # "cancel? good grief no", "want to cancel? me? no fear"
    Frame(
        opener=re.compile(r"^(?:(?:me|us|oh|what|who|want|to|going|the|an?|my) ,? ?)*$"),
        hit=DEED,
        after=re.compile(
            r"^(?:(?:my|the|our|it|an?) (?:\w+ )?)?[,.] (?:(?:me|us|i|good|grief|heavens|god|lord|goodness|gracious"
            r"|oh|well"
            r"|dear|gosh|my|who|hell|certainly|absolutely|what) ?[,.]? ){0,5}?(?:no (?:[,.]|fear|way|i |it |we |not "
            r"|thanks"
            r"|danger)|never (?:[,.]|in )|not (?:me|us|i|a chance|on your|likely)\b)"
        ),
    ),
    # "switching is more hassle than it's worth"
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(
            r"^(?:(?!but |i |not )[\w,]+ ){0,6}?(?:more (?:hassle|trouble|bother|work|paperwork|aggro|effort|faff) than"
            r"|makes? no (?:odds|difference)|would be (?:more|too much) (?:hassle|trouble|bother|paperwork|work))\b"
        ),
        only_named=True,
    ),
    # "not that I'd cancel": what was said holds for others
    Frame(
        opener=ANYWHERE,
        hit=DEED,
        after=re.compile(r"^(?:[\w,]+ ){0,3}?, not that (?:i|we) (?:would|want|will|am|need)\b"),
    ),
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(
            r"\b(?:my (?:bad|mistake|fault|own fault)|i (?:was|am) wrong|i stand corrected|i misread|i misunderstood"
            r"|i (?:was )?(?:looking|read\w*|looked) (?:at )?(?:\w+ ){0,3}wrong(?:ly)?\b|silly me)\b"
        ),
        unless=_STILL_WANTED,
        only_named=True,
    ),
)
