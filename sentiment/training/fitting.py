"""A head and the ear it hears with, fitted on some rows of a corpus. Fitting takes rounds: each hears by the last."""

from dataclasses import dataclass

import numpy as np

from sentiment.training.calls import Ear, heard_in_calls, population, ways
from sentiment.training.corpus import Corpus, Whole
from sentiment.training.head import Head, Shown, fit

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


def fitted(corpus: Corpus, rows: Whole, rng: np.random.Generator, calls: int, shown: Shown = Shown.BOTH) -> Fitted:
    """Every caller heard in so many calls at last; the head of a round guesses feelings for the next one."""
    prior = population(corpus, rows)
    moved = ways(corpus, rows, prior, np.unique(corpus.feeling[rows]))
    ear = Ear(prior=prior)
    for number in range(1, ROUNDS + 1):
        heard = heard_in_calls(corpus, rows, ear, rng, calls if number == ROUNDS else 1)
        head = fit(heard.standardised, corpus.feeling[heard.rows], moved, shown)
        ear = Ear(prior=prior, head=head)
    return Fitted(head=head, ear=ear)
