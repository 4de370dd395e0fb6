"""AWS Live Call Analytics: START, two channels, END."""

import json

import pytest

from streams.protocols.route import Route
from streams.records import CallEnded, CallStarted, EndReason, Speaker
from streams.refusals import Close
from tests.streams.protocols.pcm.sources import PAIR, a_source
from tests.streams.sessions import NOON, after, assert_whole, play, sound

SOURCE = a_source("lca")
END = '{"callEvent":"END","callId":"l-1"}'
START = {
    "callEvent": "START",
    "callId": "l-1",
    "fromNumber": "+33123456789",
    "toNumber": "+33987654321",
    "agentId": "Anne",
    "samplingRate": 8000,
    "shouldRecordCall": True,
}


def hello(**changes: object) -> str:
    return json.dumps({name: value for name, value in (START | changes).items() if value is not None})


def started(message: str, route: Route | None = None) -> CallStarted:
    (call,) = SOURCE.opened(route=route).receive(message, NOON)
    assert isinstance(call, CallStarted)
    return call


def test_the_start_says_who_and_what() -> None:
    call = started(hello())

    assert (call.call_id, call.agent_id, call.rate_hz, call.channels) == ("l-1", "Anne", 8000, PAIR)
    assert call.metadata["session_id"] == call.metadata["conversation_id"] == "l-1"
    assert (call.metadata["fromNumber"], call.metadata["shouldRecordCall"]) == ("+33123456789", "True")


@pytest.mark.parametrize("missing", ["callEvent", "callId", "fromNumber", "toNumber", "agentId", "shouldRecordCall"])
def test_any_field_may_be_missing(missing: str) -> None:
    call = started(hello(**{missing: None}))

    assert call.call_id == ("given-1" if missing == "callId" else "l-1")


def test_a_missing_rate_is_the_route_s_and_else_refused() -> None:
    assert started(hello(samplingRate=None), Route(rate_hz=16000)).rate_hz == 16000
    dialect = SOURCE.opened()
    assert dialect.receive(hello(samplingRate=None), NOON) == ()
    assert dialect.close is not None
    assert dialect.close.code == 1003
    assert dialect.close.reason.startswith("samplingRate: found nothing; allowed: 8000 to 64000; or set rate_hz")


def test_caller_and_agent_are_where_the_protocol_says_unless_the_operator_knows_better() -> None:
    swapped = (Speaker.AGENT, Speaker.CUSTOMER)

    assert started(hello()).channels == PAIR
    assert started(hello(), Route(channels=swapped)).channels == swapped
    assert started(hello(), Route(channels=(Speaker.MIXED,))).channels == (Speaker.MIXED,)


def test_we_close_at_the_end_though_the_source_goes_on() -> None:
    dialect = SOURCE.opened()
    data = SOURCE.audio(1)

    events = play(dialect, [hello(), data, END, data, data], step_s=0.0)
    events += dialect.closed(after(9))

    assert_whole(events)
    assert dialect.close == Close(code=1000, reason="the call has ended")
    assert sound(events, 1).tolist() == SOURCE.samples(data, 1).tolist()
    assert isinstance(events[-1], CallEnded)
    assert events[-1].reason is EndReason.END


def test_an_end_before_the_start_is_waited_through() -> None:
    dialect = SOURCE.opened()

    assert dialect.receive(END, NOON) == ()
    assert dialect.rejected == {"before_start": 1}
    assert len(dialect.receive(hello(), NOON)) == 1


def test_a_start_that_is_no_object_is_refused() -> None:
    dialect = SOURCE.opened()

    assert dialect.receive("START", NOON) == ()
    assert dialect.close is not None
    assert dialect.close.code == 1007


def test_other_events_are_counted() -> None:
    dialect = SOURCE.live()

    assert play(dialect, ['{"callEvent":"HOLD"}', "not json"]) == []
    assert dialect.rejected == {"unknown_event": 2}
