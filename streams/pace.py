"""What is missing from audio that carries no numbers, judged by when it arrives; and how fast its source runs."""

LAG_S = 0.5
"""Audio may lag the arrival clock this far."""
PATIENCE_S = 2.0
"""It has this long to catch up: a held-back burst is late, not lost."""
STEP_S = 1.0
"""While nothing arrives, the missing time is told in steps of at least this."""
JITTER_S = 0.1
"""Audio that runs further ahead than any before, by this much, makes up for something."""
MAKING_UP_S = 10.0
"""After a stall, what was held back comes within this time."""
WINDOW_S = 10.0
"""The stretch over which the source's speed is taken."""
TOO_FAST_S = 2.0
"""So much more audio than real time within a window: the rate or the number of channels is not what was announced."""
LEAST_MEASURED_S = 60.0
"""Shorter than this, jitter hides the drift of a clock."""


class Pace:
    """Tells how many seconds of a live stream never came. State of one connection.

    Audio that comes faster than real time is never missing. All seconds are of the arrival clock, except `end_s`, the
    end of the audio (and gaps) so far on the call's clock.
    """

    def __init__(self) -> None:
        self._origin_s: float | None = None
        self._heard_s = 0.0
        self._behind_since_s: float | None = None
        self._least_s = 0.0
        self._stalled = False
        self._told_s = 0.0
        self._made_up_by_s = 0.0
        self._usual_s = 0.0
        self._speed = Speed()

    @property
    def too_fast(self) -> int:
        """Stretches of ten seconds in which more than two seconds too much arrived."""
        return self._speed.too_fast

    @property
    def drift_ppm(self) -> float | None:
        """How much faster (or slower, below 0) the source's clock runs than ours; None until a minute was measured."""
        return self._speed.drift_ppm

    def late(self, length_s: float, end_s: float, now_s: float) -> bool:
        """Whether this audio belongs into a stall that was told as missing already. Ask before `heard`."""
        if self._origin_s is None or length_s > self._told_s or (not self._stalled and now_s > self._made_up_by_s):
            return False
        if end_s + length_s - (now_s - self._origin_s) <= self._usual_s + JITTER_S:
            return False
        self._told_s -= length_s
        self._heard_s = now_s
        return True

    def heard(self, length_s: float, end_s: float, now_s: float) -> float:
        """Audio of `length_s` arrived: the seconds missing before it."""
        if self._origin_s is None:
            self._origin_s = now_s - length_s - end_s  # it was spoken before it was sent
        self._heard_s = now_s
        lag_s = now_s - self._origin_s - end_s - length_s
        missing_s = self._after_stall(lag_s, now_s) if self._stalled else self._lasting(lag_s, now_s)
        if missing_s:
            self._speed.interrupted()
        self._speed.heard(missing_s - lag_s, now_s)
        return missing_s

    def waiting(self, end_s: float, now_s: float) -> float:
        """Nothing arrived just now: the seconds known to be missing so far."""
        if self._origin_s is None:
            return 0.0
        if not self._stalled and now_s - self._heard_s < LAG_S + PATIENCE_S:
            return 0.0
        lag_s = now_s - self._origin_s - end_s
        if lag_s < STEP_S:
            return 0.0
        if not self._stalled:
            self._stalled, self._told_s, self._usual_s = True, 0.0, self._speed.furthest_s
        self._told_s += lag_s
        self._behind_since_s = None
        self._speed.interrupted()
        return lag_s

    def resumed(self, now_s: float) -> None:
        """A pause is over, which the caller has put on the call's clock: waiting begins anew."""
        self._heard_s = now_s
        self._behind_since_s = None
        self._speed.interrupted()

    def _after_stall(self, lag_s: float, now_s: float) -> float:
        self._stalled = False
        self._made_up_by_s = now_s + MAKING_UP_S
        self._told_s += max(0.0, lag_s)
        return max(0.0, lag_s)

    def _lasting(self, lag_s: float, now_s: float) -> float:
        """The part of the lag that did not go away while audio kept coming."""
        if lag_s <= LAG_S:
            self._behind_since_s = None
            return 0.0
        if self._behind_since_s is None:
            self._behind_since_s, self._least_s = now_s, lag_s
        self._least_s = min(self._least_s, lag_s)
        if now_s - self._behind_since_s < PATIENCE_S:
            return 0.0
        self._behind_since_s = None
        return self._least_s


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
