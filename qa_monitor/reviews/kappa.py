"""Cohen's kappa: how far two raters agree beyond what chance alone would give. Pure arithmetic.

Kappa: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
Its standard error: J. L. Fleiss, J. Cohen, B. S. Everitt, "Large sample standard errors of kappa and weighted kappa",
Psychological Bulletin 72 (1969). Words for it: J. R. Landis, G. G. Koch, Biometrics 33 (1977).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

Z_95 = 1.959963984540054
"""Of the normal distribution: 95 % lie within so many standard deviations."""
Pair = tuple[str, str]
"""What two raters answered to the same question of the same call."""


class Strength(StrEnum):
    """Landis and Koch's words."""

    POOR = "poor"
    SLIGHT = "slight"
    FAIR = "fair"
    MODERATE = "moderate"
    SUBSTANTIAL = "substantial"
    ALMOST_PERFECT = "almost_perfect"


STEPS = (
    (0.0, Strength.POOR),
    (0.2, Strength.SLIGHT),
    (0.4, Strength.FAIR),
    (0.6, Strength.MODERATE),
    (0.8, Strength.SUBSTANTIAL),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kappa:
    """An estimate with its 95 % interval, from so many calls."""

    value: float
    low: float
    high: float
    calls: int

    @property
    def strength(self) -> Strength:
        """The same in a word."""
        if self.value < 0:
            return Strength.POOR
        return next((word for top, word in STEPS[1:] if self.value <= top), Strength.ALMOST_PERFECT)


def agreed(pairs: Sequence[Pair]) -> float:
    """The share on which both say the same. At least one pair is needed."""
    return sum(one == other for one, other in pairs) / len(pairs)


def kappa_of(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa; none without pairs, and where both only ever said one and the same thing: it is not defined."""
    if not pairs:
        return None
    expected = _expected(pairs)
    return None if expected == 1 else (agreed(pairs) - expected) / (1 - expected)


def standard_error(pairs: Sequence[Pair]) -> float | None:
    """Of kappa, by Fleiss, Cohen and Everitt's formula for large samples; none where kappa is not defined."""
    kappa = kappa_of(pairs)
    if kappa is None:
        return None
    total, (first, second) = len(pairs), _shares(pairs)
    expected = _expected(pairs)
    same = other = 0.0
    for (one, two), count in Counter(pairs).items():
        share = count / total
        if one == two:
            same += share * (1 - (first[one] + second[one]) * (1 - kappa)) ** 2
        else:
            other += share * (second[one] + first[two]) ** 2
    inner = same + (1 - kappa) ** 2 * other - (kappa - expected * (1 - kappa)) ** 2
    # rounding may leave it a hair under zero where all agree
    return sqrt(max(0.0, inner) / total) / (1 - expected)


def with_interval(value: float, error: float, calls: int) -> Kappa:
    """An estimate and its standard error as 95 % interval, within what kappa can be."""
    return Kappa(value=value, low=max(-1.0, value - Z_95 * error), high=min(1.0, value + Z_95 * error), calls=calls)


def _expected(pairs: Sequence[Pair]) -> float:
    """The share on which both would say the same by chance."""
    ones, twos = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    # whole numbers as long as it goes: two raters who only ever said one thing give exactly 1
    return sum(ones[answer] * twos[answer] for answer in ones) / len(pairs) ** 2


def _shares(pairs: Sequence[Pair]) -> tuple[dict[str, float], dict[str, float]]:
    answers = {answer for pair in pairs for answer in pair}
    ones, twos = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    total = len(pairs)
    return {answer: ones[answer] / total for answer in answers}, {answer: twos[answer] / total for answer in answers}
