"""Recordings arranged as calls, so that the classifier meets the baseline as it is live: thin at first. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sentiment.baseline import Prior, SpeakerBaseline
from sentiment.prosody import Floats
from sentiment.records import Emotion
from sentiment.training.corpus import CLASSES, Corpus, Whole

NEUTRAL = CLASSES.index(Emotion.NEUTRAL)
LEADS = (0, 1, 2, 3, 4, 6)
"""How many utterances a call opens with, most of them calm."""
CALM_SHARE = 0.85
"""How many of those are neutral: some customers are upset when the call begins."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Heard:
    """Utterances as a live call would show them to the classifier."""

    rows: Whole
    """Which rows of the corpus."""
    standardised: Floats
    before_s: Floats
    """How much speech the baseline had learned before each."""


def callers(corpus: Corpus, rows: Whole) -> Iterator[Whole]:
    """The rows of one speaker on one line, for each."""
    for speaker in np.unique(corpus.speaker[rows]):
        for line in np.unique(corpus.line[rows]):
            yield rows[(corpus.speaker[rows] == speaker) & (corpus.line[rows] == line)]


def population(corpus: Corpus, rows: Whole) -> Prior:
    """What is usual for anyone: the mean of calm speech, and the spread within one caller, classes weighing alike."""
    means, spreads = [], []
    for own in callers(corpus, rows):
        features, emotion = corpus.features[own], corpus.emotion[own]
        middle = np.nanmean(features, axis=0)
        means.append(np.nanmean(features[emotion == NEUTRAL], axis=0))
        each = [np.nanmean((features[emotion == kind] - middle) ** 2, axis=0) for kind in np.unique(emotion)]
        spreads.append(np.mean(each, axis=0))
    return Prior(mean=np.mean(means, axis=0), deviation=np.sqrt(np.mean(spreads, axis=0)))


def heard_in_calls(corpus: Corpus, rows: Whole, prior: Prior, rng: np.random.Generator, per_caller: int) -> Heard:
    """Every utterance of every caller, in so many calls each, in random order after a mostly calm lead."""
    parts = [
        one_call(corpus, _order(corpus, own, rng), prior) for own in callers(corpus, rows) for _ in range(per_caller)
    ]
    return joined(parts)


def one_call(corpus: Corpus, order: Whole, prior: Prior) -> Heard:
    """These utterances as one call, in this order, exactly as the service does it: learn, then standardise."""
    baseline, shown, before_s = SpeakerBaseline(), [], []
    for row in order:
        before_s.append(baseline.spoken_s)
        baseline.learn(corpus.features[row], float(corpus.spoken_s[row]), prior)
        shown.append(baseline.standardise(corpus.features[row], prior))
    return Heard(rows=order, standardised=np.array(shown), before_s=np.array(before_s, dtype=np.float32))


def joined(parts: list[Heard]) -> Heard:
    """Several calls as one table."""
    return Heard(
        rows=np.concatenate([part.rows for part in parts]),
        standardised=np.concatenate([part.standardised for part in parts]),
        before_s=np.concatenate([part.before_s for part in parts]),
    )


def _order(corpus: Corpus, own: Whole, rng: np.random.Generator) -> Whole:
    shuffled = rng.permutation(own)
    calm = list(shuffled[corpus.emotion[shuffled] == NEUTRAL])
    other = list(shuffled[corpus.emotion[shuffled] != NEUTRAL])
    lead: list[np.int64] = []
    for _ in range(int(rng.choice(LEADS))):
        pool = calm if calm and (not other or rng.random() < CALM_SHARE) else other
        if pool:
            lead.append(pool.pop())
    rest: NDArray[np.int64] = rng.permutation(np.array(calm + other, dtype=np.int64))
    return np.concatenate([np.array(lead, dtype=np.int64), rest])
