"""What the operator configured for telephony: one frozen record, read from a TOML file by `settings_file.py`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, ClassVar

from pydantic import AfterValidator, ConfigDict

from qa_monitor.telephony.tables import (
    CLOSED,
    AudioHookSettings,
    AudioSocketSettings,
    Keys,
    ProviderSettings,
    RouteSettings,
    TwilioSettings,
    is_within,
)
from streams.protocols.route import Route
from streams.records import Direction

_PUBLIC = re.compile(r"wss?://[^\s/?#@]+(/[^\s?#]*)?")


class Address(StrEnum):
    """The addresses that telephony connects to, as they are named in settings and in `CallStarted.dialect`."""

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


TRACKED = frozenset({Address.TWILIO, Address.TELNYX, Address.TALKDESK, Address.EXOTEL})
"""Where it depends on who called whom which track is the customer's."""


def _public(value: str) -> str:
    if _PUBLIC.fullmatch(value) is None:
        raise ValueError("wss://host, perhaps with a port and a path, without a query")
    return value.rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephony:
    """Everything an operator configured for telephony."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED
    public_url: Annotated[str, AfterValidator(_public)] | None = None
    """How telephony reaches the service, without its paths: what signatures are made over."""
    audiohook: AudioHookSettings = field(default_factory=AudioHookSettings)
    twilio: TwilioSettings = field(default_factory=TwilioSettings)
    telnyx: ProviderSettings = field(default_factory=ProviderSettings)
    talkdesk: ProviderSettings = field(default_factory=ProviderSettings)
    exotel: ProviderSettings = field(default_factory=ProviderSettings)
    audiosocket: AudioSocketSettings = field(default_factory=AudioSocketSettings)
    routes: Annotated[Mapping[Address, RouteSettings], AfterValidator(MappingProxyType)] = field(
        default_factory=lambda: MappingProxyType({})
    )
    keys: Keys = field(default_factory=Keys)
    """What telephone keys do."""

    def __post_init__(self) -> None:
        if self.twilio.auth_token is not None and self.public_url is None:
            raise ValueError("public_url is missing: twilio.auth_token is checked over it")

    def log_in(self, address: Address) -> RouteSettings:
        """Who may connect to this address, and what stands in there."""
        return self.routes.get(address, RouteSettings())

    def route(self, address: Address) -> Route:
        """What stands in where a start message says nothing. Where nobody says who called, the customer did."""
        found = self.log_in(address)
        return Route(
            tenant=found.tenant,
            team=found.team,
            language=found.language,
            direction=found.direction or Direction.INBOUND,
            notice=found.notice,
            consent=found.consent,
            rate_hz=found.rate_hz,
            encoding=found.encoding,
            channels=found.channels,
            transcripts=found.transcripts,
        )

    def accounts(self, address: Address) -> frozenset[str]:
        """The account ids accepted in `start`; empty: any."""
        return self._provider(address).accounts

    def one_time(self, address: Address) -> bool:
        """Whether every call to this address needs the one-time token of its announcement."""
        signed = address is Address.TWILIO and self.twilio.auth_token is not None
        demanded = self._provider(address).one_time_token
        return signed if demanded is None else demanded

    def allows_peer(self, address: Address, host: str) -> bool:
        """Whether this machine may connect, as far as its address tells."""
        peers = self.log_in(address).peers
        return not peers or is_within(host, peers)

    def public(self, path: str) -> str | None:
        """The address of a path as telephony knows it; none where nothing is configured."""
        return None if self.public_url is None else f"{self.public_url}{path}"

    def _provider(self, address: Address) -> ProviderSettings | TwilioSettings:
        match address:
            case Address.TWILIO:
                return self.twilio
            case Address.TELNYX:
                return self.telnyx
            case Address.TALKDESK:
                return self.talkdesk
            case Address.EXOTEL:
                return self.exotel
            case _:
                return ProviderSettings()
