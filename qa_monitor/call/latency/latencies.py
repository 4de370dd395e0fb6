"""Recent latencies: the median and the 95th percentile printed on the console. Pure."""

from collections import deque
from dataclasses import dataclass
from math import ceil

KEPT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentiles:
    """Wall seconds; none while nothing was measured."""

    p50_s: float | None
    p95_s: float | None


class RecentLatencies:
    """The last five hundred values of one stage."""

    def __init__(self) -> None:
        self._values: deque[float] = deque(maxlen=KEPT)

    def add(self, value_s: float) -> None:
        """One measurement, in wall seconds."""
        self._values.append(value_s)

    def percentiles(self) -> Percentiles:
        """By the nearest-rank method."""
        ordered = sorted(self._values)
        return Percentiles(p50_s=percentile(ordered, 0.5), p95_s=percentile(ordered, 0.95))


def percentile(ordered: list[float], share: float) -> float | None:
    """Nearest rank of a sorted list; none of an empty one."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else None
