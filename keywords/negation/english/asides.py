"""English discontent with something other than the company: the weather, one's own memory, what others did. Pure."""

import re

from keywords.negation.english.matters import ABOVE, DISCONTENT, HARM
from keywords.negation.frames import ANYWHERE, Frame, opens

_SAYS = (
    r"(?:says?|said|saying|thinks?|thought|finds?|found|reckons?|reckoned|calls?|called|shout\w*|scream\w*|yell\w*"
    r"|rag(?:es|ed|ing)"
    r"|rant\w*|moan\w*|complain\w*|grumbl\w*|insist\w*|swear\w*|swore|furious|angry|livid|cross)"
)
_ELSEWHERE = (
    r"(?:weather|winter|summer|rain|snow|cold|heat|dark|traffic|commute|mondays?|my (?:job|knees?|back|neighbou?rs?"
    r"|boss"
    r"|husband|wife|kids?|children|diet|cooking|work|school|hair)|politic\w*|government|football|telly|news|homework)"
)
_MISLAID = (
    r"(?:(?:my|the) (?:\w+ )?(?:glasses|specs|keys?|place|thread|pen|phone|password|pin|passcode|code|wallet|notes"
    r"|page|card"
    r"|username|log ?in|login|paper|bag|train of thought|head)|track|what|which|where|how)\b"
)
_IDIOT = re.compile(
    r"\b(?:idiots?|morons?|clowns?|fool|stupid|useless|dumb\w*|pathetic|crooks?|twat|wanker|incompetent)\b"
)
_NOT_YOURS = r"(?:(?!you |your |i |we |but |\. )[\w,]+ )"

ASIDES = (
    # "I'm sick of the winter", "what my ex did was disgusting", "I've had enough ink for now"
    Frame(
        opener=ANYWHERE, hit=DISCONTENT, after=re.compile(rf"^(?:of |with |about )?(?:the |this |that )?{_ELSEWHERE}\b")
    ),
    Frame(
        opener=opens(
            r"what (?:my|his|her|our|the|those|some) (?!agent|advis|company|technician|engineer|driver"
            r"|service)(?:\w+ ){1,3}?(?:did|has"
            r" done|have done|said|does|do|wrote) "
        ),
        gap=re.compile(r"(?:(?:to|me|him|her|us|them|is|was|just|really|absolutely|quite) )*"),
        hit=DISCONTENT,
        unless=re.compile(r"\byou\b"),
    ),
    Frame(
        opener=ANYWHERE,
        hit=re.compile(r"\bhad enough"),
        after=re.compile(
            r"^(?!of |with |from |now |already |today |here |please |thank|is |it |so )\w+ (?:for (?:now|today|the)"
            r"|[,.]|thank|$)"
        ),
    ),
    # "this is ridiculous, I've lost my glasses", "my memory, this is ridiculous"
    Frame(
        opener=ANYWHERE,
        hit=DISCONTENT,
        after=re.compile(
            rf"^,? ?(?:(?:but |of me |sorry ,? ?))?(?:i (?:have |had |just )*(?:lost|forgot|forgotten|mislaid|dropped"
            rf"|misread|mixed up|typed|left) {_MISLAID}|(?:i )?can not find {_MISLAID}|what am i (?:saying|doing|like)"
            r"|my (?:memory|head|brain|eyes|handwriting|glasses|fingers))\b"
        ),
    ),
    Frame(
        opener=opens(
            r"my (?:memory|head|brain|eyes|eyesight|handwriting|glasses|fingers|typing|hearing) (?:,? ?(?:is|are"
            r"|s) )?,? ?"
        ),
        hit=DISCONTENT,
    ),
    # "my son is raging that it's a disgrace, I only need the code", "she finds it outrageous, doesn't bother me"
    Frame(
        opener=opens(
            rf"(?:(?:my|our|the|an?|some|that|his|her) (?:(?!company|advis|agent|app|website|site)\w+ ){{1,4}}?"
            rf"|(?:he|she|they|everyone"
            rf"|everybody|someone|people) )(?:(?:is|was|are|were|s|always|keeps?|kept|just|forever) )*{_SAYS} "
        ),
        gap=re.compile(r"(?:(?!but |so |because |i |\. )[\w,]+ )*"),
        hit=DISCONTENT,
        after=re.compile(
            r"^(?:(?!and i |and so )[\w,]+ )*?(?:but )?(?:(?:it |that )?(?:does|did) not bother (?:me|us)|(?:it"
            r"|that) is (?:fine|all"
            r" right|ok) (?:by|with) me|mine (?:is|s|are|works) (?:\w+ )?(?:fine|good|ok|perfect|great)|i (?:only"
            r"|just) (?:need|want"
            r"|wanted|called|rang)|(?:me|myself|personally|as for me) ,? ?(?!too|i (?:want|agree))|i (?:find|think"
            r"|found|thought)"
            r" (?:it|that|you|they) (?:is |are |was )?(?:\w+ly |quite |very )?(?:fair|fine|good|reasonable|ok|great"
            r"|normal|all right"
            r"|honest|funny|correct)|i am not (?:bothered|fussed|so sure))\b"
        ),
    ),
    # "the neighbours are always complaining about the signal, mine's fine"
    Frame(
        opener=opens(
            r"(?:my|our|the|some|his|her) (?:\w+ )?(?:neighbou?rs?|husband|wife|kids?|son|daughter|mother|father|mum"
            r"|dad|parents"
            r"|colleagues?|friends?|tenants?|brother|sister|flatmates?|boss) (?:(?:is|are|was|were|s|always|keeps?"
            r"|forever) )+"
        ),
        hit=re.compile(r"^complaining"),
        after=re.compile(r"^(?!(?:\w+ ){0,3}you\b)"),
    ),
    # "my mechanic says the noise is not acceptable so I'm calling the breakdown line"
    Frame(
        opener=opens(
            r"(?:my|our) (?:mechanic|doctor|vet|dentist|plumber|electrician|teacher|boss|builder|physio|landlord"
            r"|coach|accountant)"
            r" (?:says?|said|thinks?|told me|reckons?|finds?|found) "
        ),
        gap=re.compile(rf"{_NOT_YOURS}*"),
        hit=DISCONTENT,
    ),
    # "a chap was shouting bunch of idiots at your staff", "I've been called an idiot", "like a complete idiot"
    Frame(
        opener=opens(
            r"(?:(?:an?|the|some|that|this|my|another) (?:\w+ ){1,5}?|he |she |they |someone |people )(?:(?:is|was"
            r"|were|started|kept) )?"
            r"(?:shout|scream|yell|call|swear|curs|mutter|hurl)(?:ing|ed|s)? "
        ),
        gap=re.compile(r"(?:(?!i |\. |but )[\w,]+ ){0,4}?"),
        hit=_IDIOT,
    ),
    Frame(opener=opens(r"(?:was|were|been|being|got|getting|be) called (?:an? |such |the )*"), hit=_IDIOT),
    Frame(opener=opens(r"\bi (?:(?!you )\w+ ){0,8}(?:like|am|as) (?:an? |the |some |such )*"), hit=_IDIOT),
    Frame(opener=opens(r"\bi (?:am|was) (?:\w+ ){0,3}(?:idiot|fool|moron) (?:\w+ )?,? ?"), hit=_IDIOT),
    Frame(
        opener=ANYWHERE,
        hit=_IDIOT,
        after=re.compile(r"^(?:\w+ )?,? ?(?:(?:that )?i (?:am|was)\b|i (?:told|said to) myself)"),
    ),
    # "tear the plan up without asking me": done in the speaker's name
    Frame(
        opener=opens(
            r"my (?!finger|thumb)\w+ (?:must have |has |had |just )?(?:ticked|clicked|pressed|chose|selected|hit"
            r"|tapped|chosen) "
        ),
        hit=HARM,
    ),
    Frame(opener=opens("(?:i am|i was|been|being) (?:an? |the )?"), hit=ABOVE, after=re.compile("^(?:myself|too)\\b")),
)
