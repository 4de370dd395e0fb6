"""How English thinks up a case. Pure."""

import re

from keywords.negation.english.conditions import ONE_DAY, RESULT
from keywords.negation.english.matters import DEED, HARMED, LAW
from keywords.negation.frames import ANYWHERE, Frame, opens, until, up_to

_BUT_NOT = re.compile(
    r"\bbut (?:(?:i|we) (?:(?:\w+ )?(?:not|never)|would rather|prefer|am staying|are staying)"
    r"|never mind|no\b|what is the (?:point|use)|it is (?:hardly |not )|why bother|life is too short|not (?:for"
    r"|over) )\b"
)
_ENDS = r"\bbut |\bso |\. |, i (?:want|am|will|need)"

CASES = (
    # "were I to cancel", "had I wanted to cancel", "say for the sake of argument", "what happens if someone wants to"
    Frame(
        opener=opens(
            r"(?:^|(?<=, ))(?:were (?:i|we) (?:ever )?to|had (?:i|we) (?:ever |really )?\w+(?: to)?) ",
            r"(?:say|suppose) (?:,? ?(?:for the sake of argument|hypothetically|just for once"
            r"|purely)) ,? ?(?:that )?i ",
            r"(?:what|how much|what charges|what exactly) (?:happens|would happen|is the (?:fee|penalty"
            r"|charge)) (?:if|when) "
            r"(?:some(?:body|one)|people|a (?:customer|client)|any(?:body|one)) ",
        ),
        gap=up_to(3, "not"),
    ),
    Frame(
        opener=opens(r"(?:^|(?<=, ))(?:were|should) (?:i|we|it|this|the \w+) (?:ever )?(?:to )?"),
        gap=re.compile(RESULT),
    ),
    # "let's pretend I moved", "the day you close the shop", "a less patient man would be talking to a lawyer"
    Frame(
        opener=opens(
            r"(?:let us|lets|let s|let) pretend (?:that )?",
            r"(?:the day|come the day) (?:you|they|the \w+) ",
            r"say (?:that )?i (?=did |were |was |had )",
            r"(?:the )?(?:first|last) time (?:that )?i was (?:with|at) ",
        ),
        gap=re.compile(
            r"(?:(?!but |so |\. ).)*?\b(?:i|we) (?:would|might|could|did|had|was|were)(?: \w+){0,5} |(?:(?!but |so "
            r"|\. ).)*?\bwould i (?:\w+ ){0,3}|did (?:ever )?"
        ),
    ),
    Frame(
        opener=opens(r"an? (?:less|more) \w+ (?:\w+ )?would ", r"(?:in an? (?:film|movie|book|soap)) "),
        gap=re.compile(r"(?:(?!but |\. )[\w,]+ ){0,8}?"),
    ),
    Frame(
        opener=opens(
            r"(?:\w+ years ago|back then|at one (?:time|point)|when i was younger|once upon a time) ,? ?(?:i|we) would "
        ),
        gap=up_to(4, "not"),
    ),
    Frame(
        opener=opens(r"(?:^|(?<=, ))had (?:it|this|that|they|the \w+|he|she) (?:\w+ )?\w+(?:ed|en|rt|st|nt|pt|id) "),
        gap=re.compile(r"(?:(?!\. )[\w,]+ )*?(?:i|we) (?:would|could|might) (?:\w+ ){0,6}"),
    ),
    # "I might cancel one day, who knows", "it isn't worth it, otherwise I'd sue", "in America people would go to court"
    Frame(
        opener=opens(r"(?:i|we) (?:might|may|could) (?:well |just )?"),
        gap=up_to(2, "not"),
        after=re.compile(rf"^(?:(?!or |i )[\w,]+ ){{0,4}}?(?:{ONE_DAY}|who knows|perhaps|we will see|i do not know)\b"),
    ),
    Frame(
        opener=opens(
            "(?:hypothetically|theoretically|in theory|(?:just |purely )?out of (?:interest"
            "|curiosity)) ,? ?(?:speaking ,? ?)?",
            r"when (?:my|the|our) (?:\w+ ){1,2}?(?:ends|runs out|expires|is up|finishes) (?:[\w,] ?)*?(?:i"
            r"|we) (?:may|might|could) ",
        ),
        gap=up_to(5, "not"),
    ),
    Frame(
        opener=opens(r"(?:otherwise|or else) (?:i|we|anyone|people) would (?:just |probably |already )*"),
        gap=up_to(2, "not like want"),
    ),
    Frame(
        opener=opens(
            r"(?:people|folks|anyone|anybody|some|they|others) (?:there )?would (?:probably |just |even |already )*"
        ),
        gap=up_to(3, "not"),
        hit=LAW,
    ),
    # "in a perfect world I'd get my money back"
    Frame(
        opener=opens(
            r"(?:in an? (?:perfect|ideal) world|in (?:my|your) dreams|(?:at "
            r"|in the )?(?:the )?(?:very )?worst(?: case)?"
            r"|at a push|if (?:it came|push came|push comes|it comes) to (?:it|that|shove)) ,? ?"
        ),
        gap=re.compile(r"(?:i|we) (?:would|could|might|may|will)(?: (?!like |love |want )\w+){0,4} "),
    ),
    # "I would have cancelled"; not "I would have liked to"
    Frame(
        opener=opens(r"(?:i|we|he|she|they) would (?:just |probably |already )*have (?:just |probably |already )*"),
        gap=re.compile(
            r"(?:(?:gone (?:and|straight) )?(?:asked for|gone to|gone|got|taken|had|ended up"
            r"|wanted) (?:to )?(?:an? )?|gone and |to )?"
        ),
        hit=re.compile(rf"{DEED.pattern}|{HARMED.pattern}"),
        unless=re.compile(r"\b(?:liked|loved|thought|expected)\b"),
    ),
    # "suppose I cancel", "in case I have to cancel"
    Frame(
        opener=opens(
            "(?<!not )suppos(?:e|ing) ",
            "picture (?:me|us|this|that) ",
            "(?<!can )(?<!not )(?:let us |lets |let s )?imagin(?:e|ing) ",
            "assuming ",
            "let (?:us|s) (?:say|assume|suppose) ",
            "lets say ",
            "say i (?=wanted)",
            "when the (?:time|day|moment) comes? ",
            "in the event (?:of|that) (?!you )",
        ),
        gap=until(_ENDS),
    ),
    Frame(opener=opens("(?:just )?in case (?!you )"), gap=until(_ENDS)),
    Frame(opener=opens("unless i (?:have|need|want|had) "), gap=up_to(2, "not"), after=re.compile(rf"\b{ONE_DAY}\b")),
    # "I'd be mad to cancel", "I'd be surprised if I cancelled"
    Frame(
        opener=opens(
            r"would be (?:\w+ )?(?:mad|crazy|stupid|silly|foolish|daft|nuts|an idiot|surprised|a shame) (?:to|if) "
        ),
        gap=up_to(3, "not"),
    ),
    # "I could sue you but I won't", "I nearly cancelled", "a bit longer and I'd have…", "I'll see if I cancel"
    Frame(opener=opens(r"(?:i|we) (?:could|might|may) "), gap=up_to(3, "not"), after=_BUT_NOT),
    Frame(
        opener=opens(r"(?:i |we )?(?:have |had |very )*(?:nearly|almost) ", "came (?:so |very |this )?close to "),
        gap=up_to(3, "not i"),
        hit=re.compile(rf"{DEED.pattern}|{HARMED.pattern}|\bcomplain"),
        unless=re.compile(r"\b(?:forgot|there|ready|certain|want)\b"),
    ),
    Frame(
        opener=opens("(?:a (?:bit|little) (?:longer|more)|another (?:day|week|hour)) and (?:i|we) would "),
        gap=up_to(5, "not"),
    ),
    Frame(opener=opens(r"i was (?:this|that|so) close to "), gap=up_to(2, "not")),
    Frame(opener=opens(r"i (?:will|would) see (?:if|whether) (?:i |we )?"), gap=up_to(3, "not")),
    # "one of these days I'll cancel", "back in the day you'd write a letter to cancel"
    Frame(
        opener=opens(
            rf"(?:{ONE_DAY}|one of these (?:days|years)|sooner or later) ,? ?(?:i|we) (?:will|may|might|could) "
        ),
        gap=up_to(5, "not"),
    ),
    Frame(
        opener=opens(
            r"(?:back in the (?:day|old days|\w+ties)|in (?:the old|those|my) days?|once upon a time) ,? ?"
            r"(?:you|one|people|they|we|i|it) (?:\w+ )?(?:would|had|have|used|could|was) "
        ),
        gap=up_to(8, "not but"),
    ),
    # "I could have asked for a refund, but the voucher suits me"
    Frame(
        opener=opens(r"(?:i|we) (?:could|might) (?:easily |just |well |always )?have "),
        gap=re.compile(
            r"(?:asked|gone|got|had|taken|made|claimed|demanded|pushed|insisted|fought) (?:(?:for|on|to|an?|the|my"
            r"|you|it) )*|"
        ),
        hit=re.compile(rf"{DEED.pattern}|\bcomplain"),
        unless=re.compile(r"\b(?:if you|had you|instead)\b"),
    ),
    # "some day, just not now"
    Frame(
        opener=ANYWHERE,
        hit=DEED,
        after=re.compile(
            r"^(?:(?:my|the|our) \w+ )?(?:one day |some ?day )?,? ?(?:but |just |only )*not (?:now|yet|today"
            r"|just yet|right now)\b"
        ),
    ),
)
