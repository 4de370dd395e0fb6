"""Valid and invalid messages in any order and at any time, in every vendor's words."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from streams.protocols.twilio.session import Twilio
from streams.records import CallEnded, CallEvent
from tests.streams.protocols.twilio.sessions import VENDORS, Vendor
from tests.streams.sessions import after, assert_whole

TRACKS = st.sampled_from([["inbound"], ["outbound"], ["inbound", "outbound"], ["x"], [], None])
WIRES = st.sampled_from(["audio/x-mulaw", "PCMA", "L16", "audio/x-raw", "G722", "OPUS"])


class AnyOrder(RuleBasedStateMachine):
    """Whatever happens: at most one start, one end for it, a whole clock, and only agreed codes."""

    vendor: Vendor
    dialect: Twilio

    @initialize(vendor=st.sampled_from(VENDORS))
    def opens(self, vendor: Vendor) -> None:
        self.vendor = vendor
        self.dialect = vendor.open()
        self.events: list[CallEvent] = []
        self.now_s = 0.0
        self.gone = False

    def say(self, message: str | bytes) -> None:
        self.events += self.dialect.receive(message, after(self.now_s))

    @precondition(lambda self: not self.gone)
    @rule(tracks=TRACKS)
    def starts(self, tracks: list[str] | None) -> None:
        self.say(self.vendor.start(tracks=tracks))

    @precondition(lambda self: not self.gone)
    @rule(wire=WIRES, rate_hz=st.sampled_from([8000, 16000, 24000, "8000", 7]))
    def starts_in_another_format(self, wire: str, rate_hz: object) -> None:
        self.say(self.vendor.start(**self.vendor.format_of(wire, rate_hz)))

    @precondition(lambda self: not self.gone)
    @rule(
        number=st.integers(0, 30),
        track=st.sampled_from(["inbound", "outbound", "x", ""]),
        at_ms=st.one_of(st.none(), st.integers(0, 1000), st.integers(0, 10**15)),
        data=st.one_of(st.binary(max_size=400), st.binary(max_size=40).map(lambda tail: b"RIFF\0\0\0\0WAVE" + tail)),
    )
    def sends_audio(self, number: int, track: str, at_ms: int | None, data: bytes) -> None:
        self.say(self.vendor.media(number, data, track=track, at_ms=at_ms))

    @precondition(lambda self: not self.gone)
    @rule(message=st.one_of(st.text(max_size=20), st.binary(max_size=20), st.sampled_from(["{}", '{"event":"error"}'])))
    def says_anything(self, message: str | bytes) -> None:
        self.say(message)

    @precondition(lambda self: not self.gone)
    @rule()
    def connects(self) -> None:
        self.say(self.vendor.connect())

    @rule(seconds=st.floats(0, 20))
    def waits(self, seconds: float) -> None:
        self.now_s += seconds
        self.events += self.dialect.tick(after(self.now_s))

    @precondition(lambda self: not self.gone)
    @rule()
    def stops(self) -> None:
        self.say(self.vendor.stop())

    @rule(code=st.sampled_from([1000, 1006]))
    def goes(self, code: int) -> None:
        self.gone = True
        self.events += self.dialect.closed(after(self.now_s), code)

    @invariant()
    def the_call_is_over_exactly_when_the_connection_is(self) -> None:
        over = self.gone or self.dialect.close is not None
        assert isinstance(self.events[-1] if self.events else None, CallEnded) == (over and bool(self.events))
        if over:
            assert_whole(self.events)

    @invariant()
    def only_agreed_codes_close(self) -> None:
        assert self.dialect.close is None or self.dialect.close.code in (1000, 1003, 1007, 1008, 1009)

    @invariant()
    def a_monitor_says_nothing(self) -> None:
        assert self.dialect.replies() == ()


class AnyOrderAtLength(AnyOrder):
    """The same, a thousand times fifty steps."""


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=80, stateful_step_count=30, deadline=None, derandomize=True)
TestAnyOrderAtLength = pytest.mark.slow(AnyOrderAtLength.TestCase)
TestAnyOrderAtLength.settings = settings(max_examples=1000, stateful_step_count=50, deadline=None, derandomize=True)
