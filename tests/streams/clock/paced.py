"""A live stream as its pace sees it: frames, silences and bursts, and a tick every tenth of a second."""

import random
from collections.abc import Sequence

from streams.clock.pace import Pace

FRAME_S = 0.02
TICK_S = 0.1


def assert_gaps(found: Sequence[tuple[float, float]], expected: Sequence[tuple[float, float]]) -> None:
    """Start and length of every gap, within 100 ms each."""
    assert len(found) == len(expected), (found, expected)
    for one, other in zip(found, expected, strict=True):
        assert abs(one[0] - other[0]) <= 0.1, (found, expected)
        assert abs(one[1] - other[1]) <= 0.1, (found, expected)


class Line:
    """A stream whose audio and gaps are counted. `jitter_s`: every frame comes up to so much later than it was sent."""

    def __init__(self, *, frame_s: float = FRAME_S, jitter_s: float = 0.0, seed: int = 5) -> None:
        self.pace = Pace()
        self.end_s = 0.0
        self.now_s = 0.0
        self.gaps: list[tuple[float, float]] = []
        self.late_s = 0.0
        self.longest_hold_s = 0.0
        self._frame_s = frame_s
        self._jitter_s = jitter_s
        self._chance = random.Random(seed)
        self._arrived_s = 0.0
        self._ticked_s = 0.0
        self._held: list[float] = []
        """When each held frame came."""

    def send(self, seconds: float, *, speed: float = 1.0) -> "Line":
        """Frames at real pace, or a multiple of it."""
        for _ in range(round(seconds / self._frame_s)):
            self.now_s += self._frame_s / speed
            self._arrived_s = max(self._arrived_s, self.now_s + self._chance.random() * self._jitter_s)
            self._tick_until(self._arrived_s)
            self._hear(self._arrived_s)
        return self

    def wait(self, seconds: float) -> "Line":
        """Nothing comes."""
        self.now_s += seconds
        self._tick_until(self.now_s)
        return self

    def doze(self, seconds: float) -> "Line":
        """Nothing comes, and nobody looks at the clock."""
        self.now_s += seconds
        self._ticked_s = self.now_s
        return self

    def stop(self) -> "Line":
        """What is held is given out."""
        self._give(self.pace.given_up(self.now_s), self.now_s)
        return self

    @property
    def missing_s(self) -> float:
        return sum(duration_s for _, duration_s in self.gaps)

    @property
    def holds(self) -> bool:
        return bool(self._held)

    def _tick_until(self, now_s: float) -> None:
        while self._ticked_s + TICK_S <= now_s:
            self._ticked_s += TICK_S
            self._give(self.pace.waiting(self.end_s, self._ticked_s), self._ticked_s)

    def _hear(self, now_s: float) -> None:
        if self.pace.late(self._frame_s, self.end_s, now_s):
            self.late_s += self._frame_s
            return
        self._held.append(now_s)
        self._give(self.pace.heard(self._frame_s, self.end_s, now_s), now_s)

    def _give(self, missing_s: float | None, now_s: float) -> None:
        if missing_s is None:
            return
        assert missing_s >= 0
        if missing_s:
            self.gaps.append((self.end_s, missing_s))
        if self._held:
            self.longest_hold_s = max(self.longest_hold_s, now_s - self._held[0])
        self.end_s += missing_s + len(self._held) * self._frame_s
        self._held.clear()
