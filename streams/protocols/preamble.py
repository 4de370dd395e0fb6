"""The first text message of our own `pcm` protocol: what the binary messages after it mean."""

from dataclasses import dataclass, field
from datetime import datetime

from streams.codec import Encoding
from streams.protocols.facts import NAMES, read_facts
from streams.protocols.fields import Fields, member
from streams.protocols.port import WRONG_TYPE
from streams.records import CallStarted, Speaker

LOWEST_RATE_HZ = 8000
HIGHEST_RATE_HZ = 48000
_ALLOWED = NAMES | {"rate_hz", "encoding", "channels", "metadata"}
_ROLES = "customer and agent in either order, two unknown, or one role"
_PAIRS = frozenset(
    {
        (Speaker.CUSTOMER, Speaker.AGENT),
        (Speaker.AGENT, Speaker.CUSTOMER),
        (Speaker.UNKNOWN, Speaker.UNKNOWN),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preamble:
    """A valid preamble."""

    call: CallStarted
    encoding: Encoding
    token: str | None = field(repr=False)


def read_preamble(message: Fields, now: datetime) -> Preamble:
    """Read and check. Raises BadField: 1003 for an encoding or rate we cannot decode, else 1008."""
    message.only(_ALLOWED)
    facts = read_facts(message)
    call = CallStarted(
        call_id=facts.call_id,
        tenant=facts.tenant,
        team=facts.team,
        agent_id=facts.agent_id,
        direction=facts.direction,
        language=facts.language,
        channels=_channels(message),
        rate_hz=_rate_hz(message),
        started_at=now,
        dialect="pcm",
        notice=facts.notice,
        consent=facts.consent,
        metadata=(message.inner("metadata") or Fields({})).metadata(without={"token"}),
    )
    return Preamble(call=call, encoding=_encoding(message), token=facts.token)


def _channels(message: Fields) -> tuple[Speaker, ...]:
    named = message.texts("channels")
    channels = tuple(speaker for name in named if (speaker := member(Speaker, name)) is not None)
    if len(channels) != len(named) or (len(channels) != 1 and channels not in _PAIRS):
        raise message.bad("channels", _ROLES)
    return channels


def _rate_hz(message: Fields) -> int:
    rate_hz = message.whole("rate_hz", WRONG_TYPE)
    if rate_hz is None or not LOWEST_RATE_HZ <= rate_hz <= HIGHEST_RATE_HZ:
        raise message.bad("rate_hz", f"{LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ}", WRONG_TYPE)
    return rate_hz


def _encoding(message: Fields) -> Encoding:
    encoding = member(Encoding, message.get("encoding"))
    if encoding is None:
        raise message.bad("encoding", ", ".join(Encoding), WRONG_TYPE)
    return encoding
