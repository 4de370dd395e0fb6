"""Which themes have grown this week, and how sure that is. Pure.

A theme named in x of n calls this week, and in b of m calls of the weeks before, is expected μ = n·(b + ½)/(m + 1)
times. Its count is tested against a negative binomial of mean μ and variance μ + φ·μ², where φ holds how the theme
wanders from week to week and, as 1/(b + ½), how little is known of it. Of all themes tested at once those are told of
which at most one in twenty is expected to be chance (Benjamini and Hochberg 1995).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_monitor.themes.records import FEWEST_CALLS, Theme

CHANCE = 0.05
"""Share of the themes told that may be chance."""
_Z95 = 1.96
_FAINT = 1e-12
_MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Calls that named a theme, and calls there were, this week and in the weeks before."""

    theme: Theme
    now: int
    calls: int
    before: int
    calls_before: int
    dispersion: float
    """φ: the variance beyond chance, over the square of the mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """How a theme's share of the calls moved."""

    theme: Theme
    calls: int
    expected: float
    times: float
    """Its share now over its share before."""
    low: float
    high: float
    """The 95 % interval of that."""
    chance: float
    """Of so many calls or more, were nothing new: the p-value."""
    grown: bool
    """Told: beyond chance, all themes considered."""


def growths(tallies: Sequence[Tally]) -> tuple[Growth, ...]:
    """Every theme that enough calls named, the surest first."""
    enough = [tally for tally in tallies if tally.now >= FEWEST_CALLS and tally.calls_before > 0]
    chances = {tally.theme: chance_of(tally) for tally in enough}
    told = discoveries(chances)
    found = [_growth(tally, chances[tally.theme], tally.theme in told) for tally in enough]
    return tuple(sorted(found, key=lambda growth: (growth.chance, -growth.calls)))


def chance_of(tally: Tally) -> float:
    """The chance of so many calls or more, were the share as before."""
    mean = _expected(tally)
    return upper_tail(tally.now, mean, tally.dispersion + 1.0 / (tally.before + 0.5))


def discoveries(chances: Mapping[Theme, float], share: float = CHANCE) -> frozenset[Theme]:
    """The themes of which at most this share is expected to be chance."""
    ranked = sorted(chances, key=lambda theme: chances[theme])
    last = max((k for k, theme in enumerate(ranked, start=1) if chances[theme] <= share * k / len(ranked)), default=0)
    return frozenset(ranked[:last])


def upper_tail(count: int, mean: float, dispersion: float) -> float:
    """P(X ≥ count) of a negative binomial of this mean and variance mean + dispersion·mean²; 1 at or below the mean."""
    if count <= mean or mean <= 0.0:
        return 1.0
    size = 1.0 / max(dispersion, 1e-9)
    term = math.exp(
        math.lgamma(count + size)
        - math.lgamma(size)
        - math.lgamma(count + 1)
        + size * math.log(size / (size + mean))
        + count * math.log(mean / (size + mean))
    )
    total, step = 0.0, 0
    while term > _FAINT * total and step < _MOST_STEPS:
        total += term
        term *= (count + step + size) / (count + step + 1.0) * (mean / (size + mean))
        step += 1
    return min(1.0, total)


def _growth(tally: Tally, chance: float, told: bool) -> Growth:
    expected = _expected(tally)
    times = (tally.now + 0.5) / (expected + 0.5)
    width = math.exp(_Z95 * math.sqrt(1.0 / (tally.now + 0.5) + 1.0 / (tally.before + 0.5) + tally.dispersion))
    return Growth(
        theme=tally.theme,
        calls=tally.now,
        expected=expected,
        times=times,
        low=times / width,
        high=times * width,
        chance=chance,
        grown=told,
    )


def _expected(tally: Tally) -> float:
    return tally.calls * (tally.before + 0.5) / (tally.calls_before + 1.0)
