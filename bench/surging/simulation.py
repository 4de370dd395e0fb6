"""Weeks of one centre, slot by slot: the product learns, and in the last week looks for what was planted."""

import numpy as np

from bench.surging.outcome import Outcome
from bench.surging.planting import Planted, beside, plant, right
from bench.surging.speech import MATTERS
from bench.surging.traffic import Traffic
from bench.surging.watch import Watch
from bench.surging.world import OPEN, a_world
from qa_monitor.themes.surging import SLOTS_PER_HOUR
from streams.records import CallId

WEEKS = 4


class Simulation:
    """One seed's weeks."""

    def __init__(self, seed: int, curve: bool, own_hours: float = 0.0, *, at_once: bool = False) -> None:
        """`own_hours`: by so much (a standard deviation) a matter's share differs in an hour of the week.

        `at_once`: a second surge beside each.
        """
        world, dice = a_world(seed), np.random.default_rng(seed)
        apart = np.random.default_rng(seed + 1_000_000).normal(0.0, own_hours, (len(OPEN), len(MATTERS)))
        self._planted = plant(world, dice, curve=curve)
        if at_once:
            self._planted += beside(self._planted, world, dice)
        self._traffic = Traffic(world, self._planted, dice, np.exp(apart - own_hours**2 / 2))
        self._watch = Watch(world)
        self._again = 0

    def run(self) -> Outcome:
        """All weeks; the last is searched."""
        found: dict[Planted, float | None] = dict.fromkeys(self._planted)
        for _ in range(WEEKS - 1):
            self._week({})
        false = self._week(found)
        return Outcome(planted=list(found.items()), false=false, again=self._again)

    def _week(self, found: dict[Planted, float | None]) -> int:
        """One week, searched for surges if there are any to find; how many false alarms."""
        slot = false = 0
        for hour in range(168):
            if hour not in OPEN:
                self._watch.closed(hour)
                continue
            if hour % 24 == 8:
                self._traffic.new_day()
            drawn = [self._traffic.slot(hour, slot + part if found else -1) for part in range(SLOTS_PER_HOUR)]
            for texts in drawn if found else ():
                false += self._judged(slot, self._watch.look(slot, hour, texts), found)
                slot += 1
            self._watch.learn(hour, np.concatenate(drawn))
        self._watch.week_over()
        return false

    def _judged(self, slot: int, told: list[frozenset[CallId]], found: dict[Planted, float | None]) -> int:
        """Each surge told now is one that was planted, or a false alarm; how many of those there are."""
        rights = [right(self._planted, calls, slot) for calls in told]
        for one in rights:
            if one is not None and found[one] is None:
                found[one] = (slot + 1 - one.slot) * 60.0 / SLOTS_PER_HOUR
            elif one is not None:
                self._again += 1
        return rights.count(None)
