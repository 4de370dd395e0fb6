"""What is played: a recorded call, and the messages it becomes, each with its second on the call's clock. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from streams.consent import Consent, Notice
from streams.records import CallId, Direction, Language, Samples, Speaker
from streams.samples.codec import Encoding, encode

FRAME_S = 0.02


class StreamProtocol(StrEnum):
    """How a call is streamed in, by the names the service's addresses have."""

    AUDIOHOOK = "audiohook"
    TWILIO = "twilio"
    TELNYX = "telnyx"
    TALKDESK = "talkdesk"
    EXOTEL = "exotel"
    PCM = "pcm"
    JAMBONZ = "jambonz"
    AUDIO_FORK = "audio-fork"
    AUDIO_STREAM = "audio-stream"
    VONAGE = "vonage"
    LCA = "lca"
    ASTERISK = "asterisk"
    AUDIOSOCKET = "audiosocket"


TWILIO_FAMILY = (StreamProtocol.TWILIO, StreamProtocol.TELNYX, StreamProtocol.TALKDESK, StreamProtocol.EXOTEL)
PREAMBLE_FAMILY = (
    StreamProtocol.JAMBONZ,
    StreamProtocol.AUDIO_FORK,
    StreamProtocol.AUDIO_STREAM,
    StreamProtocol.VONAGE,
    StreamProtocol.LCA,
    StreamProtocol.ASTERISK,
)


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
    side: Speaker | None = None
    """Of a call played by two connections: whose voice this one carries."""

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

    def sounding(self, samples: Samples) -> "PlannedCall":
        """The same call with other sound in it."""
        kept = np.ascontiguousarray(samples, np.int16)
        kept.flags.writeable = False
        return replace(self, samples=kept)

    def since(self, second: float) -> "PlannedCall":
        """What is left of the call from this second of its audio on."""
        return self.sounding(self.samples[round(second * self.rate_hz) :])

    def voice(self, channel: int) -> "PlannedCall":
        """One person of the call, to be played beside the other one."""
        speaker = self.channels[channel]
        alone = np.ascontiguousarray(self.samples[:, channel : channel + 1])
        alone.flags.writeable = False
        return replace(self, channels=(speaker,), samples=alone, side=speaker)

    def facts(self) -> Mapping[str, str]:
        """What is announced with the call, by the service's own names."""
        known = {
            "call_id": self.call_id,
            "agent_id": self.agent_id,
            "team": self.team,
            "tenant": self.tenant,
            "direction": self.direction.value,
            "notice": self.notice.value,
            "consent": self.consent.value,
        }
        if self.side is not None:
            known["side"] = self.side.value
        return known if self.language is None else {**known, "language": self.language.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedMessage:
    """A message and when to send it: once the last of its audio has been spoken."""

    at_s: float
    data: str | bytes
    audio: bool = False
    """It carries sound."""


class Act(StrEnum):
    """What a source does besides sending messages."""

    RESET = "reset"
    """Breaks the connection without a word."""
    HOLD = "hold"
    """Keeps the connection, and neither sends nor reads any more."""
    SILENCE = "silence"
    """Sends nothing, and waits for the service to hang up."""
    PAUSE = "pause"
    RESUME = "resume"
    DISCARD = "discard"
    """Says that so much audio was thrown away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedAct:
    """Something to do at a second of the call."""

    at_s: float
    act: Act
    length_s: float = 0.0


TimedItem = TimedMessage | TimedAct


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """How sound is written on the wire. What is announced and what is sent differ only where a fault asks for it."""

    announced: Encoding = Encoding.PCM16
    sent: Encoding | None = None
    """None: as announced."""
    wav_header: bool = False
    """The first bytes of every channel's sound are the header of a WAV file."""
    json_control: bool = True
    """Control messages as JSON, where a protocol has a plain form too."""

    def write(self, samples: Samples) -> bytes:
        """Bytes of one piece of sound; a column per channel, interleaved."""
        return encode(samples.reshape(-1), self.sent or self.announced)


def pieces(call: PlannedCall, frame_s: float = FRAME_S) -> Iterator[tuple[float, float, Samples]]:
    """The audio in frames: start, end, samples. The last may be shorter."""
    length = round(frame_s * call.rate_hz)
    for first in range(0, len(call.samples), length):
        piece = call.samples[first : first + length]
        yield first / call.rate_hz, (first + len(piece)) / call.rate_hz, piece
