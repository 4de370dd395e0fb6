"""What the operator knows of one address that telephony connects to."""

from dataclasses import dataclass

from streams.consent import Consent, Notice
from streams.records import Direction, Language, Speaker
from streams.samples.codec import Encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Stands in where a start message says nothing. What the message does say wins, wherever the protocol lets it."""

    tenant: str = "default"
    team: str = ""
    language: Language | None = None
    direction: Direction = Direction.INBOUND
    notice: Notice = Notice.NONE
    consent: Consent = Consent.UNKNOWN
    rate_hz: int | None = None
    encoding: Encoding | None = None
    channels: tuple[Speaker, ...] | None = None
    """Who is heard on channel 0, 1; none: by the rules of the protocol, else nobody can be told apart."""
    transcripts: bool = False
    """Tell the source what was said, where its protocol can carry it."""
