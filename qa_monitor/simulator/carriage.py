"""What each protocol can carry: rates, encodings, channels, and who hangs up at the end. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from qa_monitor.simulator.planned import StreamProtocol
from streams.samples.codec import Encoding

TELEPHONE_HZ = 8000
ANY_RATE = (8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)


class HangsUp(StrEnum):
    """Who closes the connection once all is sent."""

    SERVICE = "service"
    SOURCE = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriage:
    """The limits of one protocol."""

    path: str
    """Of the address, below `/v1/streams/`; none for a protocol that is not a websocket."""
    rates_hz: tuple[int, ...] = (TELEPHONE_HZ,)
    encodings: tuple[Encoding, ...] = (Encoding.PCM16,)
    """The first is used unless another is asked for."""
    channels: int = 2
    """A source with one channel hears both people mixed."""
    fewest: int = 1
    """Channels below which there is nothing to send."""
    hangs_up: HangsUp = HangsUp.SERVICE
    headers: bool = True
    """It can send an `Authorization` header."""
    subprotocol: str | None = None
    """Offered; a service that does not take it is refused."""


_G711 = (Encoding.MULAW,)
_CARRIES: Mapping[StreamProtocol, Carriage] = MappingProxyType(
    {
        StreamProtocol.AUDIOHOOK: Carriage(path="audiohook", encodings=(Encoding.MULAW, Encoding.PCM16)),
        StreamProtocol.TWILIO: Carriage(path="twilio", encodings=_G711, headers=False),
        StreamProtocol.TELNYX: Carriage(
            path="telnyx", encodings=(Encoding.MULAW, Encoding.ALAW, Encoding.PCM16), headers=False
        ),
        StreamProtocol.TALKDESK: Carriage(path="talkdesk", encodings=_G711, headers=False),
        StreamProtocol.EXOTEL: Carriage(
            path="exotel", rates_hz=(8000, 16_000, 24_000), encodings=(Encoding.PCM16, Encoding.MULAW), headers=False
        ),
        StreamProtocol.PCM: Carriage(path="pcm", rates_hz=ANY_RATE, encodings=tuple(Encoding)),
        StreamProtocol.JAMBONZ: Carriage(
            path="pcm/jambonz",
            rates_hz=(8000, 16_000, 24_000, 48_000),
            hangs_up=HangsUp.SOURCE,
            subprotocol="audio.jambonz.org",
        ),
        StreamProtocol.AUDIO_FORK: Carriage(
            path="pcm/audio-fork",
            rates_hz=(8000, 16_000, 24_000, 32_000, 48_000),
            hangs_up=HangsUp.SOURCE,
            subprotocol="audio.drachtio.org",
        ),
        StreamProtocol.AUDIO_STREAM: Carriage(
            path="pcm/audio-stream", rates_hz=(8000, 16_000), hangs_up=HangsUp.SOURCE
        ),
        StreamProtocol.VONAGE: Carriage(
            path="pcm/vonage", rates_hz=(8000, 16_000, 24_000), channels=1, hangs_up=HangsUp.SOURCE
        ),
        StreamProtocol.LCA: Carriage(path="pcm/lca", rates_hz=ANY_RATE, fewest=2),
        StreamProtocol.ASTERISK: Carriage(
            path="pcm/asterisk",
            rates_hz=(8000, 12_000, 16_000, 24_000, 32_000, 44_100, 48_000),
            encodings=(Encoding.PCM16, Encoding.MULAW, Encoding.ALAW),
            channels=1,
            hangs_up=HangsUp.SOURCE,
            subprotocol="media",
        ),
        StreamProtocol.AUDIOSOCKET: Carriage(
            path="", rates_hz=(8000, 12_000, 16_000, 24_000, 32_000, 44_100, 48_000), headers=False
        ),
    }
)


def carriage(protocol: StreamProtocol) -> Carriage:
    """What this protocol can carry."""
    return _CARRIES[protocol]


def nearest_rate_hz(protocol: StreamProtocol, encoding: Encoding, rate_hz: int) -> int:
    """The rate a recording is brought to: its own where that can be carried, else the highest below it."""
    if protocol is StreamProtocol.PCM:
        return rate_hz
    rates = carriage(protocol).rates_hz if encoding is Encoding.PCM16 else (TELEPHONE_HZ,)
    return max((one for one in rates if one <= rate_hz), default=rates[0])
