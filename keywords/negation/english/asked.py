"""English questions that ask for nothing: astonished, rhetorical, or how things go. Pure."""

import re

from keywords.negation.english.matters import DEED, HARM, LAW
from keywords.negation.frames import Frame, opens, up_to

_TRULY = "(?:(?:really|actually|honestly|seriously|just|even) )*"

QUESTIONS = (
    # "did you say refund?", "what do you mean, cancel my account?", "what refund?", "what's all this about a refund?"
    Frame(opener=opens(r"did you (?:just )?say ", r"what do you mean ,? ?(?:by )?")),
    Frame(opener=opens("what ", "which "), hit=DEED, after=re.compile(r"^(?:$|[.,])")),
    Frame(
        opener=opens(
            r"what (?:is|s) (?:all )?(?:this|that) (?:\w+ )?(?:about|of) ",
            r"(?:what|who) (?:exactly |actually )?(?:is|are) (?:an? |this |these )?",
            r"what does it mean .*",
            r"what (?:does|is|s) (?:(?:an?|the|this|that|all|full|partial) )*",
        ),
        gap=re.compile(r"(?:(?:an?|the|my|me) )?(?:going to )?"),
        hit=DEED,
        after=re.compile(r"^(?!policy|procedure|process|number|line|stuck)"),
    ),
    Frame(opener=opens(r"what (?:does|do|is|would) (?:an? |the )?(?:\w+ )?"), hit=DEED, after=re.compile("^mean ")),
    # "who asked to cancel my contract?"
    Frame(opener=re.compile("(?:^|, |\\bso |\\band )who "), hit=re.compile("^(?:asked|wanted|decided) to ")),
    Frame(
        opener=re.compile("(?:^|, |\\bso |\\band )who (?:asked|wanted|decided|requested) to "),
        gap=up_to(1, "not"),
        hit=DEED,
    ),
    # "what's this GDPR your letter mentions?"
    Frame(
        opener=opens(r"what (?:is|s) (?:this|that|the|an?) "),
        after=re.compile(
            r"^(?:your \w+|you|that|thing|on|in|it) (?:\w+ )?(?:mention|talk|say|sa|refer|go|on|keep"
            r"|state|list)"
        ),
    ),
    # "why would I cancel?", "what good would going to court do?", "what's the use of cancelling?"
    Frame(
        opener=opens(rf"why (?:on earth |in the world |ever )?(?:would|should) (?:i|we) {_TRULY}"), gap=up_to(3, "not")
    ),
    Frame(
        opener=opens(
            r"what (?:good|use|sense|difference) (?:would|will|does|is) ",
            r"what (?:is|would be|s) the (?:use|point|sense|good) (?:of|in) ",
            r"what (?:would|will|do|did) (?:i|we|that|it) (?:possibly |actually )?(?:gain|get|achieve|win) ",
            r"where would (?:it|that) get me ",
        ),
        gap=up_to(4, "not for"),
    ),
    # "do you think I'm going to cancel over two pounds?", "since when do I want to?", "who's talking about it?"
    Frame(
        opener=opens(
            r"do you (?:really |honestly )?(?:think|believe|expect|imagine) (?:that )?(?:i|we) (?:am |are |would )?"
        ),
        gap=up_to(3, "not will can could should"),
        after=re.compile(r"^(?:\w+ ){0,2}?(?:over|for|because)\b"),
    ),
    Frame(
        opener=opens(
            r"since when (?:do|did|am|have) (?:i|we) ",
            r"(?:where|when) did (?:you|i|we) (?:get|hear|read|see|find|say|ask|mention) ",
            r"(?:what|whatever) (?:makes|made|gave) you (?:think|believe|say|the idea) ",
            r"who (?:is|was|s|ever) (?:talking|speaking|saying|said|mentioned|asking|on) ",
            r"who (?:said|told you|asked (?:you|for|to)|authorised|authorized|gave you permission|mentioned|says"
            r"|gave you the idea) ",
            r"(?:did|have|had) (?:i|we) (?:ever |actually |really |once )?(?:ask|asked|say|said|tell|told|mention"
            r"|mentioned"
            r"|request|order|agree|agreed) ",
        ),
        gap=up_to(6, "not"),
    ),
    # "do I have to cancel when I move?", "does changing the name mean I need to cancel?"
    Frame(
        opener=opens(
            r"(?:do|does|would|will|should|must) (?:i|we|one|you|a customer) (?:really |still )?(?:have to|need to)? ?"
        ),
        gap=up_to(1, "not"),
        hit=DEED,
        after=re.compile(
            r"^(?:\w+ ){0,3}?(?:when|if|just because|before|in order to|to (?:change|move|get|upgrade|keep)) "
        ),
    ),
    Frame(
        opener=opens(
            r"(?:does|do|would|will) (?:\w+ ){1,6}?(?:mean|imply|involve|count as|amount to|constitute|require|trigger"
            r"|lead to|result in|equal) (?:that )?(?:(?:i|we) )?"
        ),
        gap=re.compile(r"(?:(?:will|would|have|need|am going|having|needing)(?: to)? )?"),
        hit=DEED,
    ),
    # "so if I downgrade, does that cancel my plan?", "what's the difference between pausing and cancelling?"
    Frame(
        opener=opens(
            r"(?:does|do|would|will) (?:(?:that|this|it) |\w+ing (?:\w+ ){0,3}?)(?:also |then |automatically )*"
        ),
        gap=up_to(1, "not"),
        hit=HARM,
    ),
    Frame(opener=opens("difference between "), gap=re.compile(r"(?:\w+ ){0,5}")),
    # "do you normally give refunds?", "would a person really go to court over that?"
    Frame(
        opener=opens(
            r"(?:do|would|can|will) (?:you|they) (?:normally|usually|generally|ever|often|typically|sometimes|always"
            r"|also) "
        ),
        gap=up_to(3, "not me my"),
        hit=DEED,
        unless=re.compile(r"\b(?:me|my|us|our)\b"),
    ),
    Frame(
        opener=opens(r"(?:would|do|does|did|should|could) (?:an? |any |some |most |normal |ordinary |sane )+\w+ "),
        gap=up_to(3, "not"),
        hit=DEED,
        unless=re.compile(r"\b(?:me|my|us|our)\b"),
    ),
    # "do people really go to court over that?", "who on earth would want to cancel?"
    Frame(
        opener=opens(r"(?:do|does|did|would) (?:people|anyone|anybody|folks|customers|others|many|most) (?:\w+ )?"),
        gap=up_to(2, "not"),
        unless=re.compile(r"\bme\b|\bmy\b"),
    ),
    Frame(
        opener=opens(
            r"who (?:on earth |in (?:his|her|their) right mind |the hell |ever |really "
            r"|in the world )?would (?:ever |really )?"
        ),
        gap=up_to(3, "not i refund help"),
        unless=re.compile(r"\bme\b|\bi\b"),
    ),
    # "you wouldn't go to court over a fiver?", "how does a refund work?"
    Frame(opener=opens(r"you would not (?:really |actually |seriously |ever )?"), gap=up_to(2, "i me"), hit=LAW),
    Frame(
        opener=opens(r"how (?:do|does|would|did) (?:an? |the |your )?(?:\w+ )?"),
        hit=re.compile(r"^refund"),
        after=re.compile(r"^(?:process |policy )?(?:actually |usually )?works?\b"),
    ),
    # "do you want me to cancel?"
    Frame(opener=opens(r"you (?:really )?want (?:me|us) to "), gap=up_to(1, "not"), unless=LAW),
)
