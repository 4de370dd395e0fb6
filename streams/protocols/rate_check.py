"""Whether audio that carries no clock comes at the rate that it claims: its length against its arrival."""

from datetime import datetime

OVER_S = 2.0
"""The time over which the rate is judged."""
TOLERANCE = 0.3
"""Share by which the rate may be off: half or double the rate is far outside, jitter far inside."""
_OPENING_S = 0.25
"""What was held back while the connection was made comes in a burst; it may take this long."""
_PAUSE_S = 0.2
"""Nothing for this long is a pause, which says nothing about the rate."""


class RateCheck:
    """Judges the first two seconds of one connection; a pause begins them anew for a rate that seems too low."""

    def __init__(self) -> None:
        self._first_at: datetime | None = None
        self._settled_at: datetime | None = None
        self._steady_at: datetime | None = None
        self._last_at: datetime | None = None
        self._since_first_s = 0.0
        self._since_settled_s = 0.0
        self._since_steady_s = 0.0
        self._judged = False

    def is_wrong(self, length_s: float, now: datetime) -> bool:
        """Audio of `length_s`, by its claimed rate, arrived. True once, where that rate cannot be."""
        if self._judged:
            return False
        if self._first_at is None or self._steady_at is None or self._last_at is None:
            self._first_at = self._steady_at = self._last_at = now
            return False
        self._since_first_s += length_s
        self._settle(length_s, self._first_at, now)
        self._steady(length_s, self._last_at, now)
        self._last_at = now
        wrong = self._too_fast(self._first_at, now) or self._too_slow(self._steady_at, now)
        self._judged = wrong or (now - self._steady_at).total_seconds() >= OVER_S
        return wrong

    def _settle(self, length_s: float, first_at: datetime, now: datetime) -> None:
        if self._settled_at is not None:
            self._since_settled_s += length_s
        elif (now - first_at).total_seconds() >= _OPENING_S:
            self._settled_at = now

    def _steady(self, length_s: float, last_at: datetime, now: datetime) -> None:
        if (now - last_at).total_seconds() > _PAUSE_S:
            self._steady_at, self._since_steady_s = now, 0.0
        else:
            self._since_steady_s += length_s

    def _too_fast(self, first_at: datetime, now: datetime) -> bool:
        """Since it began and also since it settled: neither a burst at the start nor one after a pause counts."""
        if self._settled_at is None or (now - first_at).total_seconds() < OVER_S:
            return False
        settled_s = (now - self._settled_at).total_seconds()
        if settled_s < OVER_S - 2 * _OPENING_S:
            return False
        most = 1 + TOLERANCE
        return self._since_settled_s > most * settled_s and (
            self._since_first_s > most * (now - first_at).total_seconds()
        )

    def _too_slow(self, steady_at: datetime, now: datetime) -> bool:
        steady_s = (now - steady_at).total_seconds()
        return steady_s >= OVER_S and self._since_steady_s < (1 - TOLERANCE) * steady_s
