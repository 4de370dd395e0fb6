"""Our own events between the samples: keys, pauses, another language, another agent; and what address and route say."""

import json

import pytest

from streams.consent import Consent, Notice
from streams.protocols.pcm.session import Pcm
from streams.protocols.route import Route
from streams.records import (
    AgentChanged,
    AudioFrame,
    CallEvent,
    CallId,
    CallStarted,
    Direction,
    Dtmf,
    Gap,
    GapReason,
    Language,
    LanguageChanged,
    Paused,
    Resumed,
    Speaker,
)
from streams.refusals import Refused
from streams.samples.codec import Encoding
from tests.streams.sessions import NOON, after, assert_whole, everyone, play, preamble, some_bytes

ID = CallId("c-1")
SECOND = some_bytes(1, 32_000)
ROUTE = Route(
    tenant="acme",
    team="sales",
    language=Language.FR,
    direction=Direction.OUTBOUND,
    notice=Notice.PLAYED,
    consent=Consent.GRANTED,
    rate_hz=16000,
    encoding=Encoding.MULAW,
    channels=(Speaker.AGENT, Speaker.CUSTOMER),
)


def live() -> Pcm:
    """A call that has lasted a second."""
    dialect = Pcm(opened_at=NOON, admit=everyone, route=Route())
    dialect.receive(preamble(), NOON)
    dialect.receive(SECOND, after(1))
    return dialect


def told(dialect: Pcm, message: dict[str, object]) -> list[CallEvent]:
    return list(dialect.receive(json.dumps(message), after(1)))


def said(dialect: Pcm, at_s: float = 1.0, **message: str) -> list[CallEvent]:
    return list(dialect.receive(json.dumps(message), after(at_s)))


def test_a_key_is_told_with_its_second() -> None:
    assert said(live(), event="dtmf", digit="#") == [Dtmf(call_id=ID, channel=None, digit="#", at_s=1.0)]


def test_another_language_is_told_with_its_second() -> None:
    assert said(live(), event="language", language="en-GB") == [
        LanguageChanged(call_id=ID, at_s=1.0, language=Language.EN)
    ]


def test_another_agent_is_told_with_its_second() -> None:
    assert said(live(), event="agent", agent_id="a-8", team="claims") == [
        AgentChanged(call_id=ID, at_s=1.0, agent_id="a-8", team="claims")
    ]


@pytest.mark.parametrize(
    ("message", "counted"),
    [
        ({"event": "dtmf"}, "bad_dtmf"),
        ({"event": "dtmf", "digit": 5}, "bad_dtmf"),
        ({"event": "dtmf", "digit": "12"}, "bad_dtmf"),
        ({"event": "language", "language": "de"}, "bad_event"),
        ({"event": "language"}, "bad_event"),
        ({"event": "agent", "team": "claims"}, "bad_event"),
        ({"event": "agent", "agent_id": 7}, "bad_event"),
        ({"event": ["pause"]}, "unknown_event"),
        ({"event": "hold"}, "unknown_event"),
    ],
)
def test_what_makes_no_sense_is_counted_and_ignored(message: dict[str, object], counted: str) -> None:
    dialect = live()

    assert told(dialect, message) == []
    assert dialect.rejected == {counted: 1}
    assert dialect.close is None


def test_a_pause_is_as_long_as_the_clock_says() -> None:
    dialect = live()

    events = [*said(dialect, 1.0, event="pause"), *said(dialect, 6.5, event="resume")]

    paused = [
        Gap(call_id=ID, channel=channel, start_s=1.0, duration_s=5.5, reason=GapReason.PAUSED) for channel in (0, 1)
    ]
    assert events == [Paused(call_id=ID, at_s=1.0), *paused, Resumed(call_id=ID, at_s=6.5)]


def test_what_is_sent_in_a_pause_is_not_heard_and_shifts_nothing() -> None:
    """Half a group before the pause, half of it after: the channels stay where they are."""
    dialect = live()
    dialect.receive(b"\x09\x09\x09", after(1))
    said(dialect, 1.0, event="pause")

    assert dialect.receive(b"\x09" * 5, after(2)) == ()

    said(dialect, 3.0, event="resume")
    events = dialect.receive(b"\x01\x00\x02\x00", after(3))
    assert [event.samples.tolist() for event in events if isinstance(event, AudioFrame)] == [[1], [2]]
    assert dialect.rejected == {"while_paused": 1}


def test_a_long_pause_does_not_end_the_call() -> None:
    """The watchdog stands still for an hour, and runs again afterwards."""
    dialect = live()
    said(dialect, 1.0, event="pause")
    for minute in range(60):
        assert dialect.tick(after(1 + minute * 60)) == ()
    said(dialect, 3600, event="resume")

    assert dialect.close is None
    dialect.tick(after(3661))
    assert dialect.close is not None
    assert dialect.close.reason == "no audio for 60 s"


def test_a_call_that_ends_in_a_pause_is_as_long_as_it_lasted() -> None:
    dialect = Pcm(opened_at=NOON, admit=everyone, route=Route())
    events = [*dialect.receive(preamble(), NOON), *dialect.receive(SECOND, after(1))]
    events += said(dialect, 1.0, event="pause")
    events += dialect.closed(after(4))

    assert_whole(events)
    assert [event.duration_s for event in events if isinstance(event, Gap)] == [3.0, 3.0]


def test_a_pause_before_the_first_audio_shifts_no_later_gap() -> None:
    """The stall after it is found in its place."""
    dialect = Pcm(opened_at=NOON, admit=everyone, route=Route())
    dialect.receive(preamble(), NOON)
    said(dialect, 1.0, event="pause")
    said(dialect, 5.0, event="resume")
    dialect.receive(SECOND, after(6))

    events = [event for tenth in range(61, 100) for event in dialect.tick(after(tenth / 10))]

    assert isinstance(events[0], Gap)
    assert events[0].start_s == 5.0
    assert events[0].duration_s == pytest.approx(2.5, abs=0.11)


def test_the_route_says_what_the_preamble_does_not() -> None:
    bare = json.dumps({"call_id": "c-1"})

    (call,) = Pcm(opened_at=NOON, admit=everyone, route=ROUTE).receive(bare, NOON)

    assert isinstance(call, CallStarted)
    assert (call.tenant, call.team, call.language, call.direction) == ("acme", "sales", "fr", "outbound")
    assert (call.notice, call.consent) == (Notice.PLAYED, Consent.GRANTED)
    assert (call.rate_hz, call.channels) == (16000, (Speaker.AGENT, Speaker.CUSTOMER))


def test_the_address_says_more_than_the_route_and_less_than_the_preamble() -> None:
    query = {
        **{"agent_id": "q-1", "team": "q-team", "channels": "mixed", "encoding": "pcm16", "rate_hz": "8000"},
        **{"queue": "vip", "api_key": "s3cret"},
    }
    message = json.dumps({"call_id": "c-1", "team": "m-team", "metadata": {"queue": "basic"}})

    events = play(Pcm(opened_at=NOON, admit=everyone, route=ROUTE, query=query), [message, bytes(1600)])

    call = events[0]
    assert isinstance(call, CallStarted)
    assert (call.agent_id, call.team, call.tenant) == ("q-1", "m-team", "acme")
    assert (call.rate_hz, call.channels) == (8000, (Speaker.MIXED,))
    assert call.metadata == {"queue": "basic"}


def test_admission_may_fill_in_what_was_announced() -> None:
    def announced(token: str | None, call: CallStarted) -> CallStarted:
        if token != "once":
            raise Refused(1008, "not announced")
        return CallStarted(
            call_id=CallId("known-1"),
            channels=call.channels,
            rate_hz=call.rate_hz,
            started_at=call.started_at,
            dialect=call.dialect,
        )

    events = play(Pcm(opened_at=NOON, admit=announced, route=Route()), [preamble(token="once"), SECOND])

    assert {event.call_id for event in events} == {"known-1"}
