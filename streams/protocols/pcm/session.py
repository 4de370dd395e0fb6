"""One parser for every protocol that sends a preamble and then binary samples."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from streams.clock.pace import Pace
from streams.protocols.connection import Connection
from streams.protocols.pcm.audio import LiveAudio
from streams.protocols.pcm.control import Handover, Key, Odd, Order
from streams.protocols.pcm.dialect import Known, PcmDialect, Preamble
from streams.protocols.pcm.generic import GENERIC
from streams.protocols.port import LARGEST_MESSAGE, Admit
from streams.protocols.route import Route
from streams.records import AgentChanged, CallEvent, Dtmf, EndReason, Language, LanguageChanged, Paused, Resumed
from streams.refusals import NORMAL, POLICY, TOO_BIG, BadField, Close, Refused

HOLD = timedelta(seconds=1)
"""Audio before the preamble is held this long, by its own length and by the arrival clock."""
LEAST = timedelta(seconds=0.1)
"""Without a preamble, a call begins with no less audio: bytes that trickle in are none."""
MOST_HELD = 192_000
"""Bytes held where nobody has said yet how long they last: 1 s of two channels at 48 kHz."""
_HELD_TOO_LONG = f"more than {HOLD.total_seconds():g} s of audio before the preamble"
NOTHING: Mapping[str, str] = MappingProxyType({})


class Pcm(Connection):
    """One stream of a dialect, our own if none is given. A close with code 1000 ends the call, as does an end event.

    `query` holds the address's parameters without secrets; `call_id` names a call that nobody else names.
    """

    def __init__(
        self,
        *,
        opened_at: datetime,
        admit: Admit,
        route: Route,
        dialect: PcmDialect = GENERIC,
        query: Mapping[str, str] = NOTHING,
        call_id: str = "",
    ) -> None:
        super().__init__(opened_at, admit)
        self._known = Known(route=route, query=query, call_id=call_id, now=opened_at)
        self._dialect = dialect
        self._audio: LiveAudio | None = None
        self._held = bytearray()
        self._held_since: datetime | None = None

    @property
    def pace(self) -> Pace | None:
        """How fast the source sends; None before the call."""
        return None if self._audio is None else self._audio.pace

    def _take(self, message: str | bytes, now: datetime) -> Sequence[CallEvent]:
        if isinstance(message, str):
            return self._start(message, now) if self._audio is None else self._control(message, self._audio, now)
        if len(message) > LARGEST_MESSAGE:
            raise Refused(TOO_BIG, f"a message has at most {LARGEST_MESSAGE} bytes, not {len(message)}")
        return self._hold(message, now) if self._audio is None else self._hear(message, self._audio, now)

    def _advance(self, now_s: float) -> Sequence[CallEvent]:
        return () if self._audio is None else self._audio.wait(now_s)

    def _flush(self, now_s: float) -> tuple[Sequence[CallEvent], float]:
        if self._audio is None:
            return (), 0.0
        tail = self._audio.end(now_s)
        return tail, self._audio.end_s

    def _reason_of(self, code: int) -> EndReason:
        return EndReason.END if code == NORMAL else EndReason.ABRUPT

    def _hear(self, data: bytes, audio: LiveAudio, now: datetime) -> Sequence[CallEvent]:
        events = audio.take(data, self._elapsed_s(now))
        if events or audio.holds:
            self._heard(now)
        return events

    def _hold(self, data: bytes, now: datetime) -> Sequence[CallEvent]:
        """Some sources send audio before they say what it is."""
        if not data:
            return ()
        self._before_start -= 1  # bounded by its length, not by the number of messages
        self._held += data
        self._held_since = self._held_since or now
        if len(self._held) <= MOST_HELD and now - self._held_since <= HOLD:
            return ()
        if not self._dialect.preamble_optional:
            raise Refused(POLICY, _HELD_TOO_LONG)
        try:
            return self._start("", now)
        except BadField as bad:  # not a wrong format: nobody named one
            raise Refused(POLICY, f"{_HELD_TOO_LONG}; {bad.reason}") from bad

    def _start(self, text: str, now: datetime) -> Sequence[CallEvent]:
        known = replace(self._known, now=self._held_since or now)
        preamble = self._dialect.read_preamble(text, known)
        if preamble is None:
            self._rejected["before_start"] += 1
            return ()
        if text and len(self._held) > _bytes_in(preamble, HOLD):
            raise Refused(POLICY, _HELD_TOO_LONG)
        if not text and len(self._held) < _bytes_in(preamble, LEAST):
            return ()
        call = self._begin(preamble.token, preamble.call)
        self._audio = LiveAudio(call, preamble.encoding, self._rejected)
        held = bytes(self._held)
        self._held.clear()
        try:
            return (call, *self._hear(held, self._audio, now))
        except Refused as refused:  # the call has begun: it is let in first, and ended then
            return (call, *self._refuse(refused, now))

    def _control(self, text: str, audio: LiveAudio, now: datetime) -> Sequence[CallEvent]:
        control = self._dialect.read_control(text)
        match control:
            case None:
                return ()
            case Odd():
                self._rejected[control.counted_as] += 1
                return ()
            case Order.END:
                return self._finish(EndReason.END, Close(code=NORMAL, reason="the call has ended"), now)
            case Order.PAUSE | Order.RESUME:
                return self._pause(audio, self._elapsed_s(now), pause=control is Order.PAUSE)
            case _:
                return (_remark(control, audio),)

    def _pause(self, audio: LiveAudio, now_s: float, *, pause: bool) -> Sequence[CallEvent]:
        """Either may be repeated."""
        if audio.paused is pause:
            return ()
        self._paused = pause
        if pause:
            held = audio.pause(now_s)
            return (
                *held,
                Paused(call_id=audio.call_id, at_s=audio.end_s),
            )
        gaps = audio.resume(now_s)
        return (*gaps, Resumed(call_id=audio.call_id, at_s=audio.end_s))


def _remark(control: Key | Language | Handover, audio: LiveAudio) -> CallEvent:
    call_id, at_s = audio.call_id, audio.end_s
    match control:
        case Key():
            return Dtmf(call_id=call_id, channel=None, digit=control.digit, at_s=at_s)
        case Handover():
            return AgentChanged(call_id=call_id, at_s=at_s, agent_id=control.agent_id, team=control.team)
        case Language():
            return LanguageChanged(call_id=call_id, at_s=at_s, language=control)


def _bytes_in(preamble: Preamble, time: timedelta) -> float:
    """Bytes that last so long."""
    call = preamble.call
    return time.total_seconds() * call.rate_hz * len(call.channels) * preamble.encoding.width
