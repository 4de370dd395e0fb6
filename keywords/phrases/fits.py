"""How well a word that was said fits a word of a phrase. Pure."""

from typing import NamedTuple

from keywords.records import HitReason

REASONS = tuple(HitReason)
"""From the plainest to the boldest."""

SAME_FORM = 1.0
SAME_KEY = 0.97
SAME_STEM = 0.92
JOINED = 0.85
"""Written in two: "ré silier"."""
ONE_LETTER_OFF = 0.8
TWO_LETTERS_OFF = 0.65
SAME_SOUND = 0.8
KNOWN_LOSS = 0.1
"""What was recognised is a real word: it may be just what was said."""


class Fit(NamedTuple):
    """One word of a phrase, seen in what was said."""

    like: float
    """0 to 1: how alike they are."""
    reason: HitReason
    width: int = 1
    """Over so many tokens."""
    alone: bool = True
    """Sure enough by itself; otherwise another word of the phrase must stand as written."""
    telling: bool = False
    """A word with a meaning of its own, seen as written or inflected: others may lean on it."""

    @property
    def bold(self) -> bool:
        """Whether it is a guess about what was misheard."""
        return self.width == 1 and self.reason in (HitReason.SPELLING, HitReason.SOUND)


def alike_by_sound(similarity: float) -> float:
    """How alike two words are whose sounds are."""
    return SAME_SOUND if similarity == 1.0 else similarity - 0.2
