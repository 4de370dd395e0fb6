"""Whole valid sessions of both protocols, and what must be true of whatever comes out of a dialect."""

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from streams.protocols.pcm.session import Pcm
from streams.protocols.port import Dialect
from streams.protocols.route import Route
from streams.protocols.twilio.session import Twilio
from streams.records import AudioFrame, CallEnded, CallEvent, CallStarted, Direction, Gap, Samples
from streams.refusals import POLICY, Refused
from streams.samples.codec import Encoding, decode

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
RATE_HZ = 8000
FRAME = 160
"""Samples of 20 ms."""


def after(seconds: float) -> datetime:
    """A moment of the test's clock."""
    return NOON + timedelta(seconds=seconds)


def everyone(token: str | None, call: CallStarted) -> CallStarted:
    """Lets every call in."""
    return call


def nobody(token: str | None, call: CallStarted) -> CallStarted:
    """Lets no call in."""
    raise Refused(POLICY, "not authorised: the token is missing, wrong or spent")


def a_twilio(default_direction: Direction = Direction.INBOUND) -> Twilio:
    return Twilio(opened_at=NOON, admit=everyone, route=Route(direction=default_direction))


def a_pcm() -> Pcm:
    return Pcm(opened_at=NOON, admit=everyone, route=Route())


def some_bytes(seed: int, count: int) -> bytes:
    return np.random.default_rng(seed).integers(0, 256, count, dtype=np.uint8).tobytes()


def start(custom: Mapping[str, object] | None = None, **changes: object) -> str:
    """A start message; `changes` replace fields inside `start`, None removes one."""
    inside: dict[str, object] = {
        "streamSid": "MZ1",
        "accountSid": "AC1",
        "callSid": "CA1",
        "tracks": ["inbound", "outbound"],
        "customParameters": dict(custom or {}),
        "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
    }
    inside = {name: value for name, value in (inside | changes).items() if value is not None}
    return json.dumps({"event": "start", "sequenceNumber": "1", "streamSid": "MZ1", "start": inside})


def media(chunk: int, data: bytes, *, track: str = "inbound", at_ms: int | None = None) -> str:
    """A media message of 20 ms steps, unless the time is given."""
    inside = {
        "track": track,
        "chunk": str(chunk),
        "timestamp": str((chunk - 1) * 20 if at_ms is None else at_ms),
        "payload": base64.b64encode(data).decode(),
    }
    return json.dumps({"event": "media", "sequenceNumber": str(chunk + 1), "streamSid": "MZ1", "media": inside})


STOP = json.dumps({"event": "stop", "sequenceNumber": "99", "streamSid": "MZ1", "stop": {"callSid": "CA1"}})
CONNECTED = json.dumps({"event": "connected", "protocol": "Call", "version": "1.0.0"})


def chunks(data: bytes, size: int = FRAME) -> list[bytes]:
    return [data[begin : begin + size] for begin in range(0, len(data), size)]


def twilio_session(inbound: bytes, outbound: bytes, custom: Mapping[str, object] | None = None) -> list[str]:
    """Both tracks of mu-law, interleaved in 20 ms chunks."""
    messages = [CONNECTED, start(custom)]
    for number, (one, two) in enumerate(zip(chunks(inbound), chunks(outbound), strict=True), 1):
        messages += [media(number, one), media(number, two, track="outbound")]
    return [*messages, STOP]


def preamble(**changes: object) -> str:
    """A preamble; None removes a field."""
    fields: dict[str, object] = {
        "call_id": "c-1",
        "agent_id": "a-7",
        "team": "billing",
        "direction": "inbound",
        "language": "fr",
        "rate_hz": RATE_HZ,
        "encoding": "pcm16",
        "channels": ["customer", "agent"],
        "notice": "played",
        "consent": "granted",
    }
    return json.dumps({name: value for name, value in (fields | changes).items() if value is not None})


END = json.dumps({"event": "end"})


def pcm_session(data: bytes, size: int = 640, **changes: object) -> list[str | bytes]:
    return [preamble(**changes), *chunks(data, size), END]


def play(
    dialect: Dialect, messages: Iterable[str | bytes], *, step_s: float = 0.01, begin_s: float = 0.0
) -> list[CallEvent]:
    """Everything the dialect says to messages that come one step after another; a tick after each."""
    events: list[CallEvent] = []
    for index, message in enumerate(messages):
        now = after(begin_s + index * step_s)
        events += dialect.receive(message, now)
        events += dialect.tick(now)
    return events


def sound(events: Iterable[CallEvent], channel: int) -> Samples:
    """All samples of a channel, gaps left out."""
    frames = [event.samples for event in events if isinstance(event, AudioFrame) and event.channel == channel]
    return np.concatenate(frames) if frames else np.zeros(0, dtype=np.int16)


def gaps(events: Iterable[CallEvent], channel: int) -> list[tuple[float, float]]:
    return [(each.start_s, each.duration_s) for each in events if isinstance(each, Gap) and each.channel == channel]


def decoded(data: bytes) -> Samples:
    return decode(data, Encoding.MULAW)


def assert_whole(events: Sequence[CallEvent]) -> None:
    """One start, one end; every channel is audio and gaps end to end, and all channels last as long as the call."""
    if not events:
        return
    first, last = events[0], events[-1]
    assert isinstance(first, CallStarted)
    assert isinstance(last, CallEnded)
    assert not any(isinstance(event, CallStarted | CallEnded) for event in events[1:-1])
    clocks = [0] * len(first.channels)
    for event in events:
        if isinstance(event, AudioFrame | Gap):
            assert event.start_s == clocks[event.channel] / first.rate_hz
            length = len(event.samples) if isinstance(event, AudioFrame) else round(event.duration_s * first.rate_hz)
            assert length > 0
            clocks[event.channel] += length
    assert {clock / first.rate_hz for clock in clocks} == {last.end_s}
