"""Whether a term was said: heard text and proposed text, both forced on the audio, compared. Pure.

A model that never read a name finds it unlikely whatever was said. So what it makes of both texts with nothing to
hear is taken off by half: what is left is the word of the audio.
"""

from collections.abc import Sequence
from itertools import accumulate
from math import exp

from streams.records import Language, Word
from streams.vocabulary.terms import Candidate, Vocabulary, apart
from streams.vocabulary.text_scores import Scores, compared

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
    found = compared(candidates, words, scores, lambda one, by_audio: by_audio + _by_sound(one) > NEEDED - MOST_HABIT)
    totals = {
        one: against.by_audio + _by_sound(one) - SHARE_OF_HABIT * against.by_habit for one, against in found.items()
    }
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
