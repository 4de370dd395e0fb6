"""A recorded call to the messages a telephony system would send, each with its second on the call's clock. Pure."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from streams.codec import Encoding, encode
from streams.records import CallId, Consent, Direction, Language, Notice, Samples, Speaker

FRAME_S = 0.02
TWILIO_RATE_HZ = 8000


class StreamProtocol(StrEnum):
    """How a call is streamed in; also the last part of the address."""

    TWILIO = "twilio"
    PCM = "pcm"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlannedCall:
    """One call to be played. `samples` has a row per moment and a column per channel, read-only."""

    call_id: CallId
    agent_id: str = ""
    team: str = ""
    tenant: str = "default"
    direction: Direction = Direction.INBOUND
    language: Language | None = None
    notice: Notice = Notice.NONE
    consent: Consent = Consent.UNKNOWN
    channels: tuple[Speaker, ...]
    rate_hz: int
    samples: Samples
    starts_after_s: float = 0.0
    """Wall seconds after the first call."""

    def __post_init__(self) -> None:
        if self.samples.ndim != 2 or self.samples.shape[1] != len(self.channels):
            raise ValueError(f"call {self.call_id}: samples {self.samples.shape} for {len(self.channels)} channels")

    @property
    def duration_s(self) -> float:
        """Seconds of audio."""
        return len(self.samples) / self.rate_hz

    def copied(self, number: int, starts_after_s: float) -> "PlannedCall":
        """The same audio as another call."""
        return replace(self, call_id=CallId(f"{self.call_id}-{number}"), starts_after_s=starts_after_s)

    def facts(self) -> Mapping[str, str]:
        """What is announced with the call in either protocol."""
        known = {
            "call_id": self.call_id,
            "agent_id": self.agent_id,
            "team": self.team,
            "tenant": self.tenant,
            "direction": self.direction.value,
            "notice": self.notice.value,
            "consent": self.consent.value,
        }
        return known if self.language is None else {**known, "language": self.language.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedMessage:
    """A message and when to send it: once the last of its audio has been spoken."""

    at_s: float
    data: str | bytes


def messages(call: PlannedCall, protocol: StreamProtocol, token: str | None = None) -> Iterator[TimedMessage]:
    """Everything to send for one call, in order. Twilio needs `rate_hz` 8000; only there the token is in a message."""
    match protocol:
        case StreamProtocol.PCM:
            return _pcm(call)
        case StreamProtocol.TWILIO:
            if call.rate_hz != TWILIO_RATE_HZ:
                raise ValueError(f"call {call.call_id}: twilio carries {TWILIO_RATE_HZ} Hz, not {call.rate_hz}")
            return _twilio(call, token)


def frames(call: PlannedCall) -> Iterator[tuple[float, float, Samples]]:
    """The audio in pieces of 20 ms: start, end, samples. The last may be shorter."""
    length = round(FRAME_S * call.rate_hz)
    for first in range(0, len(call.samples), length):
        piece = call.samples[first : first + length]
        yield first / call.rate_hz, (first + len(piece)) / call.rate_hz, piece


def _pcm(call: PlannedCall) -> Iterator[TimedMessage]:
    """One preamble, then samples with the channels interleaved, then the end."""
    preamble = {
        **call.facts(),
        "rate_hz": call.rate_hz,
        "encoding": Encoding.PCM16.value,
        "channels": [speaker.value for speaker in call.channels],
    }
    yield TimedMessage(at_s=0.0, data=json.dumps(preamble))
    for _, end_s, piece in frames(call):
        yield TimedMessage(at_s=end_s, data=encode(piece.reshape(-1), Encoding.PCM16))
    yield TimedMessage(at_s=call.duration_s, data=json.dumps({"event": "end"}))


def _twilio(call: PlannedCall, token: str | None) -> Iterator[TimedMessage]:
    """Connected, start, 20 ms of mu-law per track in turn, stop; numbers as strings, as Twilio writes them."""
    stream = {"streamSid": f"MZ{call.call_id}"}
    tracks = _tracks(call)
    named = [track for track in tracks if track]
    start = {
        **stream,
        "accountSid": "AC-simulated",
        "callSid": f"CA{call.call_id}",
        "tracks": named,
        "customParameters": {**call.facts(), **({"token": token} if token else {})},
        "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": TWILIO_RATE_HZ, "channels": 1},
    }
    yield _event(0.0, {"event": "connected", "protocol": "Call", "version": "1.0.0"})
    yield _event(0.0, {"event": "start", "sequenceNumber": "1", **stream, "start": start})
    number = 1
    for chunk, (start_s, end_s, piece) in enumerate(frames(call), start=1):
        for channel, track in enumerate(tracks):
            number += 1
            payload = base64.b64encode(encode(piece[:, channel], Encoding.MULAW)).decode()
            media = {"chunk": str(chunk), "timestamp": str(round(start_s * 1000)), "payload": payload}
            media |= {"track": track} if track else {}
            yield _event(end_s, {"event": "media", "sequenceNumber": str(number), **stream, "media": media})
    stop = {"accountSid": "AC-simulated", "callSid": f"CA{call.call_id}"}
    yield _event(call.duration_s, {"event": "stop", "sequenceNumber": str(number + 1), **stream, "stop": stop})


def _tracks(call: PlannedCall) -> tuple[str, ...]:
    """The track each channel travels on; a single channel heard as both people has no name."""
    if call.channels == (Speaker.MIXED,):
        return ("",)
    caller = Speaker.AGENT if call.direction is Direction.OUTBOUND else Speaker.CUSTOMER
    return tuple("inbound" if speaker is caller else "outbound" for speaker in call.channels)


def _event(at_s: float, event: Mapping[str, object]) -> TimedMessage:
    return TimedMessage(at_s=at_s, data=json.dumps(event))
