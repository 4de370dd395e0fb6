"""The tables of telephony's settings file, one frozen record each, checked through pydantic."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from types import MappingProxyType
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from qa_monitor.telephony.shapes import Channels, Identifier, LanguageTag, Text
from streams.consent import Consent, Notice
from streams.records import Direction
from streams.samples.codec import Encoding

CLOSED = ConfigDict(extra="forbid")
_KEYS = re.compile(r"[0-9A-D*#]{2,8}")
_KINDS = frozenset(f"0x{kind:x}" for kind in range(0x10, 0x19))

Network = IPv4Network | IPv6Network


def _decoded(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        secret = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError("base64, as the provider's console shows it") from error
    if len(secret) < 16:
        raise ValueError("at least 16 bytes in base64")
    return secret


def _sequence(value: str) -> str:
    if _KEYS.fullmatch(value) is None:
        raise ValueError("2 to 8 keys of 0-9 A-D * #")
    return value


def _rates(value: object) -> object:
    """`{"0x11": 16000}` with its kinds as numbers."""
    if not isinstance(value, dict):
        return value
    read: dict[int, int] = {}
    for name, rate_hz in value.items():
        if name not in _KINDS or not isinstance(rate_hz, int) or not 8_000 <= rate_hz <= 192_000:
            raise ValueError(f"{name}: kinds 0x10 to 0x18, each with a rate of 8000 to 192000")
        read[int(name, 16)] = rate_hz
    return read


def _networks(value: object) -> object:
    return tuple(ip_network(each) for each in value) if isinstance(value, list | tuple) else value


Peers = Annotated[tuple[Network, ...], BeforeValidator(_networks)]
KeySequence = Annotated[str, AfterValidator(_sequence)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioHookKey:
    """One API key of Genesys AudioHook."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED
    secret: Annotated[bytes | None, BeforeValidator(_decoded)] = field(default=None, repr=False)
    """The client secret, decoded."""
    organization: Identifier | None = None
    """The only organisation it is accepted for."""
    tenant: Identifier | None = None
    """Whose calls it brings; unset: the address's."""
    unsigned: bool = False
    """Accept connections that are not signed: for trials only."""

    def __post_init__(self) -> None:
        if self.secret is None and not self.unsigned:
            raise ValueError("secret is missing; or set unsigned = true, for trials only")


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioHookSettings:
    """Genesys AudioHook."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED
    keys: Annotated[Mapping[str, AudioHookKey], AfterValidator(MappingProxyType)] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )
    """By the API key that comes as `X-API-KEY`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSettings:
    """One platform of the Twilio family."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED
    accounts: frozenset[str] = frozenset()
    """The account ids accepted in `start`; empty: any."""
    one_time_token: bool = False
    """Every call needs the one-time token of its announcement; otherwise a lasting token will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TwilioSettings:
    """Twilio itself, which signs its connections."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED
    auth_token: Annotated[str, Field(min_length=1)] | None = field(default=None, repr=False)
    """Connections must be signed with it; none: no signature is asked for."""
    accounts: frozenset[str] = frozenset()
    one_time_token: bool | None = None
    """Unset: where connections are signed, since a signature never changes and could be sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioSocketSettings:
    """Asterisk AudioSocket; its host and port are plain settings of the service."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED
    peers: Peers = (ip_network("127.0.0.1/32"), ip_network("::1/128"))
    """Who may connect."""
    feed_silence: bool = False
    """Write silence back: only where a release stalls without it and nobody would hear it."""
    rates: Annotated[Mapping[int, int], BeforeValidator(_rates), AfterValidator(MappingProxyType)] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Rates of kinds 0x10 to 0x18, in Hz, that differ from the protocol's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSettings:
    """What stands in where a start message says nothing, and who may connect to the address."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED
    tenant: Identifier = "default"
    team: Text = ""
    language: LanguageTag | None = None
    direction: Direction | None = None
    notice: Notice = Notice.NONE
    consent: Consent = Consent.UNKNOWN
    rate_hz: Annotated[int, Field(ge=8_000, le=64_000)] | None = None
    encoding: Encoding | None = None
    channels: Channels | None = None
    transcripts: bool = False
    """Tell the source what was said, once it is final."""
    partial_transcripts: bool = False
    """And while it is being said."""
    basic_user: Annotated[str, Field(min_length=1)] | None = None
    basic_password: Annotated[str, Field(min_length=8)] | None = field(default=None, repr=False)
    bearer: Annotated[str, Field(min_length=16)] | None = field(default=None, repr=False)
    subprotocols: tuple[Text, ...] = ()
    """Further names of the websocket's sub-protocol, where the other side was told to use its own."""
    peers: Peers = ()
    """Who may connect; empty: anyone."""

    def __post_init__(self) -> None:
        if (self.basic_user is None) != (self.basic_password is None):
            raise ValueError("basic_user and basic_password go together")
        if self.partial_transcripts and not self.transcripts:
            raise ValueError("partial_transcripts goes with transcripts = true")

    @property
    def asks_for_log_in(self) -> bool:
        """Whether nobody may connect without the log-in of this address, or a token."""
        return self.basic_user is not None or self.bearer is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Sequences of telephone keys that act on the call they are pressed in; none: none does."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED
    pause: KeySequence | None = None
    resume: KeySequence | None = None
    off_record: KeySequence | None = None

    def __post_init__(self) -> None:
        given = [each for each in (self.pause, self.resume, self.off_record) if each is not None]
        for first in given:
            if sum(each.startswith(first) for each in given) > 1:
                raise ValueError(f"{first} is also the beginning of another sequence")


def is_within(host: str, peers: tuple[Network, ...]) -> bool:
    """Whether a numeric address lies in one of the networks; an IPv4 address in IPv6 clothing counts as itself."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    plain = getattr(address, "ipv4_mapped", None) or address
    return any(plain in network for network in peers)
