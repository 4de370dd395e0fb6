"""Ranges in which the truth lies with 95 % confidence, as far as chance goes. Pure.

Shares: Wilson's score interval (E. B. Wilson, 1927), which stays within 0 and 1 also where there are few. Means: the
normal approximation, mean ± 1.96 standard errors, with the sample's own variance.
"""

from math import sqrt

Z = 1.959964
"""95 % of a normal distribution lie within so many standard deviations."""
Range = tuple[float, float]


def of_share(hits: float, n: float) -> Range | None:
    """Of `hits` among `n`; none among none."""
    if n <= 0:
        return None
    share, z2 = hits / n, Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    reach = Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def of_mean(total: float, squares: float, n: float) -> Range | None:
    """Of the mean of `n` values, from their sum and the sum of their squares; none of fewer than two."""
    if n < 2:
        return None
    mean = total / n
    # rounding may bring the difference below zero
    variance = max(0.0, (squares - total * mean) / (n - 1))
    reach = Z * sqrt(variance / n)
    return mean - reach, mean + reach
