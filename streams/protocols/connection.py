"""What the websocket dialects share: one call per connection, the start deadline, the watchdog, the one ending."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from streams.protocols.port import Admit
from streams.records import CallEnded, CallEvent, CallStarted, EndReason
from streams.refusals import ABNORMAL, BAD_DATA, NORMAL, POLICY, TOO_BIG, WRONG_TYPE, Close, Refused

START_DEADLINE_S = 5.0
MOST_BEFORE_START = 16
"""Messages before a valid start."""
QUIET_S = 15.0
"""No audio for this long is counted."""
TIMEOUT_S = 60.0
"""No audio for this long ends the call."""
_REASONS = {
    NORMAL: "not_followed",
    WRONG_TYPE: "wrong_type",
    BAD_DATA: "bad_data",
    POLICY: "policy",
    TOO_BIG: "too_big",
}


class Connection(ABC):
    """A dialect's connection: waiting for a start, then live, then over. Implements `Dialect`; no I/O; not shared.

    A subclass says what a message means; it raises `Refused` to close, and calls `_begin`, `_heard` and `_finish`.
    While it sets `_paused`, the watchdog stands still.
    """

    def __init__(self, opened_at: datetime, admit: Admit) -> None:
        self._admit = admit
        self._rejected: Counter[str] = Counter()
        self._close: Close | None = None
        self._opened_at = opened_at
        self._call: CallStarted | None = None
        self._ended = False
        self._over = False
        self._before_start = 0
        self._now_s = 0.0
        self._heard_s = 0.0
        self._quiet = False
        self._paused = False

    @property
    def close(self) -> Close | None:
        """Set once the connection must be closed."""
        return self._close

    @property
    def rejected(self) -> Mapping[str, int]:
        """What was dropped or refused, counted by reason."""
        return self._rejected

    def replies(self) -> Sequence[str | bytes]:
        """A monitor says nothing to a telephone system."""
        return ()

    def receive(self, message: str | bytes, now: datetime) -> Sequence[CallEvent]:
        """Take one message; never raises."""
        if self._over:
            self._rejected["after_end"] += 1
            return ()
        try:
            self._check_start(now, messages=1)
            return self._take(message, now)
        except Refused as refused:
            return self._refuse(refused, now)

    def tick(self, now: datetime) -> Sequence[CallEvent]:
        """Time has passed."""
        if self._over:
            return ()
        try:
            self._check_start(now, messages=0)
        except Refused as refused:
            return self._refuse(refused, now)
        if self._call is None or self._ended:
            return ()
        if self._timed_out(self._elapsed_s(now)):
            return self._give_up(f"no audio for {TIMEOUT_S:g} s", now)
        return self._advance(self._elapsed_s(now))

    def closed(self, now: datetime, code: int = ABNORMAL) -> Sequence[CallEvent]:
        """The socket went away."""
        return () if self._over else self._finish(self._reason_of(code), None, now)

    @abstractmethod
    def _take(self, message: str | bytes, now: datetime) -> Sequence[CallEvent]:
        """What one message means. Raises Refused."""

    @abstractmethod
    def _advance(self, now_s: float) -> Sequence[CallEvent]:
        """What the passing of time means for a live call."""

    @abstractmethod
    def _flush(self, now_s: float) -> tuple[Sequence[CallEvent], float]:
        """The tail of a live call, all channels brought to the same length, and that length in seconds."""

    def _reason_of(self, code: int) -> EndReason:
        """What a socket closed with this code says about the call."""
        return EndReason.ABRUPT

    @property
    def _started(self) -> bool:
        """Whether the start deadline has been met."""
        return self._call is not None

    def _give_up(self, why: str, now: datetime) -> Sequence[CallEvent]:
        """A live call has been silent for too long."""
        return self._finish(EndReason.TIMEOUT, Close(code=NORMAL, reason=why), now)

    def _begin(self, token: str | None, call: CallStarted) -> CallStarted:
        """Ask for the call to be let in; returns it as it is followed. Raises Refused."""
        admitted = self._admit(token, call)
        if (len(admitted.channels), admitted.rate_hz) != (len(call.channels), call.rate_hz):
            raise ValueError(f"call {call.call_id} was admitted with another number of channels or another rate")
        self._call = admitted
        return admitted

    def _heard(self, now: datetime) -> float:
        """Audio arrived: start the watchdog anew. Returns the arrival time in seconds since the start."""
        self._heard_s = self._elapsed_s(now)
        self._quiet = False
        return self._heard_s

    def _elapsed_s(self, now: datetime) -> float:
        """Seconds since the start, by arrival; never goes back."""
        if self._call is not None:
            self._now_s = max(self._now_s, (now - self._call.started_at).total_seconds())
        return self._now_s

    def _finish(self, reason: EndReason, close: Close | None, now: datetime) -> Sequence[CallEvent]:
        """Over. Flushes and ends the call, where there is one; `close` is None where the other side has gone."""
        self._over = True
        self._close = close
        return self._end(reason, now)

    def _end(self, reason: EndReason, now: datetime) -> Sequence[CallEvent]:
        """Flush and end the call, where there is one that has not ended; the connection may outlive it."""
        if self._call is None or self._ended:
            return ()
        self._ended = True
        tail, end_s = self._flush(self._elapsed_s(now))
        return (*tail, CallEnded(call_id=self._call.call_id, end_s=end_s, reason=reason))

    def _refuse(self, refused: Refused, now: datetime) -> Sequence[CallEvent]:
        self._count(refused)
        return self._finish(EndReason.ERROR, refused.close, now)

    def _count(self, refused: Refused) -> None:
        self._rejected[_REASONS[refused.code]] += 1

    def _check_start(self, now: datetime, *, messages: int) -> None:
        """Raises Refused when a connection without a call has waited, or said, too much."""
        if self._started:
            return
        if (now - self._opened_at).total_seconds() > START_DEADLINE_S:
            raise Refused(POLICY, f"no valid start within {START_DEADLINE_S:g} s")
        self._before_start += messages
        if self._before_start > MOST_BEFORE_START:
            raise Refused(POLICY, f"no valid start within {MOST_BEFORE_START} messages")

    def _timed_out(self, now_s: float) -> bool:
        """The media watchdog: counts a silence of 15 s once, and says when 60 s are over."""
        if self._paused:
            self._heard_s = now_s
        quiet_s = now_s - self._heard_s
        if quiet_s >= QUIET_S and not self._quiet:
            self._quiet = True
            self._rejected["quiet"] += 1
        return quiet_s >= TIMEOUT_S
