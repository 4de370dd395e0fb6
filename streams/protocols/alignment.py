"""One side of a call that comes in two connections: where its audio belongs on the clock both sides share."""

from collections import Counter

from streams.clock.timeline import Timeline
from streams.records import AudioFrame, Gap, Samples

DRIFT_S = 0.04
"""A side may be this far from the common clock."""
PATIENCE_S = 2.0
"""Audio that comes late has this long to catch up: a held-back burst is late, not lost."""
STALL_S = 2.5
"""When nothing has come for this long, the missing time is told as it goes on."""
ABSENT_S = 5.0
"""A side that was never heard is waited for this long from the start of the call."""
STEP_S = 1.0
"""Missing time is told in steps of at least this."""
SETTLING_S = 2.0
"""The first audio of a side may itself have been held back: so long after it, the clock gives way and not the audio."""


class Alignment:
    """Keeps one side within 40 ms of the common clock, by arrival. State of one channel of one call.

    All `now_s` are seconds on the common clock, and never go back. Counts corrections in `rejected`: `behind` (a gap
    was put in), `ahead` (audio was dropped), `absent` (never heard in time).
    """

    def __init__(self, timeline: Timeline, rejected: Counter[str]) -> None:
        self._timeline = timeline
        self._rejected = rejected
        self._first_s: float | None = None
        self._heard_s = 0.0
        self._behind_since_s: float | None = None
        self._least_s = 0.0
        self._stalled = False

    @property
    def timeline(self) -> Timeline:
        """The sample clock of this side."""
        return self._timeline

    def early_s(self, samples: Samples, now_s: float) -> float:
        """How much too late the common clock seems to have been started, told while this side has only just begun.

        Audio cannot come before it was spoken: where it seems to, what came first had been held back on the way.
        """
        if self._first_s is None or self._stalled or now_s - self._first_s > SETTLING_S:
            return 0.0
        early_s = -self._lag_s(samples, now_s)
        return early_s if early_s > DRIFT_S else 0.0

    def place(self, samples: Samples, now_s: float) -> tuple[AudioFrame | Gap, ...]:
        """Audio arrived: put in what is missing before it, and leave out what is too much."""
        gaps = self._catch_up(samples, now_s)
        lag_s = self._lag_s(samples, now_s)
        if lag_s < -DRIFT_S:
            self._rejected["ahead"] += 1
            samples = samples[round(-lag_s * self._timeline.rate_hz) :]
        self._heard_s = now_s
        return (*gaps, self._timeline.audio(samples)) if len(samples) else gaps

    def wait(self, now_s: float) -> tuple[Gap, ...]:
        """Nothing arrived just now: the gap known by now."""
        patience_s = STALL_S if self._first_s is not None else ABSENT_S
        if not self._stalled and now_s - self._heard_s < patience_s:
            return ()
        if now_s - self._timeline.end_s < STEP_S:
            return ()
        if self._first_s is None and not self._stalled:
            self._rejected["absent"] += 1
        self._stalled = True
        self._behind_since_s = None
        return self._timeline.gap_to(now_s)

    def _lag_s(self, samples: Samples, now_s: float) -> float:
        """How much later than its place on the clock the audio has come; negative: earlier."""
        return now_s - self._timeline.end_s - len(samples) / self._timeline.rate_hz

    def _catch_up(self, samples: Samples, now_s: float) -> tuple[Gap, ...]:
        missing_s = self._missing_s(self._lag_s(samples, now_s), now_s)
        return self._timeline.gap_to(self._timeline.end_s + missing_s) if missing_s > 0 else ()

    def _missing_s(self, lag_s: float, now_s: float) -> float:
        """The part of the lag that is lost audio: all of it at the start and after a stall, else what lasts."""
        if self._first_s is None or self._stalled:
            self._first_s = now_s if self._first_s is None else self._first_s
            self._stalled = False
            return lag_s
        if lag_s <= DRIFT_S:
            self._behind_since_s = None
            return 0.0
        if self._behind_since_s is None:
            self._behind_since_s, self._least_s = now_s, lag_s
        self._least_s = min(self._least_s, lag_s)
        if now_s - self._behind_since_s < PATIENCE_S:
            return 0.0
        self._behind_since_s = None
        self._rejected["behind"] += 1
        return self._least_s
