"""How good the classifier is on speakers, sentences and conditions it never met."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sentiment.baseline import LIMIT, Prior
from sentiment.prosody import Floats
from sentiment.training.calls import Heard, callers, joined, known_mean, population, shuffled_calls, ways
from sentiment.training.conditions import APART, CONDITIONS, Condition
from sentiment.training.corpus import NO_CLASS, Corpus, Whole
from sentiment.training.fitting import fitted, of
from sentiment.training.head import Head, Shown, fit

Numbers = NDArray[np.float64]
PLAIN = (Condition.PLAIN,)


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
    asked: tuple[Condition, ...] = PLAIN
    """The conditions that are measured on."""
    apart: bool = False
    """Hold out the condition that is asked about as well, and with it the others of its half."""
    feelings: bool = False
    """All that was played, disgust too, instead of the product's classes."""
    calls: int = 1
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
    rows: Whole
    """Which rows of the corpus."""

    def __getitem__(self, chosen: NDArray[np.bool_]) -> "Scored":
        """Some of the utterances."""
        kept = {name: getattr(self, name)[chosen] for name in self.__slots__ if name != "together"}
        return Scored(together=self.together, **kept)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fold:
    """What one head does not meet while it is fitted, and is asked about."""

    speaker: np.str_
    texts: NDArray[np.str_]
    conditions: tuple[Condition, ...]


def held_out(corpus: Corpus, trial: Trial) -> Scored:
    """Every speaker judged by a head that never heard them; with `texts_too`, nor the sentence they speak."""
    shown = of(corpus, trial.shown)
    parts = [_one_fold(shown, fold, trial) for fold in folds(corpus, trial)]
    return Scored(
        together=parts[0].together,
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in Scored.__slots__
            if name != "together"
        },
    )


def folds(corpus: Corpus, trial: Trial) -> Iterator[Fold]:
    """One for each speaker, each half of the sentences and each half of the conditions that are held out."""
    sentences = np.unique(corpus.text)
    asked = [tuple(each for each in half if each in trial.asked) for half in APART] if trial.apart else [trial.asked]
    for speaker in np.unique(corpus.speaker):
        for texts in (sentences[::2], sentences[1::2]) if trial.texts_too else (sentences,):
            for conditions in asked:
                if conditions:
                    yield Fold(speaker=speaker, texts=texts, conditions=conditions)


def split(corpus: Corpus, fold: Fold, trial: Trial) -> tuple[Whole, Whole]:
    """The rows to fit on, and the speaker's own rows to be heard."""
    wanted = np.full(len(corpus.emotion), True) if trial.feelings else corpus.emotion != NO_CLASS
    asked = np.isin(corpus.line, [CONDITIONS.index(each) for each in fold.conditions])
    known = wanted & (corpus.speaker != fold.speaker)
    if trial.texts_too:
        known &= ~np.isin(corpus.text, fold.texts)
    if trial.apart:
        (half,) = (half for half in APART if fold.conditions[0] in half)
        known &= ~np.isin(corpus.line, [CONDITIONS.index(each) for each in half])
    return np.flatnonzero(known), np.flatnonzero(wanted & asked & (corpus.speaker == fold.speaker))


def _one_fold(corpus: Corpus, fold: Fold, trial: Trial) -> Scored:
    # seeded per fold, so that a fold alone can be looked at again
    rng = np.random.default_rng([trial.seed, *str(fold.speaker).encode()])
    learnt, own = split(corpus, fold, trial)
    if trial.norm is Norm.ONLINE:
        found = fitted(corpus, learnt, rng, trial.calls, trial.shown)
        head, told = found.head, shuffled_calls(corpus, own, found.ear, rng, trial.orders)
    else:
        prior = population(corpus, learnt)
        heard = _at_once(corpus, learnt, prior, trial.norm)
        moved = ways(corpus, learnt, prior, np.unique(corpus.feeling[learnt]))
        head = fit(heard.standardised, corpus.feeling[heard.rows], moved, trial.shown)
        told = _at_once(corpus, own, prior, trial.norm)
    return _scored(corpus, told, head, np.isin(corpus.text[told.rows], fold.texts), trial)


def _scored(corpus: Corpus, told: Heard, head: Head, chosen: NDArray[np.bool_], trial: Trial) -> Scored:
    rows = told.rows[chosen]
    truth = np.searchsorted(head.feelings, corpus.feeling[rows]) if trial.feelings else corpus.emotion[rows]
    return Scored(
        scores=head.scores(told.standardised[chosen]),
        together=np.eye(len(head.feelings)) if trial.feelings else head.together,
        truth=truth,
        before_s=told.before_s[chosen],
        speaker=corpus.speaker[rows],
        rows=rows,
    )


def _at_once(corpus: Corpus, rows: Whole, prior: Prior, norm: Norm) -> Heard:
    """Without any order: against the whole of each caller's recordings, or against the population alone."""
    parts = []
    for own in callers(corpus, rows):
        features = corpus.features[own].astype(np.float64)
        mean, deviation = prior.mean.astype(np.float64), prior.deviation.astype(np.float64)
        if norm is Norm.OFFLINE:
            mean = known_mean(features)
            deviation = np.sqrt(known_mean((features - mean) ** 2)) + 1e-6
        far = np.clip(np.nan_to_num((features - mean) / deviation, nan=0.0), -LIMIT, LIMIT)
        parts.append(
            Heard(rows=own, standardised=far.astype(np.float32), before_s=np.zeros(len(own), dtype=np.float32))
        )
    return joined(parts)
