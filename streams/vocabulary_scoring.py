"""Whether a term was said: heard text and proposed text, both forced on the audio, compared. Pure.

A model that never read a name finds it unlikely whatever was said. So what it makes of both texts with nothing to
hear is taken off by half: what is left is the word of the audio.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp

import numpy as np
from numpy.typing import NDArray

from streams.records import Language, Word
from streams.vocabulary import Candidate, Vocabulary, apart

SHARE_OF_HABIT = 0.5
"""How much of the difference that is there without audio is taken off."""
WEIGHT_OF_LIKENESS = 25.0
"""What sounding wholly alike is worth over not sounding alike, in natural logarithms of probability."""
USUAL_LIKENESS = 0.7
WEIGHT_OF_BREVITY = 6.0
"""What the shortest term needs more than a long one."""
NEEDED = -7.0
"""The gain above which a term is written; docs/vocabulary.md says what was measured with it."""
MOST_HABIT = 12.0
"""What habit can hardly explain: further behind on the audio, a term is given up without asking."""

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


def scores_on(states: States, force: Force) -> Scores:
    """Of texts on these encoder states of an utterance."""
    nothing = np.zeros((_NOTHING_POSITIONS, states.shape[1]), np.float32)
    return Scores(
        heard=lambda texts: [_sum(chances) for chances in force(states, texts)],
        unheard=lambda texts: [_sum(chances) for chances in force(nothing, texts)],
    )


def repaired(vocabulary: Vocabulary, words: Sequence[Word], language: Language, scores: Scores) -> tuple[Word, ...]:
    """The words with terms of the vocabulary where they were said; unchanged where none was.

    `scores` is asked only where a term may have been said.
    """
    candidates = vocabulary.candidates(words, language)
    certain = [one for one in candidates if one.only_spelling]
    doubtful = [one for one in candidates if not one.only_spelling]
    chances = dict.fromkeys(certain, 1.0) | (_accepted(doubtful, words, scores) if doubtful else {})
    chosen = apart(sorted(chances, key=lambda one: -chances[one]))
    found = list(words)
    for one in sorted(chosen, key=lambda one: -one.first):
        found[one.first : one.last + 1] = _written(one, words, None if one.only_spelling else chances[one])
    return tuple(found)


def _accepted(candidates: Sequence[Candidate], words: Sequence[Word], scores: Scores) -> dict[Candidate, float]:
    """Those that were said, each with its chance, 0.5 to 1."""
    texts = [word.text for word in words]
    now = " ".join(texts)
    meant = {one: " ".join([*texts[: one.first], one.written, *texts[one.last + 1 :]]) for one in candidates}
    heard, *others = scores.heard([now, *meant.values()])
    gains = {one: other - heard + _by_sound(one) for one, other in zip(candidates, others, strict=True)}
    open_ones = [one for one in candidates if gains[one] > NEEDED - MOST_HABIT]
    if not open_ones:
        return {}
    habit, *habits = scores.unheard([now, *(meant[one] for one in open_ones)])
    totals = {one: gains[one] - SHARE_OF_HABIT * (other - habit) for one, other in zip(open_ones, habits, strict=True)}
    return {one: 1 / (1 + exp(NEEDED - total)) for one, total in totals.items() if total > NEEDED}


def _by_sound(candidate: Candidate) -> float:
    return WEIGHT_OF_LIKENESS * (candidate.likeness - USUAL_LIKENESS) - WEIGHT_OF_BREVITY * candidate.brevity


def _written(candidate: Candidate, words: Sequence[Word], chance: float | None) -> list[Word]:
    """What stands there from now on; without a chance, it is as sure as what stood there."""
    old = words[candidate.first : candidate.last + 1]
    probability = min(word.probability for word in old) if chance is None else chance
    pieces = candidate.written.split()
    begin_s, duration_s = old[0].start_s, old[-1].end_s - old[0].start_s
    ends_s = [begin_s + duration_s * part / len("".join(pieces)) for part in accumulate(map(len, pieces))]
    starts_s = [begin_s, *ends_s[:-1]]
    return [
        Word(text=piece, start_s=start_s, end_s=end_s, probability=probability)
        for piece, start_s, end_s in zip(pieces, starts_s, ends_s, strict=True)
    ]


def _sum(chances: Sequence[float]) -> float:
    return float(np.log(np.maximum(np.asarray(chances, np.float64), _LEAST)).sum())
