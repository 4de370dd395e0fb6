"""Websockets that carry one voice each, two of them one call: a source says whose voice it is by `side`."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from streams.consent import Consent
from streams.protocols.connection import TIMEOUT_S
from streams.protocols.fields import member
from streams.protocols.pairing import Pair, Seat
from streams.protocols.port import Admit, Dialect
from streams.records import (
    AgentChanged,
    AudioFrame,
    CallEnded,
    CallEvent,
    CallId,
    CallStarted,
    Dtmf,
    LanguageChanged,
    Paused,
    Resumed,
    Speaker,
)
from streams.refusals import ABNORMAL, NORMAL, POLICY, WRONG_TYPE, Close, Refused

SIDE = "side"
"""The parameter that says whose voice a connection carries."""
SIDES = (Speaker.CUSTOMER, Speaker.AGENT)

AdmitSide = Callable[[str | None, CallStarted, Speaker], CallStarted]
"""`Admit` for one side of a call, asked for each of its connections; the call is given whole, with both channels."""


def side_of(call: CallStarted) -> Speaker | None:
    """Whose voice a start with one channel announces, beside another connection; none: it is a call of its own."""
    side = member(Speaker, call.metadata.get(SIDE))
    return side if side in SIDES and len(call.channels) == 1 else None


class OpenPairs:
    """The calls that came, or may still come, by two connections; by tenant and call id. For one event loop."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[str, CallId], tuple[CallStarted, Pair]] = {}

    @property
    def waiting(self) -> bool:
        """Whether a call lacks one of its sides."""
        self._forget()
        return any(not pair.complete for _, pair in self._pairs.values())

    def has(self, call: CallStarted) -> bool:
        """Whether this call has begun by two connections or one of two, and goes on."""
        self._forget()
        return (call.tenant, call.call_id) in self._pairs

    def join(self, call: CallStarted, side: Speaker) -> Seat:
        """The place of one side of this call, which begins with the first. Raises Refused in words."""
        self._forget()
        whole, pair = self._pairs.get((call.tenant, call.call_id)) or (call, Pair(call, Counter()))
        if call.rate_hz != whole.rate_hz:
            raise Refused(WRONG_TYPE, f"{call.rate_hz} Hz; the other side of this call has {whole.rate_hz} Hz")
        if whole.consent is Consent.GRANTED and call.consent not in (Consent.GRANTED, Consent.UNKNOWN):
            raise Refused(POLICY, f"consent: {call.consent}; the other side of this call said {whole.consent}")
        seat = pair.join(whole.channels.index(side))
        self._pairs[call.tenant, call.call_id] = whole, pair
        return seat

    def _forget(self) -> None:
        """What has ended may begin anew."""
        for key, (_, pair) in list(self._pairs.items()):
            if pair.over_at is not None:
                del self._pairs[key]


class OneVoice:
    """A connection that is one side of a call where its start says so, else what `make` makes of it. A `Dialect`.

    `make` builds a dialect of websockets that is to ask this for admission. The sound of a side goes where it belongs
    by arrival: gaps that its own dialect finds are left out.
    """

    def __init__(
        self, *, make: Callable[[Admit], Dialect], admit: Admit, admit_side: AdmitSide, pairs: OpenPairs
    ) -> None:
        self._admit, self._admit_side, self._pairs = admit, admit_side, pairs
        self._seat: Seat | None = None
        self._close: Close | None = None
        self._own = make(self._ask)

    @property
    def seat(self) -> Seat | None:
        """Its place in a call of two connections."""
        return self._seat

    @property
    def close(self) -> Close | None:
        """Set once the connection must be closed."""
        return self._close or self._own.close

    @property
    def rejected(self) -> Mapping[str, int]:
        """What was dropped or refused on this connection, counted by reason."""
        return self._own.rejected

    def replies(self) -> Sequence[str | bytes]:
        """What is owed to the other side."""
        return self._own.replies()

    def receive(self, message: str | bytes, now: datetime) -> Sequence[CallEvent]:
        """Take one message; never raises."""
        return self._put(self._own.receive(message, now), now)

    def tick(self, now: datetime) -> Sequence[CallEvent]:
        """Time has passed."""
        if self._seat is None:
            return self._own.tick(now)
        pair = self._seat.pair
        # while the other side is heard, this one may be quiet: what it misses is marked below
        events = () if _is_heard(pair, now) else self._put(self._own.tick(now), now)
        events = (*events, *pair.tick(now))
        if pair.over_at is None or self.close is not None:
            return events
        self._close = Close(code=NORMAL, reason="the call has ended")
        return (*events, *self.closed(now, NORMAL))

    def closed(self, now: datetime, code: int = ABNORMAL) -> Sequence[CallEvent]:
        """The socket went away."""
        return self._put(self._own.closed(now, code), now)

    def _ask(self, token: str | None, call: CallStarted) -> CallStarted:
        """Admission, as the connection's own dialect asks for it. Raises Refused."""
        side = side_of(call)
        if side is None:
            return self._admit(token, call)
        followed = self._admit_side(token, _whole(call), side)
        if side not in followed.channels:
            followed = replace(followed, channels=SIDES)
        self._seat = self._pairs.join(followed, side)
        return replace(followed, channels=call.channels)

    def _put(self, events: Sequence[CallEvent], now: datetime) -> Sequence[CallEvent]:
        """What happened on this connection, as it happens to the call."""
        seat = self._seat
        return events if seat is None else [event for own in events for event in _placed(own, seat, now)]


def _placed(event: CallEvent, seat: Seat, now: datetime) -> Sequence[CallEvent]:
    match event:
        case CallStarted():
            return seat.pair.begin()
        case AudioFrame():
            return seat.hear(event.rate_hz, event.samples, now)
        case Dtmf():
            return seat.press(event.digit)
        case Paused():
            return seat.pause()
        case Resumed():
            return seat.resume(now)
        case LanguageChanged() | AgentChanged():
            return seat.pair.remark(event)
        case CallEnded():
            return seat.leave(event.reason, now)
        case _:
            return ()


def _whole(call: CallStarted) -> CallStarted:
    """The call with both of its channels; whose connection told of it first does not matter any more."""
    metadata = {name: value for name, value in call.metadata.items() if name != SIDE}
    return replace(call, channels=SIDES, metadata=MappingProxyType(metadata))


def _is_heard(pair: Pair, now: datetime) -> bool:
    return pair.heard_at is not None and (now - pair.heard_at).total_seconds() < TIMEOUT_S
