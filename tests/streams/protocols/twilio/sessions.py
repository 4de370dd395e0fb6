"""Valid sessions of each vendor of the Twilio family, written out as the vendor sends them, without our own tables."""

import base64
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from streams.protocols.port import Admit
from streams.protocols.route import Route
from streams.protocols.twilio.dialects import EXOTEL, TALKDESK, TELNYX, TWILIO, TwilioDialect
from streams.protocols.twilio.session import Twilio
from streams.records import CallEnded, CallEvent, CallStarted, Samples, Speaker
from streams.samples.codec import Encoding, decode, encode
from tests.streams.sessions import NOON, assert_whole, everyone, play, some_bytes, sound

RATE_HZ = 8000
INBOUND = "inbound"
OUTBOUND = "outbound"
Changes = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """One vendor's way of writing; `changes` of a start replace fields inside `start`, None removes one."""

    dialect: TwilioDialect
    sequence: str
    stream: str
    connected: Changes
    inside: Changes
    """What `start` holds."""
    custom: str
    format: str
    rate: str
    encoding: Encoding
    tracks: tuple[str, ...]
    """Of a call as the vendor streams it by default here."""
    names_tracks: bool = True

    def open(
        self, *, admit: Admit = everyone, route: Route | None = None, accounts: frozenset[str] = frozenset()
    ) -> Twilio:
        return Twilio(opened_at=NOON, admit=admit, route=route or Route(), dialect=self.dialect, accounts=accounts)

    def connect(self) -> str:
        return json.dumps({"event": "connected", **self.connected})

    def start(self, custom: Changes | None = None, /, **changes: object) -> str:
        inside = {**self.inside, self.custom: dict(custom or {}), **changes}
        return self._message("start", 1, start={name: value for name, value in inside.items() if value is not None})

    def format_of(self, encoding: object, rate_hz: object = RATE_HZ) -> dict[str, object]:
        """The changes of a start that announce this format."""
        return {self.format: {"encoding": encoding, self.rate: rate_hz, "channels": 1}}

    def media(self, chunk: int, data: bytes, *, track: str = INBOUND, at_ms: int | None = None) -> str:
        """20 ms steps, unless the time is given."""
        inside: dict[str, object] = {
            "chunk": str(chunk),
            "timestamp": str((chunk - 1) * 20 if at_ms is None else at_ms),
            "payload": base64.b64encode(data).decode(),
        }
        if self.names_tracks:
            inside["track"] = track
        return self._message("media", chunk + 1, media=inside)

    def stop(self) -> str:
        return self._message("stop", 9999, stop={"callSid": "CA1"})

    def session(self, sounds: Mapping[str, bytes], *, size: int | None = None) -> list[str]:
        """A whole call; the tracks interleaved in chunks of 20 ms, or of `size` bytes."""
        size = size or self.frame
        step_ms = size / self.encoding.width / RATE_HZ * 1000
        longest = max(len(data) for data in sounds.values())
        messages = [self.connect(), self.start()]
        for index, begin in enumerate(range(0, longest, size)):
            for track, data in sounds.items():
                if part := data[begin : begin + size]:
                    messages.append(self.media(index + 1, part, track=track, at_ms=round(index * step_ms)))
        return [*messages, self.stop()]

    @property
    def frame(self) -> int:
        """Bytes of 20 ms."""
        return RATE_HZ // 50 * self.encoding.width

    def sounds(self, seconds: float, seed: int = 1) -> dict[str, bytes]:
        """Something different on each track."""
        count = round(seconds * RATE_HZ) * self.encoding.width
        return {track: some_bytes(seed + index, count) for index, track in enumerate(self.tracks)}

    def decoded(self, data: bytes) -> Samples:
        return decode(data, self.encoding)

    def encoded(self, samples: Samples) -> bytes:
        return encode(samples, self.encoding)

    def _message(self, event: str, number: int, **inside: Changes) -> str:
        return json.dumps({"event": event, self.sequence: str(number), self.stream: "MZ1", **inside})


A_TWILIO = Vendor(
    dialect=TWILIO,
    sequence="sequenceNumber",
    stream="streamSid",
    connected={"protocol": "Call", "version": "1.0.0"},
    inside={
        "streamSid": "MZ1",
        "accountSid": "AC1",
        "callSid": "CA1",
        "tracks": [INBOUND, OUTBOUND],
        "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
    },
    custom="customParameters",
    format="mediaFormat",
    rate="sampleRate",
    encoding=Encoding.MULAW,
    tracks=(INBOUND, OUTBOUND),
)
A_TALKDESK = Vendor(
    dialect=TALKDESK,
    sequence="sequenceNumber",
    stream="streamSid",
    connected={"protocol": "Call", "version": "1.0.0"},
    inside=A_TWILIO.inside,
    custom="customParameters",
    format="mediaFormat",
    rate="sampleRate",
    encoding=Encoding.MULAW,
    tracks=(INBOUND, OUTBOUND),
)
A_TELNYX = Vendor(
    dialect=TELNYX,
    sequence="sequence_number",
    stream="stream_id",
    connected={"version": "1.0.0"},
    inside={
        "user_id": "AC1",
        "call_control_id": "CA1",
        "call_session_id": "ff55a038-6f5d-11ef-9692-02420aeffb1f",
        "from": "+33123456789",
        "to": "+33198765432",
        "tags": ["TAG1", "TAG2"],
        "client_state": "aGF2ZSBhIG5pY2UgZGF5ID1d",
        "media_format": {"encoding": "PCMA", "sample_rate": 8000, "channels": 1},
    },
    custom="custom_parameters",
    format="media_format",
    rate="sample_rate",
    encoding=Encoding.ALAW,
    tracks=(INBOUND, OUTBOUND),
)
AN_EXOTEL = Vendor(
    dialect=EXOTEL,
    sequence="sequence_number",
    stream="stream_sid",
    connected={},
    inside={
        "stream_sid": "MZ1",
        "call_sid": "CA1",
        "account_sid": "AC1",
        "from": "0123456789",
        "to": "0198765432",
        "media_format": {"encoding": "audio/x-raw", "sample_rate": "8000", "bit_rate": "16"},
    },
    custom="custom_parameters",
    format="media_format",
    rate="sample_rate",
    encoding=Encoding.PCM16,
    tracks=("",),
    names_tracks=False,
)
VENDORS = (A_TWILIO, A_TELNYX, A_TALKDESK, AN_EXOTEL)
ROLES: Mapping[str, tuple[Speaker, ...]] = {
    "twilio": (Speaker.CUSTOMER, Speaker.AGENT),
    "telnyx": (Speaker.CUSTOMER, Speaker.AGENT),
    "talkdesk": (Speaker.CUSTOMER, Speaker.AGENT),
    "exotel": (Speaker.MIXED,),
}


def a_tone(seconds: float, hz: float = 440.0) -> Samples:
    """Loud enough to be told from anything decoded wrongly."""
    times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return np.round(8000 * np.sin(2 * np.pi * hz * times)).astype(np.int16)


def a_header(*, rate_hz: int = 8000, bits: int = 16, kind: int = 1, channels: int = 1) -> bytes:
    """A WAV header of 44 bytes."""
    width = channels * bits // 8
    form = struct.pack("<HHIIHH", kind, channels, rate_hz, rate_hz * width, width, bits)
    return b"RIFF\xff\xff\xff\xffWAVEfmt " + struct.pack("<I", len(form)) + form + b"data\xff\xff\xff\xff"


def step_s(vendor: Vendor) -> float:
    """Between two messages at real pace."""
    return 0.02 / len(vendor.tracks)


def heard(dialect: Twilio, messages: Sequence[str | bytes], vendor: Vendor) -> list[CallEvent]:
    """Everything that comes of messages at real pace: a whole call, and nothing is ever said back."""
    events = play(dialect, messages, step_s=step_s(vendor))
    assert_whole(events)
    assert dialect.replies() == ()
    return events


def pcm(events: Sequence[CallEvent], vendor: Vendor) -> list[bytes]:
    return [sound(events, channel).tobytes() for channel in range(len(vendor.tracks))]


def source(vendor: Vendor, sounds: dict[str, bytes]) -> list[bytes]:
    return [vendor.decoded(data).tobytes() for data in sounds.values()]


def call_of(events: Sequence[CallEvent]) -> CallStarted:
    assert isinstance(events[0], CallStarted)
    return events[0]


def end_of(events: Sequence[CallEvent]) -> float:
    assert isinstance(events[-1], CallEnded)
    return events[-1].end_s
