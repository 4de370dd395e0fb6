"""For how long numbers that were spoken are heard in a recording whose masked seconds are silent. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.redacting.dialogues import Secret, Turn
from bench.redacting.kept import HeardUtterance, Said

DIGIT_LETTERS = 4
"""A digit takes as long to say as so many letters."""
LATE_S = 0.3
"""Speech is taken to end so much later than it does at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some seconds of a dialogue."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """How long it lasts."""
        return self.end_s - self.start_s


def speech_in(turn: Turn, said: Said, utterances: Sequence[HeardUtterance]) -> Stretch:
    """The turn without the silence behind it: up to the end of what was taken for speech; all of it, if nothing was."""
    ends = [
        one.utterance.end_s
        for one in utterances
        if one.utterance.channel == turn.channel and said.start_s < one.utterance.end_s <= said.end_s + LATE_S
    ]
    return Stretch(start_s=said.start_s, end_s=min(said.end_s, max(ends, default=said.end_s)))


def where_said(turn: Turn, said: Stretch, secret: Secret) -> Stretch:
    """Where in the turn the number is said, from its first word to its last, by the number of letters."""
    lengths = [_letters(word) for word in turn.text.split()]
    scale = said.length_s / max(1, sum(lengths))
    first, last = min(secret.words), max(secret.words)
    return Stretch(
        start_s=said.start_s + scale * sum(lengths[:first]), end_s=said.start_s + scale * sum(lengths[: last + 1])
    )


def audible_s(stretch: Stretch, silent: Sequence[Stretch]) -> float:
    """How many seconds of it are not silent."""
    heard_s, at_s = 0.0, stretch.start_s
    for one in sorted(silent, key=lambda one: one.start_s):
        heard_s += max(0.0, min(one.start_s, stretch.end_s) - at_s)
        at_s = max(at_s, min(one.end_s, stretch.end_s))
    return heard_s + max(0.0, stretch.end_s - at_s)


def _letters(word: str) -> int:
    return sum(DIGIT_LETTERS if char.isdigit() else 1 for char in word)
