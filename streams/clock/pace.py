"""What is missing from audio that carries no numbers, judged by when it arrives."""

from streams.clock.speed import Speed

LAG_S = 0.5
"""Audio may lag the arrival clock this far."""
LOOK_S = 0.15
"""After a stall, audio is looked at this long: had it been held back, it would come faster than it is spoken."""
HOLD_S = 0.25
"""Where it was uneven at first, it is held so long, no longer …"""
LEAST_LOOK_S = 0.1
"""… and looked at for this long at least."""
WATCHED_S = 0.25
"""A stall counts if the clock was told so shortly before it ended; else it may be we who were busy."""
GAIN_S = 0.02
"""Catching up shows in a lag that is smaller by more than this, while one looks."""
AT_ONCE_S = 0.005
"""What comes so close together is one burst."""
PATIENCE_S = 2.0
"""A lag has this long to become smaller: a held-back burst is late, not lost."""
STEP_S = 1.0
"""While nothing arrives, the missing time is told in steps of at least this."""
JITTER_S = 0.1
"""Audio that runs further ahead than any before, by this much, makes up for something."""
MAKING_UP_S = 10.0
"""After a stall, what was held back comes within this time, or begins to."""


class Pace:
    """Tells how many seconds of a live stream never came, and where. State of one connection.

    Audio that comes faster than real time is never missing. What comes after a stall is held back for a moment, to see
    whether it catches up: where the answer is None, the caller keeps it, in order, until an answer is a number. All
    seconds are of the arrival clock, except `end_s`, the end of the audio (and gaps) given out so far on the call's
    clock: what is held is not in it.
    """

    def __init__(self) -> None:
        self._origin_s: float | None = None
        self._heard_s = 0.0
        self._waited_s = 0.0
        self._lag_s = 0.0
        self._held_s = 0.0
        self._held_from_s: float | None = None
        self._comeback = Standstill(GAIN_S)
        self._behind = Standstill(JITTER_S)
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
        """Whether this audio belongs into a gap that was told already. Ask before `heard`."""
        if self._origin_s is None or not self._makes_up(length_s, now_s):
            return False
        if end_s + self._held_s + length_s - (now_s - self._origin_s) <= self._usual_s + JITTER_S:
            return False
        self._told_s -= length_s
        self._made_up_by_s = now_s + MAKING_UP_S
        self._heard_s = now_s
        return True

    def heard(self, length_s: float, end_s: float, now_s: float) -> float | None:
        """Audio of `length_s` arrived: the seconds missing before it and all that is held; None: hold it back too."""
        if self._origin_s is None:
            self._origin_s = now_s - length_s - end_s  # it was spoken before it was sent
        lag_s = now_s - self._origin_s - end_s - self._held_s - length_s
        came_back = self._comes_back(lag_s, now_s)
        self._heard_s, self._lag_s = now_s, lag_s
        missing_s = self._missing(lag_s, now_s, came_back=came_back)
        if missing_s is None:
            self._held_s += length_s
        ahead_s = (missing_s or 0.0) - lag_s
        # how far a stall is made up for says nothing about how far ahead this line usually is
        self._speed.heard(min(ahead_s, self._usual_s) if self._makes_up(length_s, now_s) else ahead_s, now_s)
        return missing_s

    def waiting(self, end_s: float, now_s: float) -> float | None:
        """Nothing arrived just now: the seconds known to be missing before all that is held; None: hold it longer."""
        if self._origin_s is None:
            return 0.0
        self._waited_s = now_s
        if self._held_from_s is not None:
            return self._judged(self._held_from_s, now_s)
        if not self._stalled and now_s - self._heard_s < LAG_S + PATIENCE_S:
            return 0.0
        lag_s = now_s - self._origin_s - end_s
        if lag_s < STEP_S:
            return 0.0
        self._stalled = True
        return self._tell(lag_s, now_s)

    def given_up(self, now_s: float) -> float:
        """Nothing more is waited for: the seconds missing before all that is held, which is held no longer."""
        return 0.0 if self._held_from_s is None else self._tell(self._comeback.least_s, now_s)

    def resumed(self, now_s: float) -> None:
        """A pause is over, which the caller has put on the call's clock: waiting begins anew."""
        self._heard_s = now_s
        self._behind.over()
        self._speed.interrupted()

    def _makes_up(self, length_s: float, now_s: float) -> bool:
        """Whether audio of this length may be what was told as missing."""
        return length_s <= self._told_s and now_s <= self._made_up_by_s

    def _comes_back(self, lag_s: float, now_s: float) -> bool:
        """Whether this is the first audio after a silence in which the clock was seen to go on."""
        watched = self._heard_s < self._waited_s and now_s - self._waited_s <= WATCHED_S
        return watched and lag_s - self._lag_s > JITTER_S

    def _missing(self, lag_s: float, now_s: float, *, came_back: bool) -> float | None:
        if self._stalled:
            self._stalled = False
            return self._tell(max(0.0, lag_s), now_s)
        if lag_s <= LAG_S:
            self._settle()
            return 0.0
        if came_back and self._held_from_s is None:
            self._settle()
            self._held_from_s = now_s
        if self._held_from_s is not None:
            self._comeback.seen(lag_s, now_s)
            return self._judged(self._held_from_s, now_s)
        self._behind.seen(lag_s, now_s)
        return self._tell(self._behind.least_s, now_s) if self._behind.lasted_s(now_s) >= PATIENCE_S else 0.0

    def _judged(self, held_from_s: float, now_s: float) -> float | None:
        """After a stall: the lag is missing where audio goes on at its pace. Catching up, it has time to go on so."""
        held_s, lasted_s = now_s - held_from_s, self._comeback.lasted_s(now_s)
        if lasted_s >= (LOOK_S if held_s < HOLD_S else LEAST_LOOK_S):
            return self._tell(self._comeback.least_s, now_s)
        if held_s < HOLD_S:
            return None
        self._settle()
        return 0.0

    def _tell(self, missing_s: float, now_s: float) -> float:
        """So much is missing; what comes of it after all is late."""
        if now_s > self._made_up_by_s:
            self._told_s, self._usual_s = 0.0, self._speed.furthest_s
        self._told_s += missing_s
        self._made_up_by_s = now_s + MAKING_UP_S
        self._lag_s -= missing_s
        self._speed.interrupted()
        self._settle()
        return missing_s

    def _settle(self) -> None:
        """Nothing is held, no lag is being watched."""
        self._held_s, self._held_from_s = 0.0, None
        self._comeback.over()
        self._behind.over()


class Standstill:
    """For how long a lag has not become smaller by more than `gain_s`: what stands still is not caught up."""

    def __init__(self, gain_s: float) -> None:
        self._gain_s = gain_s
        self._since_s: float | None = None
        self._from_s = 0.0
        self.least_s = 0.0
        """The smallest lag seen."""

    def seen(self, lag_s: float, now_s: float) -> None:
        """The lag is so much by now."""
        if self._since_s is None or lag_s < self._from_s - (self._gain_s if self.lasted_s(now_s) > AT_ONCE_S else 0.0):
            self._since_s, self._from_s, self.least_s = now_s, lag_s, lag_s
        self.least_s = min(self.least_s, lag_s)

    def lasted_s(self, now_s: float) -> float:
        """Seconds since it last became smaller."""
        return 0.0 if self._since_s is None else now_s - self._since_s

    def over(self) -> None:
        """There is no lag."""
        self._since_s = None
