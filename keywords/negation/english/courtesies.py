"""English kindness that names a matter: thanks, a message to somebody's superior, an apology for anger. Pure."""

import re

from keywords.negation.english.matters import ABOVE, DISCONTENT, MONEY
from keywords.negation.frames import ANYWHERE, Frame, opens

_KIND = (
    "(?:great|brilliant|lovely|helpful|kind|excellent|fantastic|wonderful|superb|amazing|nice|patient|polite|efficient"
    "|charming|sweet|marvellous|delightful|understanding|decent)"
)
_TREASURE = "(?:darling|gem|star|angel|treasure|delight|love|gentleman|lady|godsend|legend|pleasure|credit)"
_STILL_OPEN = re.compile(
    r"\b(?:still|yet|never|nothing|nobody|no one|waiting|again|refus\w*|hung up|useless|rude|not (?:had|got|received"
    r"|happy|helpful|good)|but (?:i|we|now|he|she|they|it))\b"
)
_NOW_WELL = (
    r"(?:apologi[sz]e|i am sorry|sorry about|forgive me|(?:put|made|set) (?:it|things|everything) (?:right|good)"
    r"|(?:made|making) (?:it )?up for|calmed down|could not be happier|no complaints|here never|never here|all forgiven"
    rf"|(?:your|the|this) \w+ (?:s |is |has |was |were |have |been )+(?:\w+ )?(?:an? )?(?:\w+ )?(?:{_KIND}|{_TREASURE})"
    rf"|you (?:lot |guys |all )?(?:have been|are|were) (?:\w+ )?(?:an? )?(?:{_KIND}|{_TREASURE})|made it good"
    rf"|sorted me out)"
)

COURTESIES = (
    # "tell your supervisor you're an angel", "say hello to your supervisor", "thank your manager from me"
    Frame(
        opener=opens(
            r"(?:say (?:hello|hi|thanks|thank you) to|thank|thanks to|regards to|best wishes to|my compliments to|pass"
            r" (?:on )?(?:my )?(?:thanks|regards|compliments) (?:on )?to|congratulate|hats off to) "
        ),
        hit=ABOVE,
        unless=_STILL_OPEN,
    ),
    Frame(
        opener=opens(r"(?:tell|telling|inform|let|write to|writing to|email) "),
        hit=ABOVE,
        after=re.compile(
            rf"^(?:know )?(?:that )?(?:(?:you|he|she|they) (?:is |are |have |has |been |was "
            rf"|were )+(?:\w+ )?(?:an? )?(?:\w+ )?"
            rf"(?:{_KIND}|{_TREASURE})|from me|thank|well done|i (?:am|was|would be) (?:\w+ )?(?:happy|pleased"
            rf"|delighted"
            rf"|impressed|grateful)|how (?:{_KIND}|well|good|pleased|happy))\b"
        ),
        unless=_STILL_OPEN,
    ),
    # "your supervisor's lucky to have you", "is it your supervisor who signs these?"
    Frame(
        opener=ANYWHERE,
        hit=ABOVE,
        after=re.compile(
            r"^(?:is |s |are |must be |should be |will be |can be )*(?:very |so |really )?(?:lucky|proud|fortunate"
            r"|blessed)\b"
            r"|^(?:and|or) you\b|^,? ?are (?:they|you|you two|you both)\b"
        ),
    ),
    Frame(
        opener=opens(r"(?:is it|was it|is that|are you|does) "), hit=ABOVE, after=re.compile(r"^(?:who|that|\w+s\b)")
    ),
    # "I was lucky enough to speak to a manager who was brilliant", "I got to speak to your manager"
    Frame(
        opener=opens(
            r"(?:(?:i|we) (?:was able|were able|managed) to|(?:day|week|time|yesterday|morning) ,? ?(?:i|we) got to"
            r"|lucky enough to|fortunate enough to"
            r"|(?:had|have had) the (?:chance|pleasure|luck|good fortune) (?:to|of)) "
        ),
        hit=ABOVE,
        unless=_STILL_OPEN,
    ),
    Frame(
        opener=ANYWHERE,
        hit=ABOVE,
        after=re.compile(
            rf"^(?:yesterday |today |there |last \w+ |on \w+ )*,? ?(?:who (?:was|is|s"
            rf"|could not have been) (?:\w+ )?(?:more )?"
            rf"{_KIND}|(?:an? )(?:\w+ )?{_TREASURE}|(?:he|she|they) (?:fixed|sorted|solved|explained|settled) (?:it"
            rf"|everything"
            rf"|the \w+))\b"
        ),
        unless=_STILL_OPEN,
        only_named=True,
    ),
    # "thank you for the compensation last month"
    Frame(
        opener=opens(
            r"(?:thank you|thanks|grateful|much obliged|cheers|pleased|delighted|happy) (?:\w+ ){0,3}?(?:for|with) "
        ),
        gap=re.compile(r"(?:(?:the|that|your|my|this|quick|speedy|prompt|lovely|generous|full|partial) )*"),
        hit=MONEY,
        unless=re.compile(rf"{_STILL_OPEN.pattern}|\bnot\b|\bbut\b"),
    ),
    # "I was fed up yesterday, I do apologise", "at first I was not happy but your engineer's been a star"
    Frame(
        opener=opens(
            r"(?:at first|to begin with|to start with|initially|(?:i|we|it|that) (?:was|were|had been|got)|yesterday"
            r"|last"
            r" (?:week|time|month|year)|the other (?:day|time)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day) "
        ),
        gap=re.compile(r"(?:(?!but now |today |\. )[\w,]+ )*"),
        hit=DISCONTENT,
        after=re.compile(rf"\b{_NOW_WELL}"),
        unless=re.compile(r"\b(?:still|but (?:i|we) (?:am|are|want|will|still)|but (?:it|that|this) is)\b"),
    ),
    # "that's shocking, how quick you were"
    Frame(
        opener=ANYWHERE,
        hit=DISCONTENT,
        after=re.compile(
            rf"^,? ?(?:how (?:{_KIND}|quick|fast|well|cheap|easy|good)|in (?:the best|a good) way|you are (?:so |too )?"
            rf"(?:{_KIND}|{_TREASURE})|(?:such|what) (?:an? )?(?:{_KIND}|{_TREASURE}))\b"
        ),
        unless=re.compile(r"\bbut\b|\bthough\b"),
    ),
)
