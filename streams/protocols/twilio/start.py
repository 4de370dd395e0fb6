"""The start message: which call, which tracks, who is heard on them, in which format."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from streams.protocols.facts import NAMES, Facts, read_facts
from streams.protocols.fields import LONGEST_METADATA, Fields
from streams.protocols.route import Route
from streams.protocols.twilio.dialects import INBOUND, OUTBOUND, UNNAMED, TwilioDialect
from streams.protocols.twilio.formats import WireFormat, read_format
from streams.records import CallStarted, Direction, Speaker
from streams.refusals import POLICY, BadField, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What is known of the connection before anything is said on it."""

    dialect: TwilioDialect
    route: Route
    accounts: frozenset[str]
    """Whose calls are taken; empty: anybody's."""
    query: Mapping[str, str]
    """Parameters in the address: they stand in for those of the message, and the route stands in for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A valid start message."""

    call: CallStarted
    stream_id: str
    """Empty where it is not said."""
    tracks: tuple[str, ...]
    """The track on channel 0, 1."""
    format: WireFormat
    token: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ids:
    """What the vendor calls the stream, the call and the account; empty where it is not said."""

    stream: str
    call: str
    account: str


def read_start(message: Fields, address: Address, now: datetime) -> Start:
    """Read and check. Raises Refused: 1003 for an encoding or rate we cannot decode, else 1008."""
    dialect, route = address.dialect, address.route
    start = message.inner("start")
    if start is None:
        raise message.bad("start", "an object")
    ids = _ids(message, start, address)
    custom = start.inner(dialect.custom) or Fields({})
    facts = _facts(start, ids, address)
    wire_format = read_format(start, dialect, route)
    tracks = _tracks(start, dialect, route)
    call = CallStarted(
        call_id=facts.call_id,
        tenant=facts.tenant,
        team=facts.team,
        agent_id=facts.agent_id,
        direction=facts.direction,
        language=facts.language,
        channels=_roles(tracks, facts.direction, route),
        rate_hz=wire_format.rate_hz,
        started_at=now,
        dialect=dialect.name,
        notice=facts.notice,
        consent=facts.consent,
        metadata=_metadata(start, custom, ids, address),
    )
    return Start(call=call, stream_id=ids.stream, tracks=tracks, format=wire_format, token=facts.token)


def _ids(message: Fields, start: Fields, address: Address) -> _Ids:
    dialect = address.dialect
    ids = _Ids(
        stream=start.text(dialect.stream_id, message.text(dialect.stream_id, "")),
        call=start.text(dialect.call_id, ""),
        account=start.text(dialect.account_id, ""),
    )
    if address.accounts and ids.account not in address.accounts:
        raise Refused(POLICY, f"start.{dialect.account_id}: this account is not one of those set for this address")
    return ids


def _facts(start: Fields, ids: _Ids, address: Address) -> Facts:
    """What the message says; else what the address says; else what the route says."""
    route = address.route
    values: dict[str, object] = {
        "tenant": route.tenant,
        "team": route.team,
        "language": route.language or "",
        "direction": route.direction,
        "notice": route.notice,
        "consent": route.consent,
    }
    said = start.get(address.dialect.custom)
    for given in (address.query, said if isinstance(said, dict) else {}):
        values |= {name: value for name, value in given.items() if value not in (None, "")}
    fields = Fields(values, f"start.{address.dialect.custom}.")
    return read_facts(fields, call_id=ids.call or ids.stream, direction=route.direction)


def _metadata(start: Fields, custom: Fields, ids: _Ids, address: Address) -> Mapping[str, str]:
    """The parameters, and over them what the vendor says."""
    dialect = address.dialect
    query = Fields(address.query, "query.").metadata(without=NAMES)
    given = custom.metadata(without=NAMES)
    known = {
        "session_id": ids.stream,
        "conversation_id": given.get(dialect.interaction_id, ids.call),
        "call_sid": ids.call,
        "account_id": ids.account,
        **{name: _text(start, written) for written, name in dialect.texts.items()},
        **{name: _joined(start, name) for name in dialect.lists},
        **{name: _decoded(start, name) for name in dialect.encoded},
    }
    return MappingProxyType({**query, **given, **{name: value for name, value in known.items() if value}})


def _text(start: Fields, name: str) -> str:
    """What is only kept refuses no call: a text that cannot be used is left out."""
    try:
        return start.text(name, "")
    except BadField:
        return ""


def _joined(start: Fields, name: str) -> str:
    try:
        return _kept(", ".join(start.texts(name)))
    except BadField:
        return ""


def _decoded(start: Fields, name: str) -> str:
    written = start.get(name)
    if not isinstance(written, str):
        return ""
    try:
        return _kept(base64.b64decode(written, validate=True).decode())
    except ValueError:
        return ""


def _kept(text: str) -> str:
    return text if len(text) <= LONGEST_METADATA and text.isprintable() else ""


def _tracks(start: Fields, dialect: TwilioDialect, route: Route) -> tuple[str, ...]:
    """The announced tracks, inbound first. Without an announcement: as many as the route has roles, or the vendor's."""
    announced = {track.removesuffix("_track") for track in start.texts("tracks")}
    if not announced <= {INBOUND, OUTBOUND}:
        raise start.bad("tracks", f"{INBOUND}, {OUTBOUND}")
    if announced:
        return tuple(sorted(announced))
    if route.channels is None:
        return dialect.tracks
    return (INBOUND, OUTBOUND) if len(route.channels) > 1 else (UNNAMED,)


def _roles(tracks: tuple[str, ...], direction: Direction, route: Route) -> tuple[Speaker, ...]:
    """Who is heard on each track.

    Inbound is what the platform hears from the leg that runs the stream: the customer, where the customer called. With
    no usable map the role is one that is never judged by voice.
    """
    role = _by(direction)
    match route.channels:
        case (inbound, outbound):
            role = {INBOUND: inbound, OUTBOUND: outbound, UNNAMED: Speaker.MIXED}
        case (only,) if len(tracks) == 1:
            role = {INBOUND: only, OUTBOUND: only, UNNAMED: only}
    return tuple(role[track] for track in tracks)


def _by(direction: Direction) -> Mapping[str, Speaker]:
    match direction:
        case Direction.INBOUND:
            return {INBOUND: Speaker.CUSTOMER, OUTBOUND: Speaker.AGENT, UNNAMED: Speaker.MIXED}
        case Direction.OUTBOUND:
            return {INBOUND: Speaker.AGENT, OUTBOUND: Speaker.CUSTOMER, UNNAMED: Speaker.MIXED}
        case Direction.UNKNOWN:
            return {INBOUND: Speaker.UNKNOWN, OUTBOUND: Speaker.UNKNOWN, UNNAMED: Speaker.MIXED}
