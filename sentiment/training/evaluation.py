"""How good the classifier is on speakers, and sentences, it never met."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sentiment.baseline import LIMIT, Prior
from sentiment.prosody import Floats
from sentiment.records import Emotion
from sentiment.training.calls import Heard, callers, heard_in_calls, joined, population
from sentiment.training.corpus import CLASSES, Corpus, Whole
from sentiment.training.head import Head, fit

Numbers = NDArray[np.float64]
ANGER = CLASSES.index(Emotion.ANGER)


class Norm(StrEnum):
    """Against what a voice is held."""

    ONLINE = "online baseline, as live"
    OFFLINE = "whole recording set of the speaker, unknowable live"
    NONE = "population only"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scored:
    """Held-out utterances and what the head made of them."""

    scores: Numbers
    emotion: Whole
    before_s: Floats
    speaker: NDArray[np.str_]


def held_out(corpus: Corpus, norm: Norm, *, texts_too: bool, calls: int, seed: int) -> Scored:
    """Every speaker judged by a head that never heard them; with `texts_too`, nor the sentence they speak."""
    parts = []
    sentences = np.unique(corpus.text)
    halves = [sentences[::2], sentences[1::2]] if texts_too else [sentences]
    for speaker in np.unique(corpus.speaker):
        for unseen in halves:
            # seeded per fold, so that a fold alone can be looked at again
            rng = np.random.default_rng([seed, int(speaker)])
            known = corpus.speaker != speaker
            if texts_too:
                known &= ~np.isin(corpus.text, unseen)
            learnt = np.flatnonzero(known)
            prior = population(corpus, learnt)
            head = _fitted(corpus, learnt, prior, norm, rng, calls)
            asked = _shown(corpus, np.flatnonzero(corpus.speaker == speaker), prior, norm, rng, 1)
            parts.append(_scored(corpus, asked, head, np.isin(corpus.text[asked.rows], unseen)))
    return Scored(
        scores=np.concatenate([part.scores for part in parts]),
        emotion=np.concatenate([part.emotion for part in parts]),
        before_s=np.concatenate([part.before_s for part in parts]),
        speaker=np.concatenate([part.speaker for part in parts]),
    )


def _fitted(corpus: Corpus, learnt: Whole, prior: Prior, norm: Norm, rng: np.random.Generator, calls: int) -> Head:
    shown = _shown(corpus, learnt, prior, norm, rng, calls)
    return fit(shown.standardised, corpus.emotion[shown.rows])


def _scored(corpus: Corpus, asked: Heard, head: Head, chosen: NDArray[np.bool_]) -> Scored:
    rows = asked.rows[chosen]
    return Scored(
        scores=head.scores(asked.standardised[chosen]),
        emotion=corpus.emotion[rows],
        before_s=asked.before_s[chosen],
        speaker=corpus.speaker[rows],
    )


def _shown(corpus: Corpus, rows: Whole, prior: Prior, norm: Norm, rng: np.random.Generator, calls: int) -> Heard:
    if norm is Norm.ONLINE:
        return heard_in_calls(corpus, rows, prior, rng, calls)
    return joined([_at_once(corpus, own, prior, norm) for own in callers(corpus, rows)])


def _at_once(corpus: Corpus, own: Whole, prior: Prior, norm: Norm) -> Heard:
    features = corpus.features[own].astype(np.float64)
    mean, deviation = prior.mean.astype(np.float64), prior.deviation.astype(np.float64)
    if norm is Norm.OFFLINE:
        mean, deviation = np.nanmean(features, axis=0), np.nanstd(features, axis=0) + 1e-6
    far = np.clip(np.nan_to_num((features - mean) / deviation, nan=0.0), -LIMIT, LIMIT)
    return Heard(rows=own, standardised=far.astype(np.float32), before_s=np.zeros(len(own), dtype=np.float32))


def recalls(probabilities: Numbers, emotion: Whole) -> Numbers:
    """Share of each class that is called by its name."""
    called = probabilities.argmax(axis=1)
    return np.array([np.mean(called[emotion == kind] == kind) for kind in range(len(CLASSES))])


def confusion(probabilities: Numbers, emotion: Whole) -> Numbers:
    """Rows: what it was. Columns: what it was called. Shares."""
    called = probabilities.argmax(axis=1)
    return np.array(
        [[np.mean(called[emotion == kind] == name) for name in range(len(CLASSES))] for kind in range(len(CLASSES))]
    )


def calibration_error(probabilities: Numbers, emotion: Whole, bins: int = 10) -> float:
    """Expected difference between how sure the top class was and how often it was right."""
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == emotion
    bin_of = np.minimum((sure * bins).astype(int), bins - 1)
    return float(
        sum(
            np.mean(bin_of == each) * abs(sure[bin_of == each].mean() - right[bin_of == each].mean())
            for each in np.unique(bin_of)
        )
    )


def anger_auc(probabilities: Numbers, emotion: Whole) -> float:
    """Chance that an angry utterance is given more anger than another."""
    angry, other = probabilities[emotion == ANGER, ANGER], probabilities[emotion != ANGER, ANGER]
    order = np.searchsorted(np.sort(other), angry, side="left") + np.searchsorted(np.sort(other), angry, side="right")
    return float(order.mean() / 2 / len(other))


def recall_interval(probabilities: Numbers, scored: Scored, seed: int, draws: int = 1000) -> tuple[float, float]:
    """95 % interval of the mean recall, speakers drawn with replacement."""
    rng = np.random.default_rng(seed)
    speakers = np.unique(scored.speaker)
    own = [np.flatnonzero(scored.speaker == speaker) for speaker in speakers]
    means = []
    for _ in range(draws):
        rows = np.concatenate([own[pick] for pick in rng.integers(len(own), size=len(own))])
        means.append(recalls(probabilities[rows], scored.emotion[rows]).mean())
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
