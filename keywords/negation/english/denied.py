"""How English denies a whole clause, or says that what it names is pointless or of no interest. Pure."""

import re

from keywords.negation.english.matters import LAW
from keywords.negation.frames import Frame, opens, up_to

_SELF = "(?:i|we)"
# What is said to be wanted all the same.
_AFFIRMS = re.compile(r"\bbut |\bit is because ")

DENIED = (
    # "the last thing on my mind is to cancel", "it isn't a question of whether I want to cancel"
    Frame(
        opener=opens(
            r"(?:last|furthest) thing (?:on my mind|from my mind|i (?:want|need|had in mind|would do)(?: to do)?)"
            r" (?:right now |today )?(?:is|was|would be|s) (?:to |for you to |that )?",
            r"(?:is|was|s) not (?:so much )?(?:a |any )?(?:question|matter|case) of (?:whether |if )?",
            r"(?:would|will) (?:take|need|have to be) (?:a (?:lot|good deal|whole lot) |much |far |\w+ )*(?:more|worse)"
            r" (?:than \w+ )?(?:to|for me to|(?:before|until) i) ",
            r"(?:hate|not want|dread) (?:for )?(?:anyone|you|people|anybody|them) to (?:think|believe|assume)"
            r" (?:that )?(?:i|we) ",
        ),
        gap=up_to(4, "not"),
        unless=_AFFIRMS,
    ),
    # "in no way do I want to cancel", "under no circumstances will I go to court", "no chance I'm going to court"
    Frame(
        opener=opens(
            rf"(?:in no way|on no account|under no circumstances?|at no (?:point|time)|by no means"
            rf"|no way(?: on (?:god s )?(?:green )?earth| in (?:hell|the world))?"
            rf"|not in a million years"
            rf"|never in (?:my|a) \w+|no chance|nowhere did) (?:that )?(?:(?:do|did|will|would|am|are|have) )?{_SELF} ",
        ),
        gap=up_to(5, "not"),
        unless=_AFFIRMS,
    ),
    # "under no circumstances should anyone cancel my line"
    Frame(
        opener=opens(
            r"(?:under no circumstances?|on no account|at no point|in no way) (?:should|must|may|can|do|will|is|are) "
            r"(?:any(?:one|body)|you|they|he|she) "
        ),
        gap=up_to(3, "not i"),
    ),
    # "just because I'm moaning doesn't mean I want to cancel", "that's not why I'd go", "it won't be me who cancels"
    Frame(
        opener=opens(
            rf"(?:does|do|did|would|will) not (?:necessarily |actually )?(?:mean|imply|(?<!do not )make me"
            rf"|have me) (?:that )?(?:{_SELF} )?",
            rf"(?:is|was|s) not (?:really )?why {_SELF} ",
            r"(?:will|would|is|was) (?:certainly |definitely |surely )?not (?:certainly )?(?:be )?(?:me|us"
            r"|i) (?:who|that) ",
            r"far be it from me ",
            rf"(?:is|was|s) not as (?:though|if) {_SELF} ",
            r"(?:wrong|untrue|false|unfair|inaccurate|incorrect|a lie|not true) (?:to (?:say|think|claim"
            r"|assume) )?(?:that )?"
            rf"{_SELF} (?!can not|was told)",
            r"(?:do not|never|please not|no need to) (?:\w+ ){0,2}?(?:assume|(?:write|put|note|mark"
            r"|type)(?: down| in)?|conclude|take it|think|imagine|infer"
            rf"|(?:get|have|run away with) the (?:idea|impression|notion)) (?:for a (?:\w+ )?that "
            rf"|that )?{_SELF} (?!will not|can not)",
            r"(?:least of all|let alone|much less|never mind(?! (?:\w+ ){1,3}?i (?:want|need|am) )|nor"
            r"|not to mention) ",
        ),
        gap=up_to(5, "not"),
        unless=_AFFIRMS,
    ),
    # "I'd take a credit over a refund", "cancelling yes, suing no"
    Frame(
        opener=opens(
            r"would (?:sooner |rather |much rather )?(?:take|have|choose|accept|pick) (?:\w+ ){1,3}?over ",
            r"(?:would )?prefer (?:an? |the )\w+ to ",
        ),
        gap=re.compile("(?:an? |the |my )?"),
    ),
    # "nothing forces me to go to court", "no cause for legal action", "I don't see why you should refund me"
    Frame(
        opener=opens(
            r"(?:nothing|nobody|no one) (?:\w+ )?(?:forc|oblig|press|push|mak|compel|justif|requir|tell|say)\w* "
            r"(?:me |us |an? |the |that )?(?:i |we )?",
            r"(?:nobody|no one|nothing) (?:is|s) (?:\w+ )?(?:forc|oblig|press|push|mak|compel|tell|ask)ing (?:me |us )",
        ),
        gap=up_to(4, "not drop give change stop withdraw abandon"),
    ),
    Frame(
        opener=opens(r"no (?:call|cause|grounds?|case|basis|reason|need|point|sense|use|occasion) (?:for|to|in|of) "),
        gap=up_to(4, "not"),
    ),
    Frame(
        opener=opens(r"(?:do|can|could) not see (?:any reason )?why you (?:should|would|need to|have to) "),
        gap=up_to(3, "not"),
        unless=re.compile(r"\bnot\b"),
    ),
    # "I've got better things to do than go to court", "you'd have to pay me to", "life's too short to"
    Frame(
        opener=opens(
            r"(?:better|other|more important) things to (?:do|worry about|think about) than (?:to )?",
            r"(?:would|will) have to (?:pay|drag|kill|force) me (?:\w+ )?(?:to|before) ",
            r"(?:too short|too busy|too old|not worth it) to ",
            r"(?:sooner|rather) (?:die|eat \w+ \w+|starve) than ",
            r"(?:cold day in \w+|hell (?:will )?freezes? over|pigs (?:might )?fly) (?:before|when|if) (?:i |we )?",
            r"(?:not |never )(?:go|gone) so far as ",
            r"is one thing ,? ?(?:but )?",
            r"(?:could|can|would|do|did|does) not (?:really )?(?:care less (?:about |for )?|(?:care"
            r"|give an? \w+(?: s)?) (?:about |for ))(?:an? |the |my |your )?",
        ),
        gap=up_to(4, "not"),
    ),
    Frame(opener=opens(r"let (?:us|s) not (?:\w+ ){1,8}?(?:and|or) "), gap=up_to(2, "i we want")),
    # "it's a waste of time going to court"
    Frame(
        opener=opens(
            r"(?:waste of (?:time|money|energy|breath|effort)|pointless|no good|no use|overkill|a bit much|over the top"
            r"|not worth (?:it|the \w+|my \w+)|hardly worth|ridiculous|silly|daft|mad|crazy) (?:to |in |for me to )?"
        ),
        gap=up_to(4, "not i am we"),
        hit=LAW,
    ),
    # "stop talking about cancelling", "spare yourself the refund", "wait before you cancel"
    Frame(
        opener=opens(
            r"(?<!to )(?<!not )(?<!you )(?:stop|quit) \w+ing (?:me |us )?(?:about |on about |to |with )?"
            "(?:the |this |that |a )?",
            r"(?:can|may|could) (?:keep|spare yourself|stick|stuff|save) (?:the |your |that |this )",
        ),
        gap=up_to(1, "not"),
        unless=re.compile(r"\b(?:me from|me|instead|wasting)\b"),
    ),
    Frame(
        opener=opens(
            r"(?:wait|hold on|hang on|think|ask|check with|call|ring)(?: \w+){0,2}? before you (?:go and |ever )?"
        ),
        gap=up_to(2, "not"),
        hit=re.compile(r"^(?:cancel|clos|disconnect|end|terminat|refund|reimburs)"),
    ),
    Frame(
        opener=opens(
            "(?:make sure|ensure|see to it|check|careful) (?:that )?(?:nobody|no one|you do not|they do not"
            "|nothing) (?:ever )?"
        ),
        hit=re.compile(r"^(?:cancel|clos|disconnect|end|terminat)"),
    ),
    Frame(
        opener=opens(
            r"(?:do not|never|not (?:about|going|gonna|planning) to) (?:(?:just |suddenly )?go and|go ahead and"
            r"|turn round and|up and|go) "
        ),
        gap=up_to(2, "not i"),
    ),
    # "it's not the sort of thing you'd bother the ombudsman with", "what would it take for me to want to cancel"
    Frame(
        opener=opens(
            r"(?:not|hardly) (?:\w+ )?(?:the |an? |any )?(?:sort|kind|type) of (?:thing|matter|problem|money|delay) "
            r"(?:that |where |for which )?(?:you|one|i|we|people|anyone) (?:would|should|can|could) ",
            r"what (?:would|will) it take for (?:me|us) to (?:ever )?",
        ),
        gap=up_to(4, "not"),
    ),
)
