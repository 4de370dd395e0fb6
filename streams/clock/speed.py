"""How fast the source of a live stream runs, judged by when its audio arrives."""

WINDOW_S = 10.0
"""The stretch over which the source's speed is taken."""
TOO_FAST_S = 2.0
"""So much more audio than real time within a window: the rate or the number of channels is not what was announced."""
LEAST_MEASURED_S = 60.0
"""Shorter than this, jitter hides the drift of a clock."""


class Speed:
    """How fast a source's clock runs against ours, by the least delayed audio of each ten seconds.

    `ahead_s` is how far the call's clock is ahead of the arrival clock: constant but for jitter, where both run alike.
    A stretch in which audio went missing says nothing about the clock and is left out.
    """

    def __init__(self) -> None:
        self.too_fast = 0
        self.furthest_s = 0.0
        """How far ahead it ever was."""
        self._window_at_s: float | None = None
        self._window_from_s = 0.0
        self._counted = False
        self._broken = False
        self._best: tuple[float, float] | None = None
        self._before: tuple[float, float] | None = None
        self._gained_s = 0.0
        self._measured_s = 0.0

    @property
    def drift_ppm(self) -> float | None:
        """Millionths by which the source is faster; None until a minute was measured."""
        return None if self._measured_s < LEAST_MEASURED_S else self._gained_s / self._measured_s * 1e6

    def interrupted(self) -> None:
        """Something is missing here."""
        self._broken = True

    def heard(self, ahead_s: float, now_s: float) -> None:
        """Audio arrived."""
        if self._window_at_s is None or now_s - self._window_at_s >= WINDOW_S:
            self._next_window(now_s)
        self.furthest_s = max(self.furthest_s, ahead_s)
        if self._best is None or ahead_s > self._best[0]:
            self._best = (ahead_s, now_s)
        if self.furthest_s - self._window_from_s > TOO_FAST_S and not self._counted:
            self._counted = True
            self.too_fast += 1

    def _next_window(self, now_s: float) -> None:
        if self._best is not None and self._before is not None and not self._broken:
            self._gained_s += self._best[0] - self._before[0]
            self._measured_s += self._best[1] - self._before[1]
        self._before, self._best = self._best, None
        self._broken = False
        self._counted = False
        self._window_at_s, self._window_from_s = now_s, self.furthest_s
