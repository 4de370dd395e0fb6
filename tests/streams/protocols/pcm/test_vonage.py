"""Vonage voice sockets: one mixed channel, the format in `content-type`, the customer's headers beside it."""

import json

import pytest

from streams.protocols.pcm.session import Pcm
from streams.protocols.route import Route
from streams.records import CallEvent, CallStarted, Dtmf, Speaker
from tests.streams.protocols.pcm.sources import a_source
from tests.streams.sessions import NOON, after

SOURCE = a_source("vonage")


def hello(content_type: object = "audio/l16;rate=16000", **headers: object) -> str:
    message = {"event": "websocket:connected", "content-type": content_type} | headers
    return json.dumps({name: value for name, value in message.items() if value is not None})


def started(message: str, route: Route | None = None) -> CallStarted:
    (call,) = SOURCE.opened(route=route).receive(message, NOON)
    assert isinstance(call, CallStarted)
    return call


def said(text: str) -> tuple[list[CallEvent], Pcm]:
    dialect = SOURCE.live()
    return list(dialect.receive(text, after(1))), dialect


def test_custom_headers_are_metadata_and_our_facts() -> None:
    call = started(hello(uuid="v-1", conversation_uuid="CON-1", agent_id="a-7", queue="vip"))

    assert (call.call_id, call.agent_id, call.channels) == ("v-1", "a-7", (Speaker.MIXED,))
    assert (call.metadata["session_id"], call.metadata["conversation_id"]) == ("v-1", "CON-1")
    assert call.metadata["queue"] == "vip"
    assert "event" not in call.metadata


@pytest.mark.parametrize(
    ("content_type", "rate_hz"),
    [("audio/l16;rate=8000", 8000), ("audio/L16; rate=16000", 16000), ("audio/l16;rate=24000", 24000)],
)
def test_the_content_type_names_the_rate(content_type: str, rate_hz: int) -> None:
    assert started(hello(content_type)).rate_hz == rate_hz


def test_the_older_form_has_no_event() -> None:
    assert started(hello(event=None)).rate_hz == 16000


def test_without_a_content_type_the_route_knows() -> None:
    assert started(hello(None), Route(rate_hz=8000)).rate_hz == 8000


@pytest.mark.parametrize("content_type", [None, "audio/l16", "audio/l16;rate=fast", "audio/pcmu;rate=8000", "", ";"])
def test_a_format_that_nobody_names_is_refused(content_type: str | None) -> None:
    dialect = SOURCE.opened()

    assert dialect.receive(hello(content_type), NOON) == ()
    assert dialect.close is not None
    assert dialect.close.code == 1003
    assert dialect.close.reason.startswith("content-type: found")


def test_one_socket_per_leg_has_the_route_s_role() -> None:
    assert started(hello(), Route(channels=(Speaker.CUSTOMER,))).channels == (Speaker.CUSTOMER,)


def test_a_side_in_the_headers_is_a_role() -> None:
    assert started(hello(side="agent")).channels == (Speaker.AGENT,)


@pytest.mark.parametrize(
    "text",
    [
        '{"event":"websocket:dtmf","digit":"5","duration":260}',
        '{"event":"dtmf","digit":"5"}',
        '{"dtmf":"5"}',
        '{"digit":"5","event":"websocket:dtmf"}',
    ],
)
def test_keys_come_in_newer_and_older_forms(text: str) -> None:
    events, _ = said(text)

    assert [event.digit for event in events if isinstance(event, Dtmf)] == ["5"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ('{"event":"websocket:cleared"}', {}),
        ('{"event":"websocket:notify","payload":{"a":1}}', {}),
        ('{"event":"websocket:else"}', {"unknown_event": 1}),
        ("hello", {"unknown_event": 1}),
        ('{"event":"websocket:dtmf"}', {"bad_dtmf": 1}),
        ('{"event":["websocket:notify"]}', {"unknown_event": 1}),
    ],
)
def test_other_events_change_nothing(text: str, counted: dict[str, int]) -> None:
    events, dialect = said(text)

    assert events == []
    assert dialect.rejected == counted
    assert dialect.close is None


def test_an_event_before_the_start_is_waited_through() -> None:
    dialect = SOURCE.opened()

    assert dialect.receive('{"event":"websocket:notify"}', NOON) == ()
    assert len(dialect.receive(hello(), NOON)) == 1
    assert dialect.rejected == {"before_start": 1}
