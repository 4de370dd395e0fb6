"""How much of a channel's audio is missing. Pure."""

from collections import deque

from streams.records import Gap, GapReason

RECENT_S = 30.0
LEAST_S = 10.0
"""Lost seconds are set against at least this much, so that the first lost packet of a call is not a share of one."""
MISSING = (GapReason.LOST, GapReason.DISCARDED)


class Losses:
    """Told the gaps of one channel; pauses are no loss."""

    def __init__(self) -> None:
        self._lost: deque[tuple[float, float]] = deque()
        self._paused: deque[tuple[float, float]] = deque()
        self._lost_s = self._paused_s = 0.0

    def gap(self, gap: Gap) -> None:
        """Audio is missing."""
        span = (gap.start_s, gap.start_s + gap.duration_s)
        if gap.reason in MISSING:
            self._lost.append(span)
            self._lost_s += gap.duration_s
        else:
            self._paused.append(span)
            self._paused_s += gap.duration_s
        for spans in (self._lost, self._paused):
            while spans and spans[0][1] < span[1] - RECENT_S:
                spans.popleft()

    def share(self, now_s: float) -> float:
        """Of the call so far, pauses left out."""
        return min(1.0, self._lost_s / max(LEAST_S, now_s - self._paused_s))

    def recent_share(self, now_s: float) -> float:
        """Of the last half minute, pauses left out."""
        since_s = max(0.0, now_s - RECENT_S)
        lost_s, paused_s = _within(self._lost, since_s), _within(self._paused, since_s)
        return min(1.0, lost_s / max(LEAST_S, now_s - since_s - paused_s))


def _within(spans: deque[tuple[float, float]], since_s: float) -> float:
    return sum(max(0.0, end_s - max(start_s, since_s)) for start_s, end_s in spans)
