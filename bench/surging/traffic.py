"""The calls of one centre, ten minutes at a time: by hour of the week, by day, and with what is planted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench.surging.planting import LASTS_SLOTS, Planted
from bench.surging.speech import MATTERS
from bench.surging.world import OPEN, TEXTS, World
from qa_monitor.themes.surging import SLOTS_PER_HOUR

FRENCH = 0.7
DAYS_DIFFER = 0.10
"""Relative standard deviation of a matter's share from one day to the next."""


class Traffic:
    """Drawn from `dice`, call by call: whoever asks for the same in the same order gets the same."""

    def __init__(
        self, world: World, planted: Sequence[Planted], dice: np.random.Generator, own_hours: NDArray[np.float64]
    ) -> None:
        """`own_hours`: of each open hour, how each matter's share differs in it, week after week."""
        self._world = world
        self._planted = planted
        self._dice = dice
        self._own_hours = own_hours
        self._factors = np.ones(len(MATTERS))
        """By how much each matter's share differs today."""

    def new_day(self) -> None:
        """Days differ."""
        self._factors = np.exp(self._dice.normal(0.0, DAYS_DIFFER, len(MATTERS)))

    def slot(self, hour: int, slot: int) -> NDArray[np.int64]:
        """The texts of the calls of ten minutes; before the last week the slot is -1."""
        place = OPEN.index(hour)
        rates = (
            self._world.shares * self._factors * self._own_hours[place] * self._world.pattern[place] / SLOTS_PER_HOUR
        )
        for one in self._planted:
            if one.slot <= slot < one.slot + LASTS_SLOTS:
                rates = np.where(np.arange(len(rates)) == one.matter, rates * one.size, rates)
        matters = np.repeat(np.arange(len(rates)), self._dice.poisson(rates))
        english = self._dice.random(len(matters)) >= FRENCH
        return (matters * 2 + english) * TEXTS + self._dice.integers(0, TEXTS, len(matters))
