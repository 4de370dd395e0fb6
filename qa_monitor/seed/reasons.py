"""What customers call about: how often per team, how that drifts over the weeks, and what a surge adds. Pure."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random

from qa_monitor.seed.records import Surge, Team

DRIFT = 0.35
"""Natural logarithm by which the rate of a reason swings over the months."""
WEEKLY = 0.08
"""The same, from one week to the next."""
WEEK_S = 7 * 24 * 3600.0
YEAR_WEEKS = 52.18


class Reasons:
    """How often each reason comes up. Deterministic for a seed; remembers the weeks it was asked about."""

    def __init__(self, seed: int, surges: Sequence[Surge] = ()) -> None:
        self._seed, self._surges = seed, tuple(surges)
        self._weeks: dict[tuple[str, int], Mapping[str, float]] = {}

    def rates(self, team: Team, at: datetime) -> Mapping[str, float]:
        """Per reason, in the unit of the team's own shares; their sum tells how busy the team is."""
        week = int(at.timestamp() // WEEK_S)
        drifted = self._weeks.get((team.team, week))
        if drifted is None:
            drifted = {reason: share * self._drift(reason, team.team, week) for reason, share in team.reasons.items()}
            self._weeks[team.team, week] = drifted
        factors = [(surge.reason, surge.factor_at(team.team, at)) for surge in self._surges]
        if all(factor == 1.0 for _, factor in factors):
            return drifted
        surged = dict(drifted)
        for reason, factor in factors:
            if reason in surged:
                surged[reason] *= factor
        return surged

    def _drift(self, reason: str, team: str, week: int) -> float:
        """Slow swings that all teams share, and small ones of each."""
        shared = Random(f"{self._seed}/{reason}")
        phase, cycles = shared.uniform(0.0, math.tau), shared.choice((1, 1, 2))
        slow = DRIFT * math.sin(phase + cycles * math.tau * week / YEAR_WEEKS)
        own = Random(f"{self._seed}/{reason}/{team}/{week}").uniform(-WEEKLY, WEEKLY)
        return math.exp(slow + own)
