"""What is missing from audio that carries no numbers, judged by when it arrives."""

LAG_S = 0.5
"""Audio may lag the arrival clock this far."""
PATIENCE_S = 2.0
"""It has this long to catch up: a held-back burst is late, not lost."""
STEP_S = 1.0
"""While nothing arrives, the missing time is told in steps of at least this."""


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

    def heard(self, length_s: float, end_s: float, now_s: float) -> float:
        """Audio of `length_s` arrived: the seconds missing before it."""
        if self._origin_s is None:
            self._origin_s = now_s - length_s  # it was spoken before it was sent
        self._heard_s = now_s
        lag_s = now_s - self._origin_s - end_s - length_s
        if self._stalled:
            self._stalled = False
            return max(0.0, lag_s)
        return self._lasting(lag_s, now_s)

    def waiting(self, end_s: float, now_s: float) -> float:
        """Nothing arrived just now: the seconds known to be missing so far."""
        if self._origin_s is None:
            return 0.0
        if not self._stalled and now_s - self._heard_s < LAG_S + PATIENCE_S:
            return 0.0
        lag_s = now_s - self._origin_s - end_s
        if lag_s < STEP_S:
            return 0.0
        self._stalled = True
        self._behind_since_s = None
        return lag_s

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
