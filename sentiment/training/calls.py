"""Recordings arranged as calls, so that the classifier meets the baseline as it is live: thin at first. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sentiment.baseline import LIMIT, Prior, SpeakerBaseline
from sentiment.prosody import Floats
from sentiment.records import Emotion
from sentiment.training.corpus import CLASSES, NO_CLASS, Corpus, Whole
from sentiment.training.head import Head, Numbers

NEUTRAL = CLASSES.index(Emotion.NEUTRAL)
LEADS = (0, 0, 1, 2, 4)
"""How many utterances a call opens with, most of them calm: some calls have no such beginning."""
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ear:
    """What a call is heard with: what is usual for anyone, and a first head to guess feelings by, once there is one."""

    prior: Prior
    head: Head | None = None

    def moved(self, standardised: Floats) -> Floats | None:
        """By how much a feeling is thought to have moved each feature of this one utterance."""
        return None if self.head is None else self.head.moved(standardised[None])[0]


def callers(corpus: Corpus, rows: Whole) -> Iterator[Whole]:
    """The rows of one speaker on one line, for each."""
    for speaker in np.unique(corpus.speaker[rows]):
        for line in np.unique(corpus.line[rows]):
            yield rows[(corpus.speaker[rows] == speaker) & (corpus.line[rows] == line)]


def known_mean(values: Floats | Numbers) -> Numbers:
    """Of each column, over the rows where it was measured; NaN where it was in none."""
    known = ~np.isnan(values)
    total, count = np.where(known, values, 0.0).sum(axis=0, dtype=np.float64), known.sum(axis=0)
    mean: Numbers = np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0)
    return mean


def population(corpus: Corpus, rows: Whole) -> Prior:
    """What is usual for anyone: the mean of calm speech, and the spread within one caller, classes weighing alike."""
    means, spreads = [], []
    for own in callers(corpus, rows):
        features, emotion = corpus.features[own], corpus.emotion[own]
        if not (emotion == NEUTRAL).any():
            continue
        middle = known_mean(features)
        means.append(known_mean(features[emotion == NEUTRAL]))
        played = [kind for kind in np.unique(emotion) if kind != NO_CLASS]
        spreads.append(known_mean(np.array([known_mean((features[emotion == kind] - middle) ** 2) for kind in played])))
    mean, variance = known_mean(np.array(means)), known_mean(np.array(spreads))
    return Prior(mean=mean.astype(np.float32), deviation=np.sqrt(variance).astype(np.float32))


def ways(corpus: Corpus, rows: Whole, prior: Prior, feelings: Whole) -> Numbers:
    """By how many of the prior's deviations each feeling moves each feature from the same caller's calm."""
    away, felt = [], []
    for own in callers(corpus, rows):
        calm = own[corpus.emotion[own] == NEUTRAL]
        if len(calm):
            usual = known_mean(corpus.features[calm])
            away.append(np.clip((corpus.features[own] - usual) / prior.deviation, -LIMIT, LIMIT))
            felt.append(corpus.feeling[own])
    far, feeling = np.nan_to_num(np.concatenate(away)), np.concatenate(felt)
    return np.array([far[feeling == each].mean(axis=0) for each in feelings])


def heard_in_calls(corpus: Corpus, rows: Whole, ear: Ear, rng: np.random.Generator, per_caller: int) -> Heard:
    """Every utterance of every caller, in so many calls each, in random order after a mostly calm lead."""
    orders = [_order(corpus, own, rng) for own in callers(corpus, rows) for _ in range(per_caller)]
    return joined([one_call(corpus, order, ear) for order in orders])


def shuffled_calls(corpus: Corpus, rows: Whole, ear: Ear, rng: np.random.Generator, per_caller: int) -> Heard:
    """Every utterance of every caller, in so many calls each, in any order: nobody begins calmly for our sake."""
    orders = [rng.permutation(own) for own in callers(corpus, rows) for _ in range(per_caller)]
    return joined([one_call(corpus, order, ear) for order in orders])


def one_call(corpus: Corpus, order: Whole, ear: Ear) -> Heard:
    """These utterances as one call, in this order, exactly as the service does it: guess, learn, then standardise."""
    baseline, shown, before_s = SpeakerBaseline(), [], []
    for row in order:
        before_s.append(baseline.spoken_s)
        features = corpus.features[row]
        guess = ear.moved(baseline.standardise(features, ear.prior))
        baseline.learn(features, float(corpus.spoken_s[row]), ear.prior, moved=guess)
        shown.append(baseline.standardise(features, ear.prior))
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
