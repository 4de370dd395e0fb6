"""English questions whether the company does what the customer fears. Pure."""

import re

from keywords.negation.english.matters import HARM, LAW
from keywords.negation.frames import Frame, opens, up_to

FEARED = (
    # "is it you who takes them to court?"
    Frame(
        opener=opens(r"(?:is it|it is|was it|whether) (?:you|them|they) (?:who|that) "),
        gap=up_to(2, "me my i not"),
        hit=re.compile(rf"{HARM.pattern}|{LAW.pattern}"),
    ),
    # "are you going to cancel my contract?", "why do you want to cancel it?", "are you allowed to cancel it?"
    Frame(
        opener=opens(
            r"(?:are|were) you (?:\w+ )?(?:going|planning|trying|about|threatening|allowed|entitled) to ",
            r"(?:are|were) you ",
            r"did you (?:just )?",
            r"(?:you are|are you) (?:telling me|saying) (?:that )?you (?:are |will )?(?:planning to |going to )?",
            r"is it you (?:that|who) (?:is|are|wants to|will) (?:going to )?",
            r"(?:surely|you) (?:you )?(?:will|would|are) not (?:really |just |surely )?(?:going to )?",
            r"(?:is there |there is )?(?:a |any )?(?:risk|danger|chance) (?:that )?(?:of )?you (?:will |would "
            r"|might )?",
        ),
        hit=HARM,
        unless=re.compile(r"\b(?:like|as) i\b|\basked\b|\bwhen\b"),
    ),
    Frame(opener=opens("are you (?:really |seriously )?(?:going to )?"), gap=up_to(3, "not i"), hit=LAW),
    Frame(
        opener=opens(
            r"why (?:on earth |in the world |the hell |ever )?(?:do|did|would|are|were|have|had|is it that) (?:you"
            r"|they) "
        ),
        gap=up_to(3, "not i we"),
        hit=HARM,
    ),
    # "is it true that you cancel my account?"
    Frame(
        opener=opens(
            r"(?:is it (?:true|right|correct)|does (?:that|this) mean|am i right in thinking|i hear|i read"
            r"|they say) (?:that )?"
            r"(?:you|they) (?:(?:can|will|would|just|might|could) )*(?:be )?"
        ),
        hit=HARM,
    ),
)
