"""Twilio media streams and those who follow their shape: Telnyx, Talkdesk, Exotel."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qa_monitor.simulator.planned import FRAME_S, PlannedCall, StreamProtocol, TimedMessage, Wire, pieces
from qa_monitor.simulator.protocols.wav import wav_header
from streams.records import Direction, Speaker
from streams.samples.codec import Encoding

CALLER = "+15555550100"
CALLED = "+15555550199"
EXOTEL_FRAME_S = 0.1
_TELNYX_NAMES = {Encoding.MULAW: "PCMU", Encoding.ALAW: "PCMA", Encoding.PCM16: "L16"}
_EXOTEL_NAMES = {Encoding.PCM16: "audio/x-raw", Encoding.MULAW: "audio/x-mulaw"}

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How one vendor words the messages around the sound."""

    number: str
    """The name of the sequence number."""
    stream: Json
    """The stream's id, as it stands in every message."""
    connected: Json
    start: Json
    stop: Json
    frame_s: float = FRAME_S


def media_stream(call: PlannedCall, protocol: StreamProtocol, wire: Wire, token: str | None) -> Iterator[TimedMessage]:
    """Connected, start, sound per track in turn, stop; numbers as strings, as Twilio writes them."""
    shape = _shape(call, protocol, wire, {**call.facts(), **({"token": token} if token else {})})
    yield _event(0.0, {"event": "connected", **shape.connected})
    yield _event(0.0, {"event": "start", shape.number: "1", **shape.stream, "start": shape.start})
    number = 1
    tracks = _tracks(call)
    header = wav_header(wire.announced, call.rate_hz, 1) if wire.wav_header else b""
    for chunk, (start_s, end_s, piece) in enumerate(pieces(call, shape.frame_s), start=1):
        for channel, track in enumerate(tracks):
            number += 1
            payload = base64.b64encode(header + wire.write(piece[:, channel])).decode()
            media = {"chunk": str(chunk), "timestamp": str(round(start_s * 1000)), "payload": payload}
            media |= {"track": track} if track else {}
            event = {"event": "media", shape.number: str(number), **shape.stream, "media": media}
            yield _event(end_s, event, audio=True)
        header = b""
    stop = {"event": "stop", shape.number: str(number + 1), **shape.stream, "stop": shape.stop}
    yield _event(call.duration_s, stop)


def _shape(call: PlannedCall, protocol: StreamProtocol, wire: Wire, parameters: Mapping[str, str]) -> Shape:
    match protocol:
        case StreamProtocol.TELNYX:
            return _telnyx(call, wire, parameters)
        case StreamProtocol.EXOTEL:
            return _exotel(call, wire, parameters)
        case StreamProtocol.TALKDESK:
            known = {"interaction_id": call.call_id, "agent_id": call.agent_id, "account_id": "simulated"}
            return _twilio(call, {**known, "type": "input", **parameters})
        case _:
            return _twilio(call, parameters)


def _twilio(call: PlannedCall, parameters: Mapping[str, str]) -> Shape:
    stream = {"streamSid": f"MZ{call.call_id}"}
    who = {"accountSid": "AC-simulated", "callSid": f"CA{call.call_id}"}
    start = {
        **stream,
        **who,
        "tracks": _named(call),
        "customParameters": parameters,
        "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": call.rate_hz, "channels": 1},
    }
    connected = {"protocol": "Call", "version": "1.0.0"}
    return Shape(number="sequenceNumber", stream=stream, connected=connected, start=start, stop=who)


def _telnyx(call: PlannedCall, wire: Wire, parameters: Mapping[str, str]) -> Shape:
    who = {"user_id": "simulated", "call_control_id": f"v3:{call.call_id}"}
    start = {
        **who,
        "call_session_id": f"session-{call.call_id}",
        "from": CALLER,
        "to": CALLED,
        "tags": ["simulated"],
        "client_state": base64.b64encode(b"simulated").decode(),
        **({} if len(call.channels) == 2 else {"tracks": _named(call)}),  # Telnyx itself always sends both, unannounced
        "custom_parameters": parameters,
        "media_format": {"encoding": _TELNYX_NAMES[wire.announced], "sample_rate": call.rate_hz, "channels": 1},
    }
    return Shape(
        number="sequence_number",
        stream={"stream_id": f"stream-{call.call_id}"},
        connected={"version": "1.0.0"},
        start=start,
        stop=who,
    )


def _exotel(call: PlannedCall, wire: Wire, parameters: Mapping[str, str]) -> Shape:
    stream = {"stream_sid": f"stream-{call.call_id}"}
    who = {"call_sid": f"call-{call.call_id}", "account_sid": "simulated"}
    start = {
        **stream,
        **who,
        **({"tracks": _named(call)} if len(call.channels) == 2 else {}),  # Exotel itself sends one, unannounced
        "from": CALLER,
        "to": CALLED,
        "custom_parameters": parameters,
        "media_format": {
            "encoding": _EXOTEL_NAMES[wire.announced],
            "sample_rate": str(call.rate_hz),
            "bit_rate": str(8 * wire.announced.width),
        },
    }
    return Shape(number="sequence_number", stream=stream, connected={}, start=start, stop=who, frame_s=EXOTEL_FRAME_S)


def _tracks(call: PlannedCall) -> tuple[str, ...]:
    """The track each channel travels on; a single channel heard as both people has no name."""
    if call.channels == (Speaker.MIXED,):
        return ("",)
    caller = Speaker.AGENT if call.direction is Direction.OUTBOUND else Speaker.CUSTOMER
    return tuple("inbound" if speaker is caller else "outbound" for speaker in call.channels)


def _named(call: PlannedCall) -> list[str]:
    return [track for track in _tracks(call) if track]


def _event(at_s: float, event: Json, *, audio: bool = False) -> TimedMessage:
    return TimedMessage(at_s=at_s, data=json.dumps(event), audio=audio)
