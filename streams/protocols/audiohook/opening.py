"""The parameters of `open`: which call this is, and what the client offers and asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from streams.protocols.audiohook.envelope import NOBODY, read_number, read_uuid
from streams.protocols.audiohook.media import RATE_HZ, Medium, choose, read_offers
from streams.protocols.facts import NAMES, read_facts
from streams.protocols.fields import LONGEST_METADATA, LONGEST_TEXT, MOST_METADATA, Fields, member
from streams.protocols.route import Route
from streams.records import CallStarted, Language
from streams.refusals import BadField

DIALECT = "audiohook"
LANGUAGES = ("en-AU", "en-CA", "en-GB", "en-IE", "en-NZ", "en-US", "fr-BE", "fr-CA", "fr-CH", "fr-FR")
"""What a client is told that we support."""
MOST_CONTINUED = 32
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A valid `open`."""

    organization_id: str
    conversation_id: str
    participant_id: str
    numbers: Mapping[str, str]
    """`ani` and `dnis`, where they are given."""
    medium: Medium | None
    """What is to be listened to; None: nothing that is offered can be."""
    tag: str | None
    """The language as it was named, such as `fr-CA`."""
    wants_languages: bool
    continues: tuple[str, ...]
    custom: Mapping[str, object] = field(repr=False)
    """The `customConfig`, empty where there is none."""

    @property
    def probe(self) -> bool:
        """Nobody is calling: the connection is being tried out."""
        return self.conversation_id == self.participant_id == NOBODY


def read_opening(parameters: Fields) -> Opening:
    """Read and check. Raises BadField."""
    participant = parameters.inner("participant")
    if participant is None:
        raise parameters.bad("participant", "an object")
    wants_languages = parameters.get("supportedLanguages")
    if not isinstance(wants_languages, bool | None):
        raise parameters.bad("supportedLanguages", "true or false")
    numbers = {name: _text(participant, name) for name in ("ani", "aniName", "dnis")}
    return Opening(
        organization_id=read_uuid(parameters, "organizationId"),
        conversation_id=read_uuid(parameters, "conversationId"),
        participant_id=read_uuid(participant, "id"),
        numbers={name: value for name, value in numbers.items() if value and name != "aniName"},
        medium=choose(read_offers(parameters)),
        tag=None if parameters.get("language") is None else read_tag(parameters),
        wants_languages=bool(wants_languages),
        continues=_continued(parameters),
        custom=_custom(parameters),
    )


def read_tag(parameters: Fields) -> str:
    """The language named in `language`, as it was written. Raises BadField."""
    value = parameters.get("language")
    if not isinstance(value, str) or _TAG.fullmatch(value) is None:
        raise parameters.bad("language", "a tag such as fr-CA")
    return value


def language_of(tag: str) -> Language | None:
    """The language we know of a tag in any case; None where we know none."""
    return member(Language, tag.replace("_", "-").split("-")[0].lower())


def read_call(
    opening: Opening, medium: Medium, route: Route, session_id: str, now: datetime
) -> tuple[str | None, CallStarted]:
    """The token and the call. The client's custom configuration may name facts of ours. Raises BadField."""
    facts = read_facts(_facts(opening, route), call_id=_call_id(opening, session_id), direction=route.direction)
    call = CallStarted(
        call_id=facts.call_id,
        tenant=facts.tenant,
        team=facts.team,
        agent_id=facts.agent_id,
        direction=facts.direction,
        language=facts.language if opening.tag is None else language_of(opening.tag),
        channels=medium.channels,
        rate_hz=RATE_HZ,
        started_at=now,
        dialect=DIALECT,
        notice=facts.notice,
        consent=facts.consent,
        metadata=_metadata(opening, session_id),
        continues=opening.continues,
    )
    return facts.token, call


def _facts(opening: Opening, route: Route) -> Fields:
    """What the configuration says, else what the route says; whose call it is, the key decided."""
    said = {name: value for name in NAMES if (value := opening.custom.get(name)) not in (None, "")}
    known: dict[str, object] = {
        "team": route.team,
        "language": route.language,
        "notice": route.notice,
        "consent": route.consent,
    }
    return Fields(known | said | {"tenant": route.tenant}, "parameters.customConfig.")


def _call_id(opening: Opening, session_id: str) -> str:
    return session_id if opening.conversation_id == NOBODY else opening.conversation_id


def _metadata(opening: Opening, session_id: str) -> Mapping[str, str]:
    """The provider's own identifiers, and whatever plain values the configuration has besides our facts."""
    known = {
        "session_id": session_id,
        "conversation_id": opening.conversation_id,
        "organization_id": opening.organization_id,
        "participant_id": opening.participant_id,
        **opening.numbers,
    }
    custom: dict[str, str] = {}
    for name, value in opening.custom.items():
        if name not in NAMES and name not in known and isinstance(value, str | int | float):
            custom |= _plain(name, str(value))
    room = MOST_METADATA - len(known)
    return MappingProxyType(dict(list(custom.items())[:room]) | known)


def _plain(name: str, value: str) -> dict[str, str]:
    """Nothing where the name or the value cannot be kept."""
    keepable = len(name) <= LONGEST_TEXT and name.isprintable() and len(value) <= LONGEST_METADATA and "\0" not in value
    return {name: value} if keepable else {}


def _custom(parameters: Fields) -> Mapping[str, object]:
    value = parameters.get("customConfig")
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise parameters.bad("customConfig", "an object")
    return value


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or len(value) > LONGEST_METADATA or "\0" in value:
        raise BadField(f"parameters.participant.{name}", "something else", "a text")  # not shown: it may be a number
    return value


def _continued(parameters: Fields) -> tuple[str, ...]:
    sessions = parameters.get("continuedSessions")
    if sessions is None:
        return ()
    if not isinstance(sessions, list) or len(sessions) > MOST_CONTINUED:
        raise parameters.bad("continuedSessions", f"a list of at most {MOST_CONTINUED}")
    return tuple(_session(each) for each in sessions)


def _session(value: object) -> str:
    if not isinstance(value, dict):
        raise BadField("parameters.continuedSessions", "something else", "objects")
    fields = Fields(value, "parameters.continuedSessions.")
    for name in ("serverseq", "clientseq"):
        read_number(fields, name)
    return read_uuid(fields, "id")
