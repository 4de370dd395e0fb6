"""What a rule has to be shown of a call. Pure."""

from alerts.combined import AllOf, AnyOf, Condition, InSequence, Repeated
from alerts.conditions import CallIs, WordsSaid
from alerts.windows import DuringHold


def only_words(condition: Condition) -> bool:
    """Whether it can only come true by words, at the moment they are known: silence and time play no part in it.

    Anything not known here is said to need more: such rules are shown every half second of every call.
    """
    match condition:
        case WordsSaid(window=window):
            return not isinstance(window, DuringHold)
        case AllOf(parts=parts, unless=unless):
            return all(map(only_words, parts)) and all(
                isinstance(part, CallIs) or only_words(part) for none in unless for part in none.parts
            )
        case AnyOf(parts=parts) | InSequence(steps=parts):
            return all(map(only_words, parts))
        case Repeated(of=words):
            return only_words(words)
        case _:
            return False
