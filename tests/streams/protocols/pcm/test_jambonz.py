"""jambonz `listen`: attributes of the call, and metadata that may lie over any of them."""

import json

import pytest

from streams.protocols.pcm.session import Pcm
from streams.protocols.route import Route
from streams.records import CallStarted, Direction, Speaker
from streams.refusals import Close
from tests.streams.protocols.pcm.sources import PAIR, a_source
from tests.streams.sessions import NOON, assert_whole, play, some_bytes, sound

SOURCE = a_source("jambonz")
ATTRIBUTES = {
    "callSid": "CS-1",
    "parentCallSid": "CS-0",
    "accountSid": "AC-1",
    "direction": "inbound",
    "from": "+33123456789",
    "to": "+33987654321",
    "callerName": "Anne",
    "sip": {"headers": {"x": "y"}},
    "sampleRate": 16000,
    "mixType": "stereo",
}


def opened(route: Route = SOURCE.route) -> Pcm:
    return SOURCE.opened(route=route)


def hello(**metadata: object) -> str:
    return json.dumps(ATTRIBUTES | metadata)


def started(**metadata: object) -> CallStarted:
    return begun(SOURCE.route, hello(**metadata))


def begun(route: Route, message: str) -> CallStarted:
    (call,) = opened(route).receive(message, NOON)
    assert isinstance(call, CallStarted)
    return call


def test_the_attributes_are_kept_under_the_providers_names() -> None:
    call = started()

    assert (call.call_id, call.dialect, call.direction) == ("CS-1", "jambonz", Direction.INBOUND)
    assert (call.rate_hz, call.channels) == (16000, PAIR)
    assert (call.metadata["session_id"], call.metadata["conversation_id"]) == ("CS-1", "CS-0")
    assert (call.metadata["from"], call.metadata["callerName"]) == ("+33123456789", "Anne")
    assert "sip" not in call.metadata


def test_our_facts_may_come_as_metadata() -> None:
    """The application passes them with the verb; numbers are as good as text."""
    call = started(call_id="crm-7", agent_id=1001, team="billing", language="fr-CA", consent="granted", token="s3cret")

    assert (call.call_id, call.agent_id, call.team) == ("crm-7", "1001", "billing")
    assert (call.language, call.consent) == ("fr", "granted")
    assert "s3cret" not in repr(call)


@pytest.mark.parametrize(
    ("mix", "channels"),
    [("mono", (Speaker.UNKNOWN,)), ("mixed", (Speaker.MIXED,)), ("stereo", (Speaker.UNKNOWN, Speaker.UNKNOWN))],
)
def test_the_mix_says_how_many_channels(mix: str, channels: tuple[Speaker, ...]) -> None:
    assert begun(Route(), hello(mixType=mix)).channels == channels


def test_a_map_of_another_size_is_not_used() -> None:
    assert started(mixType="mono").channels == (Speaker.UNKNOWN,)


@pytest.mark.parametrize("rate_hz", [8000, 16000, 24000, 48000, 64000, "16000", "16k"])
def test_every_rate_that_it_offers_is_followed(rate_hz: object) -> None:
    assert started(sampleRate=rate_hz).rate_hz == int(str(rate_hz).replace("k", "000"))


def test_what_is_not_said_is_the_providers_default() -> None:
    call = begun(Route(), hello(sampleRate=None, mixType=None))

    assert (call.rate_hz, call.channels) == (8000, (Speaker.UNKNOWN,))


@pytest.mark.parametrize("odd", ["loud", 7, 0, -1, True, [], {}, {"a": 1}, "", 10**30, "\0"])
def test_metadata_over_rate_and_mix_gives_way_to_the_route(odd: object) -> None:
    """The customer's own fields of the same name: no crash, no shifted channel, as the operator said."""
    route = Route(rate_hz=24000, channels=PAIR)
    data = some_bytes(1, 4800)

    events = play(opened(route), [hello(sampleRate=odd, mixType=odd), data])

    call = events[0]
    assert isinstance(call, CallStarted)
    assert (call.rate_hz, call.channels) == (24000, PAIR)
    assert sound(events, 1).tolist() == SOURCE.samples(data, 1).tolist()


@pytest.mark.parametrize("odd", [{}, [], "", True, 5, "x" * 600])
@pytest.mark.parametrize("name", ["callSid", "direction", "from", "language", "callerName", "weight"])
def test_metadata_over_anything_else_ends_no_call(name: str, odd: object) -> None:
    call = started(**{name: odd})

    assert call.call_id in ("CS-1", "given-1", str(odd))
    assert len(call.metadata) <= 32


@pytest.mark.parametrize("name", ["consent", "notice", "tenant", "call_id"])
def test_a_fact_of_ours_that_is_wrong_is_refused(name: str) -> None:
    """A misspelt consent must not turn into the route's."""
    dialect = opened()

    assert dialect.receive(hello(**{name: "a/b"}), NOON) == ()
    assert dialect.close is not None
    assert (dialect.close.code, dialect.close.reason.split(":")[0]) == (1008, name)


def test_secrets_are_kept_nowhere() -> None:
    secrets = {
        name: "s3cret" for name in ("apiKey", "X-Api-Key", "Authorization", "password", "access_token", "cookie")
    }

    assert "s3cret" not in repr(started(**secrets))


def test_a_hundred_fields_are_cut_to_what_is_kept() -> None:
    call = started(**{f"k{index}": index for index in range(100)})

    assert len(call.metadata) == 32
    assert call.metadata["session_id"] == "CS-1"


def test_it_ends_with_its_socket() -> None:
    dialect = SOURCE.live()

    events = dialect.closed(NOON, 1000)

    assert dialect.close is None
    assert [type(event).__name__ for event in events] == ["CallEnded"]


def test_an_end_of_ours_is_understood_as_well() -> None:
    dialect = SOURCE.opened()

    events = play(dialect, [hello(), '{"event":"end"}'])

    assert_whole(events)
    assert dialect.close == Close(code=1000, reason="the call has ended")
