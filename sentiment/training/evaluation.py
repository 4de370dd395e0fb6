"""How good the classifier is on speakers, and sentences, it never met."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sentiment.baseline import LIMIT, Prior
from sentiment.prosody import Floats
from sentiment.training.calls import Heard, callers, joined, population, shuffled_calls, ways
from sentiment.training.corpus import NO_CLASS, Corpus, Whole
from sentiment.training.fitting import fitted
from sentiment.training.head import Head, Shown, fit

Numbers = NDArray[np.float64]
CLEAN = 0
"""The line that is measured on: plain 8 kHz G.711."""


class Norm(StrEnum):
    """Against what a voice is held."""

    ONLINE = "online baseline, as live"
    OFFLINE = "whole recording set of the speaker, unknowable live"
    NONE = "population only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is tried on held-out speakers."""

    norm: Norm = Norm.ONLINE
    shown: Shown = Shown.BOTH
    texts_too: bool = False
    """Hold out half of the sentences as well."""
    feelings: bool = False
    """All that was played, disgust too, instead of the product's classes."""
    calls: int = 2
    """How often each caller is heard in fitting."""
    orders: int = 3
    """In how many random orders a held-out speaker is heard."""
    seed: int = 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scored:
    """Held-out utterances and what the head made of them."""

    scores: Numbers
    """Of each feeling the head knows, before temperature and softmax."""
    together: Numbers
    """Feelings by what is asked for: the product's classes, or the feelings themselves."""
    truth: Whole
    before_s: Floats
    speaker: NDArray[np.str_]


def held_out(corpus: Corpus, trial: Trial) -> Scored:
    """Every speaker judged by a head that never heard them; with `texts_too`, nor the sentence they speak."""
    asked = np.full(len(corpus.emotion), True) if trial.feelings else corpus.emotion != NO_CLASS
    sentences = np.unique(corpus.text)
    halves = [sentences[::2], sentences[1::2]] if trial.texts_too else [sentences]
    parts = [
        _one_fold(corpus, speaker, unseen, asked, trial) for speaker in np.unique(corpus.speaker) for unseen in halves
    ]
    return Scored(
        scores=np.concatenate([part.scores for part in parts]),
        together=parts[0].together,
        truth=np.concatenate([part.truth for part in parts]),
        before_s=np.concatenate([part.before_s for part in parts]),
        speaker=np.concatenate([part.speaker for part in parts]),
    )


def _one_fold(
    corpus: Corpus, speaker: np.str_, unseen: NDArray[np.str_], asked: NDArray[np.bool_], trial: Trial
) -> Scored:
    # seeded per fold, so that a fold alone can be looked at again
    rng = np.random.default_rng([trial.seed, *str(speaker).encode()])
    known = asked & (corpus.speaker != speaker)
    if trial.texts_too:
        known &= ~np.isin(corpus.text, unseen)
    learnt = np.flatnonzero(known)
    own = np.flatnonzero(asked & (corpus.speaker == speaker) & (corpus.line == CLEAN))
    if trial.norm is Norm.ONLINE:
        found = fitted(corpus, learnt, rng, trial.calls, trial.shown)
        head, told = found.head, shuffled_calls(corpus, own, found.ear, rng, trial.orders)
    else:
        prior = population(corpus, learnt)
        heard = _at_once(corpus, learnt, prior, trial.norm)
        moved = ways(corpus, learnt, prior, np.unique(corpus.feeling[learnt]))
        head = fit(heard.standardised, corpus.feeling[heard.rows], moved, trial.shown)
        told = _at_once(corpus, own, prior, trial.norm)
    return _scored(corpus, told, head, np.isin(corpus.text[told.rows], unseen), trial)


def _scored(corpus: Corpus, told: Heard, head: Head, chosen: NDArray[np.bool_], trial: Trial) -> Scored:
    rows = told.rows[chosen]
    truth = np.searchsorted(head.feelings, corpus.feeling[rows]) if trial.feelings else corpus.emotion[rows]
    return Scored(
        scores=head.scores(told.standardised[chosen]),
        together=np.eye(len(head.feelings)) if trial.feelings else head.together,
        truth=truth,
        before_s=told.before_s[chosen],
        speaker=corpus.speaker[rows],
    )


def _at_once(corpus: Corpus, rows: Whole, prior: Prior, norm: Norm) -> Heard:
    """Without any order: against the whole of each caller's recordings, or against the population alone."""
    parts = []
    for own in callers(corpus, rows):
        features = corpus.features[own].astype(np.float64)
        mean, deviation = prior.mean.astype(np.float64), prior.deviation.astype(np.float64)
        if norm is Norm.OFFLINE:
            mean, deviation = np.nanmean(features, axis=0), np.nanstd(features, axis=0) + 1e-6
        far = np.clip(np.nan_to_num((features - mean) / deviation, nan=0.0), -LIMIT, LIMIT)
        parts.append(
            Heard(rows=own, standardised=far.astype(np.float32), before_s=np.zeros(len(own), dtype=np.float32))
        )
    return joined(parts)
