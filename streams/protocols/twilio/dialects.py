"""How the vendors of the Twilio family name things: one record each, nothing else differs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from streams.samples.codec import Encoding

INBOUND = "inbound"
OUTBOUND = "outbound"
UNNAMED = ""
"""The only track of a source that announces none."""


class Wideband(StrEnum):
    """What is decoded with a memory, by an optional extra."""

    G722 = "g722"


Wire = Encoding | Wideband
G711 = (Encoding.MULAW, Encoding.ALAW)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwilioDialect:
    """One vendor's words. The names are those of fields in `start`, unless said otherwise."""

    name: str
    """The last part of the address."""
    stream_id: str
    """The session, in every message too: it may not change."""
    call_id: str
    account_id: str
    custom: str
    """The parameters that the operator chose."""
    media_format: str
    sample_rate: str
    """In the media format."""
    interaction_id: str = ""
    """The parameter that names the conversation, where it is not the call."""
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({"from": "from", "to": "to"}))
    """More that is kept, and under which name."""
    lists: tuple[str, ...] = ()
    """Lists of texts that are kept."""
    encoded: tuple[str, ...] = ()
    """Texts in base64 that are kept, where they hold text."""
    tracks: tuple[str, ...] = (UNNAMED,)
    """What is sent where the start announces no track and the route says nothing."""
    wires: tuple[Wire, ...]
    """The encodings that the vendor may announce and we decode."""
    remedy: str
    """What to set at the vendor, where the encoding is another."""
    big_endian: bool = False
    """L16 comes with the higher byte first."""


TWILIO = TwilioDialect(
    name="twilio",
    stream_id="streamSid",
    call_id="callSid",
    account_id="accountSid",
    custom="customParameters",
    media_format="mediaFormat",
    sample_rate="sampleRate",
    wires=(*G711, Encoding.PCM16),
    remedy="stream audio/x-mulaw",
)
TALKDESK = TwilioDialect(
    name="talkdesk",
    stream_id="streamSid",
    call_id="callSid",
    account_id="accountSid",
    custom="customParameters",
    media_format="mediaFormat",
    sample_rate="sampleRate",
    interaction_id="interaction_id",
    wires=G711,
    remedy="stream audio/x-mulaw",
)
TELNYX = TwilioDialect(
    name="telnyx",
    stream_id="stream_id",
    call_id="call_control_id",
    account_id="user_id",
    custom="custom_parameters",
    media_format="media_format",
    sample_rate="sample_rate",
    texts=MappingProxyType({"from": "from", "to": "to", "call_session_id": "call_session_id"}),
    lists=("tags",),
    encoded=("client_state",),
    tracks=(INBOUND, OUTBOUND),
    wires=(*G711, Encoding.PCM16, Wideband.G722),
    remedy="set stream_codec (TeXML: codec) to PCMU",
)
EXOTEL = TwilioDialect(
    name="exotel",
    stream_id="stream_sid",
    call_id="call_sid",
    account_id="account_sid",
    custom="custom_parameters",
    media_format="media_format",
    sample_rate="sample_rate",
    wires=(Encoding.PCM16, *G711),
    remedy="set MediaFormat to audio/L16;rate=8000",
)
DIALECTS: Mapping[str, TwilioDialect] = MappingProxyType(
    {dialect.name: dialect for dialect in (TWILIO, TELNYX, TALKDESK, EXOTEL)}
)
"""By the last part of the address."""
