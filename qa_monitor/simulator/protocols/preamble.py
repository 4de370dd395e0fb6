"""Sources that send one description, then raw sound: jambonz, FreeSWITCH, Vonage, LCA, Asterisk."""

import json
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from qa_monitor.simulator.planned import FRAME_S, PlannedCall, StreamProtocol, TimedMessage, Wire
from qa_monitor.simulator.protocols.pcm import binary
from qa_monitor.simulator.protocols.twilio import CALLED, CALLER
from streams.records import Speaker
from streams.samples.codec import Encoding

LCA_FRAME_S = 0.2
_SLIN = {8000: "slin", 12_000: "slin12", 16_000: "slin16", 24_000: "slin24", 32_000: "slin32", 44_100: "slin44"}
_SLIN_48 = "slin48"
_G711 = {Encoding.MULAW: "ulaw", Encoding.ALAW: "alaw"}


def described_stream(
    call: PlannedCall, protocol: StreamProtocol, wire: Wire, token: str | None
) -> Iterator[TimedMessage]:
    """Everything to send for one call; where the protocol has no end message, the socket is closed instead."""
    yield TimedMessage(at_s=0.0, data=description(call, protocol, wire, token))
    yield from binary(call, wire, LCA_FRAME_S if protocol is StreamProtocol.LCA else FRAME_S)
    if protocol is StreamProtocol.LCA:
        yield TimedMessage(at_s=call.duration_s, data=json.dumps({"callEvent": "END", "callId": call.call_id}))


def description(call: PlannedCall, protocol: StreamProtocol, wire: Wire, token: str | None) -> str:
    """The first text message. Asterisk and LCA have no room for facts of ours: see `query_of`."""
    facts = facts_of(call, token)
    match protocol:
        case StreamProtocol.JAMBONZ:
            return json.dumps({**_jambonz(call), **facts})
        case StreamProtocol.AUDIO_FORK | StreamProtocol.AUDIO_STREAM:
            return json.dumps({**facts, "sampleRate": call.rate_hz, "mixType": mix_of(call)})
        case StreamProtocol.VONAGE:
            kind = f"audio/l16;rate={call.rate_hz}"
            return json.dumps({"event": "websocket:connected", "content-type": kind, **facts})
        case StreamProtocol.LCA:
            return json.dumps(_lca(call))
        case StreamProtocol.ASTERISK:
            return _media_start(call, wire)
        case _:
            raise ValueError(f"{protocol} does not begin with a description")


def query_of(call: PlannedCall, protocol: StreamProtocol, token: str | None) -> str:
    """What travels in the address, with its question mark; empty where the description says it all."""
    if protocol not in (StreamProtocol.ASTERISK, StreamProtocol.LCA):
        return ""
    return "?" + urlencode(facts_of(call, token))


def facts_of(call: PlannedCall, token: str | None) -> Mapping[str, str]:
    """What the operator of such a source writes into its metadata, the role of each channel included."""
    facts = {**call.facts(), "channels": ",".join(call.channels)}
    return {**facts, "token": token} if token else facts


def mix_of(call: PlannedCall) -> str:
    """`mono` is one person alone, `mixed` both in one channel."""
    if len(call.channels) == 2:
        return "stereo"
    return "mixed" if call.channels == (Speaker.MIXED,) else "mono"


def _jambonz(call: PlannedCall) -> Mapping[str, object]:
    return {
        "callSid": call.call_id,
        "callId": f"sip-{call.call_id}",
        "direction": call.direction.value,
        "from": CALLER,
        "to": CALLED,
        "sampleRate": call.rate_hz,
        "mixType": mix_of(call),
    }


def _lca(call: PlannedCall) -> Mapping[str, object]:
    return {
        "callEvent": "START",
        "callId": call.call_id,
        "fromNumber": CALLER,
        "toNumber": CALLED,
        "agentId": call.agent_id,
        "samplingRate": call.rate_hz,
        "shouldRecordCall": False,
    }


def _media_start(call: PlannedCall, wire: Wire) -> str:
    form = _G711.get(wire.announced) or _SLIN.get(call.rate_hz, _SLIN_48)
    name = call.call_id if call.side is None else f"{call.call_id}-{call.side}"
    said = {
        "connection_id": f"media-{name}",
        "channel": f"WebSocket/{name}",
        "channel_id": f"channel-{name}",
        "format": form,
        "optimal_frame_size": round(FRAME_S * call.rate_hz) * wire.announced.width,
        "ptime": round(FRAME_S * 1000),
    }
    if wire.json_control:
        return json.dumps({"event": "MEDIA_START", **said, "channel_variables": {}})
    return "MEDIA_START " + " ".join(f"{name}:{value}" for name, value in said.items())
