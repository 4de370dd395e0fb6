"""What English speakers thought, feared or expected, and found to be otherwise. Pure."""

import re

from keywords.negation.english.matters import DISCONTENT, MONEY
from keywords.negation.frames import Frame, opens, up_to

_NOT_MONEY = re.compile(rf"^(?!.*(?:{MONEY.pattern}))")
_STILL = re.compile(
    r"\b(?:still|never|worse|nothing(?! like)|nobody|again|hung up|cut off|useless|but (?:i|we) (?:want|need))\b"
)
_WRONGLY = (
    r"(?:silly (?:me|old me)|daft (?:me|of me)|turn(?:ed|s) out|false alarm|panic over|my mistake|i was wrong"
    r"|(?:but )?it (?:is|was) (?:only|just) |but (?:no\b|actually)|it (?:is|was|has|had) not\b)"
)
_AT_ONCE = (
    r"(?:straight (?:away|off|through)|right away|at once|immediately|instantly|on the \w+ ring|(?:the )?first time"
    r"|within \w+|in (?:no time|two|a few|\w+ (?:seconds|minutes))|(?:so |very |really )?(?:quickly|fast|quick))"
)
_PROMPT = (
    r"(?:(?:you|somebody|someone|your \w+|the \w+) (?:have |has |had )?(?:answered|picked up|got (?:back )?to me"
    rf"|put me through|rang (?:me )?back|called (?:me )?back|sorted (?:it|me) out|took my call) {_AT_ONCE}"
    r"|(?:what|it is|makes) an? (?:\w+ )?(?:breath of fresh air|(?:nice|lovely|pleasant|welcome) (?:change"
    r"|surprise)))\b"
)
_PLEASANT = (
    r"(?:breath of fresh air|restored my faith|(?:nice|lovely|pleasant|welcome) (?:change|surprise)"
    r"|(?:you|yours|your \w+) (?:is|are) (?:not like that|nothing like|the exception|the opposite)"
    r"|i (?:get|got|find|found|come across|speak to|end up with) you\b)"
)

MISTAKEN = (
    # "I thought my card was cloned, silly me, it turned out to be my husband's"
    Frame(
        opener=opens(
            r"(?:i|we) (?:(?:really|honestly|first|just|had|have|was|were|actually) )*"
            r"(?:thought|believed|feared|assumed|imagined|sure|convinced|afraid|worried|could have sworn) "
        ),
        gap=up_to(6, "not now"),
        hit=_NOT_MONEY,
        after=re.compile(rf"^(?:(?!i want |i need )[\w,]+ ){{0,6}}?(?:\. )?{_WRONGLY}"),
        unless=_STILL,
    ),
    # "I was expecting to be on hold for an hour, and you answered on the second ring"
    Frame(
        opener=opens(
            r"(?:(?:expect|dread|brac)(?:ing|ed)|resigned|(?:was|were) (?:\w+ )?(?:prepared|ready|afraid|worried)"
            r"|last (?:time|year|month|week)|usually|normally|as a rule|always|everyone says|they say|people say) "
        ),
        gap=re.compile(r"(?:(?!now |today |\. )[\w,]+ )*"),
        after=re.compile(rf"^(?:[\w,]+ ){{0,8}}?{_PROMPT}"),
        unless=_STILL,
    ),
    # "I keep reading about terrible service everywhere, and then I get you"
    Frame(
        opener=opens(
            r"(?:read(?:ing|s)?|hear(?:ing|s|d)?|told|talk(?:ing|s)?|tales|stories|expect(?:ing|ed)"
            r"|complain(?:ing|s)?) "
        ),
        gap=re.compile(r"(?:(?!now |but |\. )[\w,]+ )*"),
        hit=DISCONTENT,
        after=re.compile(rf"^(?:[\w,]+ ){{0,6}}?{_PLEASANT}"),
        unless=_STILL,
    ),
)
