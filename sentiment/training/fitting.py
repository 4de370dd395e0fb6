"""A head and the ear it hears with, fitted on some rows of a corpus. Fitting takes rounds: each hears by the last."""

from dataclasses import dataclass

import numpy as np

from sentiment.prosody import FEATURES
from sentiment.training.calls import Ear, heard_in_calls, population, ways
from sentiment.training.corpus import Corpus, Whole
from sentiment.training.head import Head, Shown, fit

CALLS = 2
"""How often each caller is heard for the weights."""
ROUNDS = 3
"""In the first, nothing is put down to feelings yet."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fitted:
    """What a live call needs."""

    head: Head
    ear: Ear

    def at(self, temperature: float) -> "Fitted":
        """As sure as this. Live, one head both guesses for the baseline and answers."""
        head = self.head.at(temperature)
        return Fitted(head=head, ear=Ear(prior=self.ear.prior, head=head))


def of(corpus: Corpus, shown: Shown) -> Corpus:
    """With the features that are shown alone, where those come first: quicker, and the same."""
    return corpus.with_only(slice(len(FEATURES))) if shown is Shown.PROSODY else corpus


def fitted_on_all(corpus: Corpus, shown: Shown, seed: int) -> Fitted:
    """What the weights are made of, but for how sure it is."""
    own = of(corpus, shown)
    return fitted(own, np.arange(len(own.emotion)), np.random.default_rng(seed), CALLS, shown)


def fitted(corpus: Corpus, rows: Whole, rng: np.random.Generator, calls: int, shown: Shown = Shown.BOTH) -> Fitted:
    """Every caller heard in so many calls at last; the head of a round guesses feelings for the next one.

    Before the last round, every other line is enough.
    """
    prior = population(corpus, rows)
    moved = ways(corpus, rows, prior, np.unique(corpus.feeling[rows]))
    ear = Ear(prior=prior)
    some = rows[np.isin(corpus.line[rows], np.unique(corpus.line[rows])[::2])]
    for number in range(1, ROUNDS + 1):
        last = number == ROUNDS
        heard = heard_in_calls(corpus, rows if last else some, ear, rng, calls if last else 1)
        head = fit(heard.standardised, corpus.feeling[heard.rows], moved, shown)
        ear = Ear(prior=prior, head=head)
    return Fitted(head=head, ear=ear)
