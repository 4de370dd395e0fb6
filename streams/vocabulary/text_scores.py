"""How well texts fit an utterance: each with other words in one place, forced on the audio and compared. Pure."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from streams.records import Word

States = NDArray[np.float32]
Force = Callable[[States, Sequence[str]], Sequence[Sequence[float]]]
"""The probability of each token of each text, forced on one stretch of encoder states (positions, width)."""
Chances = Callable[[Sequence[str]], Sequence[float]]
"""For texts, each of a whole utterance, the sum of the logarithms of their tokens' probabilities."""

_NOTHING_POSITIONS = 8
"""States without content all weigh the same, however many they are."""
_LEAST = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """How likely the model finds texts. Each text asked for costs part of a pass of the decoder."""

    heard: Chances
    """On the audio of the utterance."""
    unheard: Chances
    """With nothing to hear."""


class Replacement(Hashable, Protocol):
    """Other words for those from `first` to `last`, both counted in."""

    @property
    def first(self) -> int:
        """By number."""

    @property
    def last(self) -> int:
        """By number."""

    @property
    def written(self) -> str:
        """What would stand there."""


Other = TypeVar("Other", bound=Replacement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """By how much a text is likelier than the one that was recognised, in natural logarithms of probability."""

    by_audio: float
    by_habit: float
    """With nothing to hear: what the model makes of the words whatever was said."""


def scores_on(states: States, force: Force) -> Scores:
    """Of texts on these encoder states of an utterance."""
    nothing = np.zeros((_NOTHING_POSITIONS, states.shape[1]), np.float32)
    return Scores(
        heard=lambda texts: [_sum(chances) for chances in force(states, texts)],
        unheard=lambda texts: [_sum(chances) for chances in force(nothing, texts)],
    )


def compared(
    others: Sequence[Other],
    words: Sequence[Word],
    scores: Scores,
    worth_asking: Callable[[Other, float], bool],
    *,
    near: int | None = None,
) -> dict[Other, Comparison]:
    """Each of the texts against the words as recognised, all in one batch.

    `worth_asking`: told one and its gain by the audio; where it says no, habit is not asked for and it is left out.
    `near`: words further behind all of the places than this are left out of the texts, and with nothing to hear those
    further in front as well: what they cost grows with their length. None: all count.
    """
    if not others:
        return {}
    stop = len(words) if near is None else max(one.last for one in others) + 1 + near
    by_audio = _gains(others, words, (0, stop), scores.heard)
    open_ones = [one for one in others if worth_asking(one, by_audio[one])]
    if not open_ones:
        return {}
    start = 0 if near is None else max(0, min(one.first for one in open_ones) - near)
    by_habit = _gains(open_ones, words, (start, stop), scores.unheard)
    return {one: Comparison(by_audio=by_audio[one], by_habit=by_habit[one]) for one in open_ones}


def _gains(
    others: Sequence[Other], words: Sequence[Word], span: tuple[int, int], chances: Chances
) -> dict[Other, float]:
    """How much likelier each makes the words of the span."""
    start, stop = span
    texts = [word.text for word in words]
    meant = [" ".join([*texts[start : one.first], one.written, *texts[one.last + 1 : stop]]) for one in others]
    now, *found = chances([" ".join(texts[start:stop]), *meant])
    return {one: other - now for one, other in zip(others, found, strict=True)}


def _sum(chances: Sequence[float]) -> float:
    return float(np.log(np.maximum(np.asarray(chances, np.float64), _LEAST)).sum())
