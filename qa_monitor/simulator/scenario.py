"""A planned call to the messages a telephony system would send over a websocket, in order and in time. Pure."""

from collections.abc import Iterator

from qa_monitor.simulator.carriage import carriage
from qa_monitor.simulator.planned import (
    PREAMBLE_FAMILY,
    TWILIO_FAMILY,
    PlannedCall,
    StreamProtocol,
    TimedMessage,
    Wire,
)
from qa_monitor.simulator.protocols.pcm import pcm
from qa_monitor.simulator.protocols.preamble import described_stream
from qa_monitor.simulator.protocols.twilio import media_stream

__all__ = ["PlannedCall", "StreamProtocol", "TimedMessage", "messages"]


def messages(
    call: PlannedCall, protocol: StreamProtocol, token: str | None = None, wire: Wire | None = None
) -> Iterator[TimedMessage]:
    """Everything to send for one call by a protocol that only sends. Raises ValueError for what it cannot carry.

    The token is written where the protocol has a place for one: `pcm` and its kin send theirs in a header instead.
    """
    carried = carriage(protocol)
    wire = wire or Wire(announced=carried.encodings[0])
    if call.rate_hz not in carried.rates_hz and protocol is not StreamProtocol.PCM:
        rates = ", ".join(map(str, carried.rates_hz))
        raise ValueError(f"call {call.call_id}: {protocol} carries {rates} Hz, not {call.rate_hz}")
    if len(call.channels) > carried.channels:
        raise ValueError(f"call {call.call_id}: {protocol} carries one channel, not {len(call.channels)}")
    if protocol is StreamProtocol.PCM:
        return pcm(call, wire, token)
    if protocol in TWILIO_FAMILY:
        return media_stream(call, protocol, wire, token)
    if protocol in PREAMBLE_FAMILY:
        return described_stream(call, protocol, wire, token)
    raise ValueError(f"{protocol} is a conversation, not a list of messages")
