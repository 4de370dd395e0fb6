"""Two connections that carry one side each, made one call on a common clock."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from streams.clock.timeline import Timeline, level
from streams.protocols.alignment import SETTLING_S, Alignment
from streams.records import (
    AgentChanged,
    AudioFrame,
    CallEnded,
    CallEvent,
    CallStarted,
    Dtmf,
    EndReason,
    Gap,
    GapReason,
    LanguageChanged,
    Paused,
    Resumed,
    Samples,
)
from streams.refusals import POLICY, WRONG_TYPE, Refused

LINGER_S = 2.0
"""When one side has left, the other is heard this much longer before the call ends."""


class Pair:
    """One call of one or two sides. No I/O; used by one event loop.

    Time zero is the start of the first frame of the side that is heard first; `CallStarted` comes with it, at its
    rate, unless `begin` gave it out before. A side that is not there, or stops, becomes gaps, so that all channels are
    equally long. Exactly one `CallEnded`, when all sides have left or one has left and the other's time is up.
    Corrections are counted in `rejected`.
    """

    def __init__(self, announced: CallStarted, rejected: Counter[str]) -> None:
        self._announced = announced
        self._rejected = rejected
        self._call: CallStarted | None = None
        self._origin: datetime | None = None
        self._given_way_s = 0.0
        self._now_s = 0.0
        self._sides: tuple[Alignment, ...] = ()
        self._taken: set[int] = set()
        self._present: set[int] = set()
        self._sounded: set[int] = set()
        self._paused: set[int] = set()
        self._heard_at: datetime | None = None
        self._left: tuple[float, EndReason] | None = None
        self._over_at: datetime | None = None

    @property
    def started(self) -> bool:
        """Whether `CallStarted` was given out."""
        return self._call is not None

    @property
    def call(self) -> CallStarted | None:
        """The call as it was given out; none before that."""
        return self._call

    @property
    def heard_at(self) -> datetime | None:
        """When audio last came, on any side."""
        return self._heard_at

    @property
    def over_at(self) -> datetime | None:
        """When the call ended, or all sides had left before it began; none while it may go on."""
        return self._over_at

    @property
    def complete(self) -> bool:
        """Whether a connection has come for every side."""
        return len(self._taken) == len(self._announced.channels)

    @property
    def rejected(self) -> Mapping[str, int]:
        """What was corrected, counted by reason."""
        return self._rejected

    def join(self, channel: int) -> "Seat":
        """A connection brings this channel. Raises Refused where that is no longer possible."""
        if self._over_at is not None:
            raise Refused(POLICY, "this call has ended")
        if channel in self._taken:
            raise Refused(POLICY, "this side of the call is connected already")
        self._taken.add(channel)
        self._present.add(channel)
        return Seat(pair=self, channel=channel)

    def begin(self) -> Sequence[CallEvent]:
        """Give the call out as it was announced, before any audio. Again changes nothing."""
        return self._give_out(self._announced) if self._call is None and self._over_at is None else ()

    def hear(self, channel: int, rate_hz: int, samples: Samples, now: datetime) -> Sequence[CallEvent]:
        """Audio of one side arrived. Raises Refused at another rate than the call's."""
        if self._over_at is not None:
            return ()
        begun = self._start_clock(rate_hz, len(samples), now)
        if self._call is not None and rate_hz != self._call.rate_hz:
            self._rejected["other_rate"] += 1
            raise Refused(WRONG_TYPE, f"{rate_hz} Hz; this call began at {self._call.rate_hz} Hz")
        self._sounded.add(channel)
        self._heard_at = now
        side = self._sides[channel]
        self._give_way(side.early_s(samples, self._clock_s(now)))
        return (*begun, *side.place(samples, self._clock_s(now)))

    def press(self, channel: int, digit: str) -> Sequence[CallEvent]:
        """A key was pressed on one side; before `CallStarted` there is no call it could belong to."""
        if self._call is None or self._over_at is not None:
            self._rejected["stray_dtmf"] += 1
            return ()
        return (Dtmf(call_id=self._call.call_id, channel=channel, digit=digit, at_s=self._end_s),)

    def remark(self, event: LanguageChanged | AgentChanged) -> Sequence[CallEvent]:
        """One side says something about the whole call; its time becomes the call's."""
        if self._call is None or self._over_at is not None:
            self._rejected["stray_event"] += 1
            return ()
        return (replace(event, call_id=self._call.call_id, at_s=self._end_s),)

    def pause(self, channel: int) -> Sequence[CallEvent]:
        """A side stops sending on purpose: what is missing of it from now on is no loss. Again changes nothing."""
        if self._call is None or self._over_at is not None or channel in self._paused:
            return ()
        first = not self._paused
        self._paused.add(channel)
        return (Paused(call_id=self._call.call_id, at_s=self._end_s),) if first else ()

    def resume(self, channel: int, now: datetime) -> Sequence[CallEvent]:
        """It sends again. The call goes on when no side is paused any more."""
        if self._call is None or self._over_at is not None or channel not in self._paused:
            return ()
        gaps = self._sides[channel].timeline.gap_to(self._clock_s(now), GapReason.PAUSED)
        self._paused.discard(channel)
        return gaps if self._paused else (*gaps, Resumed(call_id=self._call.call_id, at_s=self._end_s))

    def leave(self, channel: int, reason: EndReason, now: datetime) -> Sequence[CallEvent]:
        """A connection has ended. One that was never heard ends the call only as the last; may be called once."""
        self._present.discard(channel)
        if self._over_at is not None:
            return ()
        if channel in self._sounded and self._left is None:
            self._left = self._clock_s(now), reason
        if self._present:
            return ()
        return self._finish(self._left[1] if self._left is not None else reason, now)

    def tick(self, now: datetime) -> Sequence[CallEvent]:
        """Time has passed: gaps where a side is silent, and the end when the side that is left has had its time."""
        if self._call is None or self._over_at is not None:
            return ()
        now_s = self._clock_s(now)
        gaps = self._explained([gap for side in self._sides for gap in side.wait(now_s)])
        if self._left is not None and now_s - self._left[0] >= LINGER_S:
            return (*gaps, *self._finish(self._left[1], now))
        return gaps

    @property
    def _end_s(self) -> float:
        return max(side.timeline.end_s for side in self._sides)

    def _start_clock(self, rate_hz: int, count: int, now: datetime) -> Sequence[CallEvent]:
        """At the first audio; gives the call out where that was not done before."""
        if self._origin is not None:
            return ()
        self._origin = now - timedelta(seconds=count / rate_hz)  # it was spoken before it was sent
        if self._call is not None:
            return ()
        return self._give_out(replace(self._announced, rate_hz=rate_hz, started_at=self._origin))

    def _give_out(self, call: CallStarted) -> Sequence[CallEvent]:
        self._call = call
        self._sides = tuple(
            Alignment(Timeline(call.call_id, channel, call.rate_hz), self._rejected)
            for channel in range(len(call.channels))
        )
        return (call,)

    def _explained(self, events: Sequence[AudioFrame | Gap]) -> Sequence[AudioFrame | Gap]:
        """Gaps of a side that is paused are no losses."""
        return [
            replace(event, reason=GapReason.PAUSED)
            if isinstance(event, Gap) and event.channel in self._paused
            else event
            for event in events
        ]

    def _clock_s(self, now: datetime) -> float:
        """Seconds on the common clock; never goes back."""
        if self._origin is not None:
            self._now_s = max(self._now_s, (now - self._origin).total_seconds())
        return self._now_s

    def _give_way(self, early_s: float) -> None:
        """Move time zero to earlier, in all by no more than a side takes to settle."""
        early_s = min(early_s, SETTLING_S - self._given_way_s)
        if self._origin is not None and early_s > 0:
            self._origin -= timedelta(seconds=early_s)
            self._given_way_s += early_s

    def _finish(self, reason: EndReason, now: datetime) -> Sequence[CallEvent]:
        self._over_at = now
        if self._call is None:
            return ()
        tail = self._explained(level([side.timeline for side in self._sides]))
        return (*tail, CallEnded(call_id=self._call.call_id, end_s=self._end_s, reason=reason))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One connection's place in a call."""

    pair: Pair
    channel: int

    def hear(self, rate_hz: int, samples: Samples, now: datetime) -> Sequence[CallEvent]:
        """Audio arrived on this connection. Raises Refused at another rate than the call's."""
        return self.pair.hear(self.channel, rate_hz, samples, now)

    def press(self, digit: str) -> Sequence[CallEvent]:
        """A key was pressed on this side."""
        return self.pair.press(self.channel, digit)

    def pause(self) -> Sequence[CallEvent]:
        """This side stops sending on purpose."""
        return self.pair.pause(self.channel)

    def resume(self, now: datetime) -> Sequence[CallEvent]:
        """This side sends again."""
        return self.pair.resume(self.channel, now)

    def leave(self, reason: EndReason, now: datetime) -> Sequence[CallEvent]:
        """This connection has ended."""
        return self.pair.leave(self.channel, reason, now)
