"""The Twilio dialect: what each message means, in which state, and with which code it refuses."""

import base64
import json
from collections.abc import Mapping

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from streams.protocols.port import LARGEST_MESSAGE, Close
from streams.protocols.twilio import MOST_BAD_MEDIA, Twilio
from streams.records import (
    AudioFrame,
    CallEnded,
    CallEvent,
    CallStarted,
    Consent,
    Direction,
    Dtmf,
    EndReason,
    Language,
    Notice,
    Speaker,
)
from tests.streams.sessions import (
    CONNECTED,
    FRAME,
    NOON,
    STOP,
    a_twilio,
    after,
    assert_whole,
    decoded,
    gaps,
    media,
    nobody,
    play,
    some_bytes,
    sound,
    start,
    twilio_session,
)

DATA = some_bytes(1, FRAME)


def started(custom: Mapping[str, object] | None = None, **changes: object) -> CallStarted:
    """The record that a start with these fields gives."""
    events = a_twilio().receive(start(custom, **changes), NOON)
    assert isinstance(events[0], CallStarted)
    return events[0]


def refusal(*messages: str | bytes) -> Close:
    """How the last of these messages closes the connection."""
    dialect = a_twilio()
    for message in messages:
        assert dialect.close is None
        dialect.receive(message, NOON)
    assert dialect.close is not None
    return dialect.close


def live() -> Twilio:
    dialect = a_twilio()
    dialect.receive(start(), NOON)
    return dialect


def test_a_clean_call_comes_out_as_it_went_in() -> None:
    inbound, outbound = some_bytes(1, 8000), some_bytes(2, 8000)
    dialect = a_twilio()

    events = play(dialect, twilio_session(inbound, outbound))

    assert_whole(events)
    assert sound(events, 0).tolist() == decoded(inbound).tolist()
    assert sound(events, 1).tolist() == decoded(outbound).tolist()
    assert events[-1] == CallEnded(call_id=started().call_id, end_s=1.0, reason=EndReason.END)
    assert dialect.close == Close(code=1000, reason="the call has ended")
    assert dialect.rejected == {}
    assert dialect.replies() == ()


def test_the_start_says_who_is_heard_and_what_was_agreed() -> None:
    custom: dict[str, object] = {
        "call_id": "call-9",
        "agent_id": "agent-3",
        "team": "Équipe 1",
        "tenant": "acme",
        "language": "fr-FR",
        "direction": "inbound",
        "notice": "played",
        "consent": "granted",
        "token": "secret",
        "campaign": "spring",
    }
    call = started(custom=custom)

    assert (call.call_id, call.agent_id, call.team, call.tenant) == ("call-9", "agent-3", "Équipe 1", "acme")
    assert (call.language, call.direction) == (Language.FR, Direction.INBOUND)
    assert (call.notice, call.consent) == (Notice.PLAYED, Consent.GRANTED)
    assert (call.rate_hz, call.dialect, call.started_at) == (8000, "twilio", NOON)
    assert call.metadata == {"campaign": "spring", "stream_sid": "MZ1", "call_sid": "CA1", "account_sid": "AC1"}


def test_what_the_source_does_not_say_allows_nothing() -> None:
    call = started()

    assert (call.call_id, call.tenant, call.team, call.agent_id) == ("CA1", "default", "", "")
    assert (call.language, call.notice, call.consent) == (None, Notice.NONE, Consent.UNKNOWN)


@pytest.mark.parametrize(
    ("direction", "channels"),
    [
        ("inbound", (Speaker.CUSTOMER, Speaker.AGENT)),
        ("outbound", (Speaker.AGENT, Speaker.CUSTOMER)),
        ("unknown", (Speaker.UNKNOWN, Speaker.UNKNOWN)),
    ],
)
def test_roles_follow_the_direction(direction: str, channels: tuple[Speaker, ...]) -> None:
    assert started(custom={"direction": direction}).channels == channels


@pytest.mark.parametrize("direction", list(Direction))
def test_a_direction_that_is_not_said_is_the_setting_s(direction: Direction) -> None:
    events = a_twilio(direction).receive(start(), NOON)

    assert isinstance(events[0], CallStarted)
    assert events[0].direction is direction


@pytest.mark.parametrize(
    ("tracks", "channels"),
    [
        (["inbound"], (Speaker.CUSTOMER,)),
        (["outbound"], (Speaker.AGENT,)),
        (["outbound", "inbound"], (Speaker.CUSTOMER, Speaker.AGENT)),
        (["inbound_track"], (Speaker.CUSTOMER,)),
        ([], (Speaker.MIXED,)),
        (None, (Speaker.MIXED,)),
    ],
)
def test_the_tracks_of_the_start_are_the_channels(tracks: list[str] | None, channels: tuple[Speaker, ...]) -> None:
    assert started(tracks=tracks).channels == channels


def test_a_lone_outbound_track_is_the_agent_s() -> None:
    dialect = a_twilio()
    dialect.receive(start(tracks=["outbound"]), NOON)

    (frame,) = dialect.receive(media(1, DATA, track="outbound"), NOON)

    assert isinstance(frame, AudioFrame)
    assert frame.channel == 0


def test_a_track_that_was_not_announced_is_dropped_and_counted() -> None:
    dialect = a_twilio()
    dialect.receive(start(tracks=["inbound"]), NOON)

    assert dialect.receive(media(1, DATA, track="outbound"), NOON) == ()
    assert dialect.rejected == {"unknown_track": 1}


def test_numbers_may_be_numbers_or_text() -> None:
    payload = base64.b64encode(DATA).decode()
    inside = {"track": "inbound", "chunk": 1, "timestamp": 0, "payload": payload}
    dialect = live()
    first = dialect.receive(json.dumps({"event": "media", "media": inside}), NOON)
    second = dialect.receive(media(2, DATA), NOON)

    assert len(first) == len(second) == 1


@pytest.mark.parametrize(
    ("encoding", "rate_hz", "size"),
    [("audio/x-mulaw", 8000, 1), ("PCMA", "8000", 1), ("audio/x-l16", 16000, 2), ("audio/x-raw", 24000, 2)],
)
def test_what_the_media_format_says_is_decoded(encoding: str, rate_hz: int | str, size: int) -> None:
    dialect = a_twilio()
    dialect.receive(start(mediaFormat={"encoding": encoding, "sampleRate": rate_hz}), NOON)

    (frame,) = dialect.receive(media(1, DATA), NOON)

    assert isinstance(frame, AudioFrame)
    assert len(frame.samples) == FRAME // size
    assert frame.rate_hz == int(rate_hz)


def test_a_late_track_is_padded_and_both_end_together() -> None:
    """The outbound track begins a second later; the inbound one stops a second earlier."""
    messages = [start()]
    messages += [media(n, DATA) for n in range(1, 51)]
    messages += [media(n, DATA, track="outbound", at_ms=1000 + (n - 1) * 20) for n in range(1, 51)]

    events = play(a_twilio(), [*messages, STOP], step_s=0.02)

    assert_whole(events)
    assert gaps(events, 0) == [(1.0, 1.0)]
    assert gaps(events, 1) == [(0.0, 1.0)]


def test_a_lost_chunk_is_marked_by_the_tick_when_nothing_more_arrives() -> None:
    dialect = live()
    dialect.receive(media(1, DATA), NOON)
    dialect.receive(media(3, DATA), after(0.04))

    assert dialect.tick(after(0.2)) == ()
    assert len(dialect.tick(after(0.3))) == 2


def test_a_message_without_usable_audio_becomes_a_gap() -> None:
    messages = [start(tracks=["inbound"]), *(media(n, DATA) for n in range(1, 30)), STOP]
    messages[5] = messages[5].replace('"payload": "', '"payload": "!')
    dialect = a_twilio()

    events = play(dialect, messages, step_s=0.02)

    assert_whole(events)
    assert gaps(events, 0) == [(0.08, 0.02)]
    assert dialect.rejected == {"bad_media": 1}


def test_keys_are_told_and_never_counted_with_their_value() -> None:
    dialect = live()
    press = json.dumps({"event": "dtmf", "streamSid": "MZ1", "dtmf": {"track": "inbound_track", "digit": "5"}})
    wrong = press.replace('"5"', '"4111"')

    (event,) = dialect.receive(press, NOON)

    assert event == Dtmf(call_id=started().call_id, channel=0, digit="5", at_s=0.0)
    assert dialect.receive(wrong, NOON) == ()
    assert dialect.rejected == {"bad_dtmf": 1}


def test_marks_and_unknown_events_change_nothing() -> None:
    dialect = live()

    assert dialect.receive(json.dumps({"event": "mark", "streamSid": "MZ1", "mark": {"name": "x"}}), NOON) == ()
    assert dialect.receive(json.dumps({"event": "clear"}), NOON) == ()
    assert dialect.receive("{}", NOON) == ()
    assert dialect.rejected == {"unknown_event": 2}
    assert dialect.close is None


DEEP = "[" * 30000
MEDIA = media(1, DATA)


@pytest.mark.parametrize(
    ("messages", "code", "word"),
    [
        ((b"\x00\x01",), 1003, "binary"),
        ((start(), b"\x00\x01"), 1003, "binary"),
        (("not json",), 1007, "JSON"),
        (("",), 1007, "JSON"),
        (("[]",), 1007, "JSON object"),
        (('{"event": "\ud800"}',), 1007, "UTF-8"),
        ((DEEP,), 1007, "JSON"),
        (('{"event":' + '{"a":' * 9000,), 1007, "JSON"),
        ((MEDIA[:-1],), 1007, "JSON"),
        (("x" * (LARGEST_MESSAGE + 1),), 1009, "65536"),
        (("é" * (LARGEST_MESSAGE // 2 + 1),), 1009, "65536"),
        ((MEDIA,), 1008, "media before start"),
        ((STOP,), 1008, "stop before start"),
        ((start(), start()), 1008, "second start"),
        ((start(), MEDIA.replace("MZ1", "MZ2")), 1008, "streamSid"),
        ((start(), STOP.replace("MZ1", "MZ2")), 1008, "streamSid"),
        ((json.dumps({"event": "start"}),), 1008, "start: found nothing"),
        ((json.dumps({"event": "start", "start": 3}),), 1008, "start: found 3"),
        ((start(tracks=["sideways"]),), 1008, "start.tracks"),
        ((start(tracks="inbound"),), 1008, "start.tracks"),
        ((start(callSid="../../etc"),), 1008, "call_id"),
        ((start(callSid=None, streamSid="a b"),), 1008, "call_id"),
        ((start({"language": "de"}),), 1008, "start.customParameters.language: found 'de'; allowed: fr, en"),
        ((start({"consent": "yes"}),), 1008, "start.customParameters.consent: found 'yes'"),
        ((start({"notice": "perhaps"}),), 1008, "start.customParameters.notice"),
        ((start({"direction": "up"}),), 1008, "start.customParameters.direction"),
        ((start({"extra": ["a"]}),), 1008, "start.customParameters.extra"),
        ((start({f"n{n}": "v" for n in range(40)}),), 1008, "40 entries"),
        ((start(mediaFormat=None),), 1003, "audio/x-mulaw"),
        ((start(mediaFormat={"encoding": "OPUS", "sampleRate": 8000}),), 1003, "found 'OPUS'; allowed: audio/x-mulaw"),
        ((start(mediaFormat={"encoding": ["PCMU"], "sampleRate": 8000}),), 1003, "encoding"),
        ((start(mediaFormat={"encoding": "PCMU", "sampleRate": 44100}),), 1003, "found 44100; allowed: 8000"),
        ((start(mediaFormat={"encoding": "PCMU"}),), 1003, "sampleRate"),
        ((start(mediaFormat={"encoding": "PCMU", "sampleRate": "fast"}),), 1003, "sampleRate"),
        ((start(mediaFormat={"encoding": "PCMU", "sampleRate": 8000, "channels": 2}),), 1003, "channels"),
        (tuple([CONNECTED] * 17), 1008, "16 messages"),
        ((start(), *[MEDIA.replace('"payload"', '"sound"')] * (MOST_BAD_MEDIA + 1)), 1007, "51 bad media"),
    ],
)
def test_what_breaks_the_protocol_is_refused_with_its_code(
    messages: tuple[str | bytes, ...], code: int, word: str
) -> None:
    close = refusal(*messages)

    assert close.code == code
    assert word in close.reason


def test_the_largest_message_is_accepted() -> None:
    dialect = live()
    message = media(1, b"\xff" * 49000)
    message += " " * (LARGEST_MESSAGE - len(message))

    (frame,) = dialect.receive(message, NOON)

    assert isinstance(frame, AudioFrame)
    assert len(frame.samples) == 49000


def test_one_good_message_among_bad_ones_is_enough_to_go_on() -> None:
    dialect = live()
    bad = media(2, DATA).replace('"payload"', '"sound"')
    for _ in range(5):
        for _ in range(MOST_BAD_MEDIA):
            dialect.receive(bad, NOON)
        dialect.receive(media(1, DATA), NOON)

    assert dialect.close is None


def test_a_refused_call_was_never_started() -> None:
    asked: list[tuple[str | None, CallStarted]] = []

    def listen(token: str | None, call: CallStarted) -> CallStarted:
        asked.append((token, call))
        return nobody(token, call)

    dialect = Twilio(opened_at=NOON, admit=listen)

    assert dialect.receive(start({"token": "guess"}), NOON) == ()
    assert dialect.close is not None
    assert (dialect.close.code, asked[0][0], asked[0][1].call_id) == (1008, "guess", "CA1")
    assert dialect.closed(after(1)) == ()


def test_a_connection_without_a_start_is_closed_after_five_seconds() -> None:
    """By the tick, or by whatever it says then."""
    waiting, talking = a_twilio(), a_twilio()

    assert waiting.tick(after(5)) == ()
    assert waiting.close is None
    waiting.tick(after(5.1))
    talking.receive(start(), after(5.1))

    for dialect in (waiting, talking):
        assert dialect.close == Close(code=1008, reason="no valid start within 5 s")


def test_a_silent_source_is_counted_after_15_s_and_ended_after_60_s() -> None:
    dialect = live()
    dialect.receive(media(1, DATA), after(1))
    early = [dialect.tick(after(second)) for second in range(2, 61)]
    counted = dict(dialect.rejected)
    (*_, ended) = dialect.tick(after(61))

    assert not any(early)
    assert counted == {"quiet": 1}
    assert ended == CallEnded(call_id=started().call_id, end_s=0.02, reason=EndReason.TIMEOUT)
    assert dialect.close == Close(code=1000, reason="no audio for 60 s")


def test_marks_do_not_keep_a_silent_source_alive() -> None:
    dialect = live()
    for second in range(1, 61):
        dialect.receive(json.dumps({"event": "mark", "mark": {"name": "x"}}), after(second))
        events = dialect.tick(after(second))

    assert isinstance(events[-1], CallEnded)


@pytest.mark.parametrize("code", [1000, 1001, 1006])
def test_a_socket_that_goes_without_stop_is_an_abrupt_end(code: int) -> None:
    """What was held for order is handed on first; a second report says nothing."""
    dialect = live()
    dialect.receive(media(1, DATA), NOON)
    dialect.receive(media(3, DATA), after(0.04))

    events = dialect.closed(after(0.05), code)

    assert [type(event).__name__ for event in events] == ["Gap", "AudioFrame", "Gap", "CallEnded"]
    assert events[-1] == CallEnded(call_id=started().call_id, end_s=0.06, reason=EndReason.ABRUPT)
    assert dialect.closed(after(1), code) == ()


def test_nothing_is_taken_after_the_end() -> None:
    dialect = live()
    dialect.receive(STOP, NOON)

    assert dialect.receive(MEDIA, NOON) == ()
    assert dialect.receive(start(), NOON) == ()
    assert dialect.tick(after(100)) == ()
    assert dialect.rejected == {"after_end": 2}


def test_an_arrival_clock_that_goes_back_harms_nothing() -> None:
    dialect = live()
    dialect.receive(media(1, DATA), after(3))

    events = [*dialect.receive(media(2, DATA), after(-3600)), *dialect.tick(after(-3600)), *dialect.closed(NOON)]

    assert isinstance(events[-1], CallEnded)
    assert events[-1].end_s == pytest.approx(0.04)


class AnyOrder(RuleBasedStateMachine):
    """Valid and invalid messages in any order and at any time: whatever happens, one start, one end, a whole clock."""

    def __init__(self) -> None:
        super().__init__()
        self.dialect = a_twilio()
        self.events: list[CallEvent] = []
        self.now_s = 0.0
        self.gone = False

    def say(self, message: str | bytes) -> None:
        self.events += self.dialect.receive(message, after(self.now_s))

    @precondition(lambda self: not self.gone)
    @rule(tracks=st.sampled_from([["inbound"], ["outbound"], ["inbound", "outbound"], ["x"], []]))
    def starts(self, tracks: list[str]) -> None:
        self.say(start(tracks=tracks))

    @precondition(lambda self: not self.gone)
    @rule(
        number=st.integers(0, 30),
        track=st.sampled_from(["inbound", "outbound", "x", ""]),
        at_ms=st.one_of(st.none(), st.integers(0, 1000), st.integers(0, 10**15)),
        data=st.binary(max_size=400),
    )
    def sends_audio(self, number: int, track: str, at_ms: int | None, data: bytes) -> None:
        self.say(media(number, data, track=track, at_ms=at_ms))

    @precondition(lambda self: not self.gone)
    @rule(message=st.one_of(st.text(max_size=20), st.binary(max_size=20), st.sampled_from([CONNECTED, "{}"])))
    def says_anything(self, message: str | bytes) -> None:
        self.say(message)

    @rule(seconds=st.floats(0, 20))
    def waits(self, seconds: float) -> None:
        self.now_s += seconds
        self.events += self.dialect.tick(after(self.now_s))

    @precondition(lambda self: not self.gone)
    @rule()
    def stops(self) -> None:
        self.say(STOP)

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


class AnyOrderAtLength(AnyOrder):
    """The same, a thousand times fifty steps."""


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=30, deadline=None, derandomize=True)
TestAnyOrderAtLength = pytest.mark.slow(AnyOrderAtLength.TestCase)
TestAnyOrderAtLength.settings = settings(max_examples=1000, stateful_step_count=50, deadline=None, derandomize=True)
