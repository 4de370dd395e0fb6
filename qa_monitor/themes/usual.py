"""How often each theme usually comes up at each hour of the week, learnt hour by hour. Pure; one per tenant.

The rate of a theme is its share of the calls, so that a busy day is no surge of everything. Older weeks count less
(`KEPT_PER_WEEK`). What is counted at one hour of the week is drawn towards the share of the whole week by empirical
Bayes: a theme's hours scatter about that share by a gamma distribution of mean 1 and variance 1/κ, so that of an hour
in which n calls named it where m were to be expected, the share is (n + κ)/(m + κ) times that of the week (Clayton and
Kaldor 1987, "Empirical Bayes estimates of age-standardized relative risks"). 1/κ is learnt from how far the hours lie
apart beyond chance, by the method of moments, and drawn towards that of all themes. So what is rarely named is usual at
every hour alike, however chance has strewn it over the week, and what keeps its own hours has them.

How much a share wanders from day to day beyond chance (overdispersion) is learnt from how far each new hour lay from
what was expected of it, by the method of moments of the negative binomial: the variance of a count of mean m is
m + φ·m².
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qa_monitor.themes.records import EVERY, Theme, is_reason
from streams.records import Language

HOURS = 168
"""Of a week, Monday 0 h first."""
KEPT_PER_WEEK = 0.85
"""What a count is worth a week later: half after four weeks."""
PRIOR_PROFILE = 0.05
"""1/κ before anything is known: hours differ by a fifth or so."""
LEAST_PROFILE, MOST_PROFILE = 0.005, 4.0
LEAST_WEEK_H = 168
"""Nothing is called a surge before so many hours were learnt."""
PRIOR_DISPERSION = 0.02
PRIOR_WEIGHT = 200.0
"""In squared expected calls: themes that are rarely named wander as all of them do."""
Shares = NDArray[np.float64]
Rows = NDArray[np.intp]


_KINDS = (EVERY, Language.FR.value, Language.EN.value)
"""Of which calls a theme's share is: all, or those of its language."""
_PLACES = {"fr:": 1, "en:": 2}


class Usual:
    """What is usual. `learn` one hour after another; safe to read between."""

    def __init__(self) -> None:
        self._rows: dict[Theme, int] = {}
        self._kinds = np.zeros(0, dtype=np.intp)
        self._named = np.zeros((0, HOURS))
        self._sums = np.zeros(0)
        self._excess = np.zeros(0)
        self._squares = np.zeros(0)
        self._profile = np.zeros(0)
        """1/κ."""
        self._volumes = np.zeros((len(_KINDS), HOURS))
        self.hours = 0
        """Learnt so far, quiet ones too."""

    @property
    def learning(self) -> bool:
        """Not a whole week is known yet."""
        return self.hours < LEAST_WEEK_H

    @property
    def open_hours(self) -> int:
        """Hours of the week with calls worth the name."""
        volume = self._volumes[0]
        return int((volume > 0.02 * volume.max(initial=0.0)).sum())

    @property
    def themes(self) -> tuple[Theme, ...]:
        """All that were ever named."""
        return tuple(self._rows)

    def learn(
        self, hour: int, counts: Mapping[Theme, int], volumes: Mapping[str, int], leave_out: frozenset[Theme]
    ) -> None:
        """One hour that is over: calls per theme, and calls there were per language and in all (`*`).

        `leave_out`: themes in a surge, of which this hour is not usual.
        """
        self._make_room(counts)
        calls = np.zeros(len(self._rows))
        calls[self._rows_of(tuple(counts))] = np.fromiter(counts.values(), dtype=float, count=len(counts))
        told = np.ones(len(self._rows), dtype=bool)
        told[[self._rows[theme] for theme in leave_out if theme in self._rows]] = False
        volume = np.array([volumes.get(kind, 0) for kind in _KINDS], dtype=float)
        rows = np.arange(len(self._rows))
        shares = self._shares(rows, self._kinds, hour)
        expected = shares * volume[self._kinds]
        if not self.learning and volume[0]:
            # learn how far this hour lies from what was expected of it
            self._excess += np.where(told, (calls - expected) ** 2 - expected * (1.0 - shares), 0.0)
            self._squares += np.where(told, expected**2, 0.0)
        # an hour of a surge counts as if it had been as usual: left out, it would make the next ones look rarer
        change = np.where(told, calls, expected) - (1.0 - KEPT_PER_WEEK) * self._named[: len(rows), hour]
        self._named[: len(rows), hour] += change
        self._sums += change
        self._volumes[:, hour] = self._volumes[:, hour] * KEPT_PER_WEEK + volume
        self.hours += 1
        if self.hours % 24 == 0:
            self._judge_hours()

    def shares(self, themes: Sequence[Theme], hour: int) -> Shares:
        """Of the calls at this hour of the week, how many usually name each theme: 0 to 1, never quite 0."""
        return self.rates(themes, (hour,))[0][:, 0]

    def spread(self, themes: Sequence[Theme], hour: int) -> Shares:
        """The relative standard deviation of that share: by days that differ, and by how little is known."""
        return self.rates(themes, (hour,))[1][:, 0]

    def rates(self, themes: Sequence[Theme], hours: Sequence[int]) -> tuple[Shares, Shares]:
        """Shares, and how they spread, per theme and hour of the week."""
        rows, kinds = self._rows_of(themes), _kinds(themes)
        wander = self._dispersion(rows) + np.minimum(1.0 / (_at(self._sums, rows) / self._worth + 0.5), 0.25)
        shares, spread = np.zeros((len(rows), len(hours))), np.zeros((len(rows), len(hours)))
        for place, hour in enumerate(hours):
            shares[:, place] = self._shares(rows, kinds, hour)
            known = _at(self._hour(hour), rows) / self._worth + self._alike(rows)
            spread[:, place] = np.sqrt(wander + np.minimum(1.0 / known, 0.25))
        return shares, spread

    def dispersion(self, themes: Sequence[Theme]) -> Shares:
        """φ of each theme, drawn towards that of all."""
        return self._dispersion(self._rows_of(themes))

    def _dispersion(self, rows: Rows) -> Shares:
        pooled = self._pooled()
        own = (_at(self._excess, rows) + PRIOR_WEIGHT * pooled) / (_at(self._squares, rows) + PRIOR_WEIGHT)
        return np.clip(own, 0.0, 0.5)

    def hourly(self, themes: Sequence[Theme]) -> Shares:
        """Calls that name each theme in an open hour, on average over a week as it usually is."""
        return _at(self._sums, self._rows_of(themes)) / self._weeks(1) / max(1, self.open_hours)

    def forget_rare(self, least: float) -> int:
        """Drop terms whose counts have faded below this; how many."""
        kept = [theme for theme, row in self._rows.items() if self._sums[row] >= least or is_reason(theme)]
        dropped = len(self._rows) - len(kept)
        if dropped:
            rows = np.array([self._rows[theme] for theme in kept], dtype=np.intp)
            self._named, self._sums, self._kinds = self._named[rows], self._named[rows].sum(axis=1), self._kinds[rows]
            self._excess, self._squares = self._excess[rows], self._squares[rows]
            self._profile = self._profile[rows]
            self._rows = {theme: row for row, theme in enumerate(kept)}
        return dropped

    def _hour(self, hour: int) -> Shares:
        return self._named[: len(self._rows), hour]

    def _weeks(self, power: int) -> float:
        """What the weeks learnt count in all, or their squares."""
        return float(sum(KEPT_PER_WEEK ** (power * week) for week in range(max(1, math.ceil(self.hours / HOURS)))))

    @property
    def _worth(self) -> float:
        """The variance of a faded count over its mean, by chance alone: 1 for counts that have not faded."""
        return self._weeks(2) / self._weeks(1)

    def _alike(self, rows: Rows) -> Shares:
        """κ: as how many calls the share of the whole week counts, for one hour of it."""
        own = np.where(rows >= 0, self._profile[rows], PRIOR_PROFILE) if len(self._profile) else PRIOR_PROFILE
        return 1.0 / np.broadcast_to(own, rows.shape)

    def _shares(self, rows: Rows, kinds: Rows, hour: int) -> Shares:
        overall, prior = self._overall(rows, kinds), self._worth * self._alike(rows)
        expected = overall * self._volumes[kinds, hour]
        shares: Shares = np.minimum(overall * (_at(self._hour(hour), rows) + prior) / (expected + prior), 0.95)
        return shares

    def _overall(self, rows: Rows, kinds: Rows) -> Shares:
        """The share over the whole week, half a call for what was never named."""
        overall: Shares = np.minimum((_at(self._sums, rows) + 0.5) / (self._volumes.sum(axis=1)[kinds] + 1.0), 1.0)
        return overall

    def _pooled(self) -> float:
        """φ over all themes."""
        found = (float(self._excess.sum()) + PRIOR_WEIGHT * PRIOR_DISPERSION) / (
            float(self._squares.sum()) + PRIOR_WEIGHT
        )
        return min(0.5, max(0.0, found))

    def _judge_hours(self) -> None:
        """Learn how far the hours of the week lie apart: 1/κ of each theme."""
        rows, kinds, named = np.arange(len(self._rows)), self._kinds, self._named[: len(self._rows)]
        overall = self._overall(rows, kinds)
        squares = overall**2 * (self._volumes**2).sum(axis=1)[kinds]
        shared = overall * (named @ self._volumes.T)[rows, kinds]
        chance = self._worth * overall * self._volumes.sum(axis=1)[kinds]
        apart = np.einsum("ij,ij->i", named, named) - 2.0 * shared + squares - chance
        pooled = (apart.sum() + PRIOR_WEIGHT * PRIOR_PROFILE) / (squares.sum() + PRIOR_WEIGHT)
        own = (apart + PRIOR_WEIGHT * pooled) / (squares + PRIOR_WEIGHT)
        self._profile = np.clip(own, LEAST_PROFILE, MOST_PROFILE)

    def _rows_of(self, themes: Sequence[Theme]) -> Rows:
        """-1 for what was never named."""
        return np.array([self._rows.get(theme, -1) for theme in themes], dtype=np.intp)

    def _make_room(self, counts: Mapping[Theme, int]) -> None:
        fresh = [theme for theme in counts if theme not in self._rows]
        if not fresh:
            return
        first = len(self._rows)
        self._rows |= {theme: first + place for place, theme in enumerate(fresh)}
        self._kinds = np.concatenate([self._kinds, _kinds(fresh)])
        if len(self._rows) > len(self._named):
            # room for as many again: terms come up by the thousand
            more = max(len(self._rows), 2 * len(self._named)) - len(self._named)
            self._named = np.vstack([self._named, np.zeros((more, HOURS))])
        none = np.zeros(len(fresh))
        self._profile = np.concatenate([self._profile, none + PRIOR_PROFILE])
        self._sums, self._excess, self._squares = (
            np.concatenate([figures, none]) for figures in (self._sums, self._excess, self._squares)
        )


def _kinds(themes: Sequence[Theme]) -> Rows:
    return np.array([_PLACES.get(theme[:3], 0) for theme in themes], dtype=np.intp)


def _at(figures: Shares, rows: Rows) -> Shares:
    """The figures of these rows; 0 for row -1."""
    return np.where(rows >= 0, figures[rows], 0.0) if len(figures) else np.zeros(len(rows))
