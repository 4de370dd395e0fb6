"""The tables of the emotion model: what each part is worth, and what each condition of a call costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bench.polarity import read, sentences
from keywords.polarity.reader import shared_reader
from keywords.records import Polarity
from sentiment.training.conditions import CONDITIONS, Condition
from sentiment.training.corpus import Corpus
from sentiment.training.evaluation import Norm, Numbers, Scored, Trial, held_out
from sentiment.training.figures import ANGER, recall_interval, recalls
from sentiment.training.head import Shown
from sentiment.training.neutral import AT_LEAST, NEUTRAL
from sentiment.training.report import probabilities_of
from streams.records import Language

NORMS = {Norm.ONLINE: "online", Norm.OFFLINE: "whole speaker", Norm.NONE: "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Uar:
    """Mean recall over the classes, with its interval over speakers."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.1%} ({self.low:.1%} to {self.high:.1%})"


def uar_of(scored: Scored, seed: int, temperature: float | None = None) -> Uar:
    """Speakers drawn with replacement for the interval."""
    probabilities = probabilities_of(scored, temperature)
    low, high = recall_interval(probabilities, scored.truth, scored.speaker, seed)
    return Uar(mean=float(recalls(probabilities, scored.truth).mean()), low=low, high=high)


def by_part(corpus: Corpus, trial: Trial) -> Iterator[str]:
    """States, prosody or both, against which baseline; sentences met and not."""
    yield "| shown | baseline | sentences met | not met |"
    yield "|---|---|---|---|"
    for shown in Shown:
        for norm, name in NORMS.items():
            each = [replace(trial, shown=shown, norm=norm, texts_too=texts_too) for texts_too in (False, True)]
            met, not_met = (uar_of(held_out(corpus, one), trial.seed) for one in each)
            yield f"| {shown} | {name} | {met} | {not_met} |"


def by_condition(corpus: Corpus, trial: Trial) -> Iterator[str]:
    """Online; speaker and sentence never met, the condition met and not."""
    every = replace(trial, texts_too=True, asked=CONDITIONS, orders=1)
    met, not_met = held_out(corpus, every), held_out(corpus, replace(every, apart=True))
    yield "| call | condition met | not met | anger | distress | neutral | happy | anger at 0.6: angry, others |"
    yield "|---|---|---|---|---|---|---|---|"
    for condition in CONDITIONS:
        yield f"| {condition} | {_one_condition(corpus, met, not_met, (condition,), trial.seed)} |"
    yield f"| all of them | {_one_condition(corpus, met, not_met, CONDITIONS, trial.seed)} |"


def _one_condition(corpus: Corpus, met: Scored, not_met: Scored, conditions: Sequence[Condition], seed: int) -> str:
    numbers = [CONDITIONS.index(each) for each in conditions]
    known, unknown = (one[np.isin(corpus.line[one.rows], numbers)] for one in (met, not_met))
    probabilities = probabilities_of(unknown)
    each = " | ".join(f"{share:.0%}" for share in recalls(probabilities, unknown.truth))
    over, angry = probabilities[:, ANGER] >= AT_LEAST, unknown.truth == ANGER
    flagged = f"{np.mean(over[angry]):.0%}, {np.mean(over[~angry]):.1%}"
    return f"{uar_of(known, seed)} | {uar_of(unknown, seed)} | {each} | {flagged}"


def with_words(scored: Scored, temperature: float) -> Iterator[str]:
    """Angry utterances and neutral ones, each with words drawn at random: negative for the one, neutral for the other.

    Who speaks in that voice was held out, and so were those sentences. Voice and words being drawn apart, shares of
    both together are products.
    """
    probabilities = probabilities_of(scored, temperature)
    heard = [np.mean(probabilities[scored.truth == kind, ANGER] >= AT_LEAST) for kind in (ANGER, NEUTRAL)]
    read_so = [np.mean(list(_read_negative(polarity))) for polarity in (Polarity.NEGATIVE, Polarity.NEUTRAL)]
    voice, words = np.array(heard), np.array(read_so)
    rows: dict[str, Numbers] = {
        "voice alone": voice,
        "words alone": words,
        "either": 1 - (1 - voice) * (1 - words),
        "both": voice * words,
    }
    yield "| told by | angry voice, negative words | neutral voice, neutral words |"
    yield "|---|---|---|"
    for name, (found, false) in rows.items():
        yield f"| {name} | {found:.1%} | {false:.2%} |"


def _read_negative(polarity: Polarity) -> Iterator[bool]:
    """Whether held-out sentences of this polarity are read as negative, in both languages."""
    reader = shared_reader()
    for language in Language:
        for one in sentences(language):
            if one.held_out and one.polarity is polarity:
                yield read(reader, one.text, language)[0] is Polarity.NEGATIVE
