"""A connection per person: what each of the two says, and what cannot be played so."""

import asyncio
import json
from urllib.parse import parse_qs

import numpy as np
import pytest

from qa_monitor.simulator.fitting import fitted
from qa_monitor.simulator.line import Line, SimulationError
from qa_monitor.simulator.planned import PlannedCall, StreamProtocol, Wire
from qa_monitor.simulator.protocols.preamble import description, query_of
from qa_monitor.simulator.recording import Recording
from qa_monitor.simulator.run import SimulationOptions, plan_sound
from qa_monitor.simulator.scenario import messages
from qa_monitor.simulator.sender import play
from streams.records import CallId, Speaker
from streams.samples.codec import Encoding
from tests.qa_monitor.simulator.builders import a_call

APART = (StreamProtocol.VONAGE, StreamProtocol.ASTERISK)


def facts_said(call: PlannedCall, protocol: StreamProtocol) -> dict[str, object]:
    """All that a connection says of itself, in its address and its first message."""
    query = parse_qs(query_of(call, protocol, None).removeprefix("?"))
    said = json.loads(description(call, protocol, Wire(), None))
    return {**{name: value for name, (value,) in query.items()}, **said}


@pytest.mark.parametrize("protocol", APART)
def test_each_connection_says_whose_voice_it_carries(protocol: StreamProtocol) -> None:
    """Of the same call; all its sound is one column of the call."""
    call = a_call(4000)
    for channel, speaker in enumerate((Speaker.CUSTOMER, Speaker.AGENT)):
        voice = call.voice(channel)
        said = facts_said(voice, protocol)
        sound = b"".join(one.data for one in messages(voice, protocol) if isinstance(one.data, bytes))

        assert (said["call_id"], said["side"], said["channels"]) == (call.call_id, speaker, speaker)
        assert sound == call.samples[:, channel].tobytes()


def test_a_call_on_one_connection_says_no_side() -> None:
    """A service pairs what says one."""
    call = fitted(a_call(4000), StreamProtocol.VONAGE, Encoding.PCM16)

    assert call.channels == (Speaker.MIXED,)
    assert "side" not in facts_said(call, StreamProtocol.VONAGE)


@pytest.mark.parametrize("protocol", APART)
def test_nobody_is_mixed_with_anybody_where_each_has_a_connection(protocol: StreamProtocol) -> None:
    recording = Recording(rate_hz=8000, samples=a_call(800).samples)
    options = SimulationOptions(files=[], protocol=protocol, two_sockets=True)

    call = plan_sound(recording, CallId("c-1"), options)

    assert call.channels == (Speaker.CUSTOMER, Speaker.AGENT)
    np.testing.assert_array_equal(call.samples, recording.samples)


def test_a_protocol_that_carries_both_people_needs_no_second_connection() -> None:
    with pytest.raises(SimulationError, match="two-sockets: twilio carries both people on one connection"):
        Line(url="http://host", protocol=StreamProtocol.TWILIO, two_sockets=True)


def test_nobody_listening_is_told_once_and_nobody_waits() -> None:
    """Neither connection waits for the other one for ever."""
    line = Line(url="http://127.0.0.1:1", protocol=StreamProtocol.ASTERISK, two_sockets=True)
    (sent,) = asyncio.run(play([a_call(8000)], line))

    assert sent.error is not None
    assert "customer: nothing listens at " in sent.error
