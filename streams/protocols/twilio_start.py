"""Twilio's start message: which call, which tracks, who is heard on them, in which encoding."""

from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from streams.codec import WIRE_NAMES, Encoding
from streams.protocols.facts import NAMES, read_facts
from streams.protocols.fields import Fields
from streams.protocols.port import WRONG_TYPE, BadField
from streams.records import CallStarted, Direction, Speaker

INBOUND = "inbound"
OUTBOUND = "outbound"
UNNAMED = ""
"""The only track of a source that does not name its tracks."""
RATES_HZ = (8000, 16000, 24000)
_OFFERED = "audio/x-mulaw, audio/x-alaw, audio/x-l16"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A valid start message."""

    call: CallStarted
    stream_sid: str | None
    tracks: tuple[str, ...]
    """The track on channel 0, 1."""
    encoding: Encoding
    token: str | None = field(repr=False)


def read_start(message: Fields, default_direction: Direction, now: datetime) -> Start:
    """Read and check. Raises BadField: 1003 for an encoding or rate we cannot decode, else 1008."""
    start = message.inner("start")
    if start is None:
        raise message.bad("start", "an object")
    encoding, rate_hz = _format(start)
    tracks = _tracks(start)
    custom = start.inner("customParameters") or Fields({})
    stream_sid = start.text("streamSid", message.text("streamSid", ""))
    call_sid = start.text("callSid", "")
    facts = read_facts(custom, call_id=call_sid or stream_sid, direction=default_direction)
    named = {"stream_sid": stream_sid, "call_sid": call_sid, "account_sid": start.text("accountSid", "")}
    known = {name: value for name, value in named.items() if value}
    call = CallStarted(
        call_id=facts.call_id,
        tenant=facts.tenant,
        team=facts.team,
        agent_id=facts.agent_id,
        direction=facts.direction,
        language=facts.language,
        channels=_roles(tracks, facts.direction),
        rate_hz=rate_hz,
        started_at=now,
        dialect="twilio",
        notice=facts.notice,
        consent=facts.consent,
        metadata=MappingProxyType(dict(custom.metadata(without=NAMES)) | known),
    )
    return Start(call=call, stream_sid=stream_sid or None, tracks=tracks, encoding=encoding, token=facts.token)


def _format(start: Fields) -> tuple[Encoding, int]:
    declared = start.inner("mediaFormat")
    if declared is None:
        raise BadField("start.mediaFormat", "nothing", f"encoding {_OFFERED}", WRONG_TYPE)
    name = declared.get("encoding")
    encoding = WIRE_NAMES.get(name.lower()) if isinstance(name, str) else None
    if encoding is None:
        raise declared.bad("encoding", _OFFERED, WRONG_TYPE)
    rate_hz = declared.whole("sampleRate", WRONG_TYPE)
    if rate_hz is None or rate_hz not in RATES_HZ:
        raise declared.bad("sampleRate", ", ".join(map(str, RATES_HZ)), WRONG_TYPE)
    if declared.whole("channels", WRONG_TYPE) not in (None, 1):
        raise declared.bad("channels", "1", WRONG_TYPE)
    return encoding, rate_hz


def _tracks(start: Fields) -> tuple[str, ...]:
    """The announced tracks, inbound first; without an announcement one track without a name."""
    announced = {track.removesuffix("_track") for track in start.texts("tracks")}
    if not announced <= {INBOUND, OUTBOUND}:
        raise start.bad("tracks", f"{INBOUND}, {OUTBOUND}")
    return tuple(sorted(announced)) or (UNNAMED,)


def _roles(tracks: tuple[str, ...], direction: Direction) -> tuple[Speaker, ...]:
    """Inbound is what the platform hears from the leg that runs the stream: the customer, where the customer called.

    With no usable map the role is one that is never judged by voice.
    """
    match direction:
        case Direction.INBOUND:
            role = {INBOUND: Speaker.CUSTOMER, OUTBOUND: Speaker.AGENT, UNNAMED: Speaker.MIXED}
        case Direction.OUTBOUND:
            role = {INBOUND: Speaker.AGENT, OUTBOUND: Speaker.CUSTOMER, UNNAMED: Speaker.MIXED}
        case Direction.UNKNOWN:
            role = {INBOUND: Speaker.UNKNOWN, OUTBOUND: Speaker.UNKNOWN, UNNAMED: Speaker.MIXED}
    return tuple(role[track] for track in tracks)
