"""What an AudioHook client says of itself in `open`, and the media it offers. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from streams.records import Speaker
from streams.samples.codec import Encoding

RATE_HZ = 8000
FORMATS = {Encoding.MULAW: "PCMU", Encoding.PCM16: "L16"}
_SIDES = {"external": Speaker.CUSTOMER, "internal": Speaker.AGENT}
NOBODY = "00000000-0000-0000-0000-000000000000"
"""The conversation and participant of a connection probe."""


class Offer(StrEnum):
    """Which media are offered, in the order they are listed."""

    STEREO = "stereo"
    """Both people, then each alone."""
    INVERTED = "inverted"
    """The same, with the internal side first."""
    STEREO_ONLY = "stereo-only"
    EXTERNAL = "external"
    INTERNAL = "internal"


_OFFERED: Mapping[Offer, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        Offer.STEREO: (("external", "internal"), ("external",), ("internal",)),
        Offer.INVERTED: (("internal", "external"), ("internal",), ("external",)),
        Offer.STEREO_ONLY: (("external", "internal"),),
        Offer.EXTERNAL: (("external",),),
        Offer.INTERNAL: (("internal",),),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """One entry of an offer."""

    encoding: Encoding
    channels: tuple[str, ...]
    rate_hz: int = RATE_HZ

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Who is heard on each channel."""
        return tuple(_SIDES[side] for side in self.channels)

    def as_json(self) -> dict[str, object]:
        """As it stands in messages."""
        return {
            "type": "audio",
            "format": FORMATS[self.encoding],
            "channels": list(self.channels),
            "rate": self.rate_hz,
        }


def media_for(offer: Offer, encoding: Encoding) -> tuple[Medium, ...]:
    """The entries of an offer, in order."""
    return tuple(Medium(encoding=encoding, channels=channels) for channels in _OFFERED[offer])


@dataclass(frozen=True, slots=True, kw_only=True)
class Continued:
    """A session that another one carries on."""

    session_id: str
    serverseq: int
    clientseq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Everything a client says in its first message."""

    session_id: str
    organization_id: str
    conversation_id: str
    participant_id: str
    media: Sequence[Medium]
    ani: str = ""
    dnis: str = ""
    language: str | None = None
    asks_languages: bool = False
    custom_config: Mapping[str, str] = field(default_factory=dict)
    continued: tuple[Continued, ...] = ()

    def parameters(self) -> dict[str, object]:
        """The parameters of `open`."""
        continued = [
            {"id": one.session_id, "serverseq": one.serverseq, "clientseq": one.clientseq} for one in self.continued
        ]
        return {
            "organizationId": self.organization_id,
            "conversationId": self.conversation_id,
            "participant": {"id": self.participant_id, "ani": self.ani, "aniName": "", "dnis": self.dnis},
            "media": [medium.as_json() for medium in self.media],
            **({} if self.language is None else {"language": self.language}),
            **({"supportedLanguages": True} if self.asks_languages else {}),
            **({"customConfig": dict(self.custom_config)} if self.custom_config else {}),
            **({"continuedSessions": continued} if continued else {}),
        }
