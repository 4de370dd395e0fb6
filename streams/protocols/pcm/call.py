"""The start of a call whose source has its own names: our facts where it gives them, the rest kept as metadata."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from streams.protocols.facts import NAMES, read_facts
from streams.protocols.fields import LONGEST_METADATA, LONGEST_TEXT, MOST_METADATA, Fields, member
from streams.protocols.pcm.dialect import Known, Preamble
from streams.protocols.pcm.layout import Layout
from streams.records import CallStarted, Direction, Language
from streams.refusals import BadField

_SECRET = re.compile(r"token|secret|passw|pwd|authoriz|api.?key|cookie|credential|signature", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who sends, in its own words."""

    dialect: str
    said: Mapping[str, object]
    """All that the preamble holds."""
    session_id: str = ""
    """The provider's name for this stream; empty where it has none."""
    conversation_id: str = ""
    """The provider's name for the call; empty: the same as the session."""


def open_call(source: Source, layout: Layout, known: Known) -> Preamble:
    """Read what there is. Raises BadField for one of our own facts that is wrong, and for a call without a name.

    The call is named by `call_id`, else by the provider's session, else by whoever knows the address.
    """
    named = next((name for name in (source.session_id, known.call_id) if is_identifier(name)), None)
    facts = read_facts(facts_in(lenient(source.said), known), call_id=named)
    call = CallStarted(
        call_id=facts.call_id,
        tenant=facts.tenant,
        team=facts.team,
        agent_id=facts.agent_id,
        direction=facts.direction,
        language=facts.language,
        channels=layout.channels,
        rate_hz=layout.rate_hz,
        started_at=known.now,
        dialect=source.dialect,
        notice=facts.notice,
        consent=facts.consent,
        metadata=_metadata(source, known),
    )
    return Preamble(call=call, encoding=layout.encoding, token=facts.token)


def facts_in(said: Mapping[str, object], known: Known) -> Fields:
    """Our facts: as the source says, else as the address says, else as the route says."""
    route = known.route
    facts: dict[str, object] = {
        "tenant": route.tenant,
        "team": route.team,
        "direction": route.direction.value,
        "language": route.language.value if route.language else None,
        "notice": route.notice.value,
        "consent": route.consent.value,
    }
    for spoken in (known.query, said):
        facts.update({name: spoken[name] for name in NAMES if spoken.get(name) not in (None, "")})
    return Fields(facts)


def lenient(said: Mapping[str, object]) -> Mapping[str, object]:
    """Our facts among the fields of others: numbers as text; a direction or language that we do not know is not said.

    Anything else that is wrong stays, to be refused: a misspelt consent must not turn into the route's.
    """
    facts = {name: _as_text(said[name]) for name in NAMES if said.get(name) is not None}
    if member(Direction, facts.get("direction")) is None:
        facts.pop("direction", None)
    tag = facts.get("language")
    if not isinstance(tag, str) or member(Language, tag.replace("_", "-").split("-")[0].lower()) is None:
        facts.pop("language", None)
    return facts


def text_in(said: Mapping[str, object], *names: str) -> str:
    """The first of these fields that holds a printable text or number of at most 128 characters; else nothing."""
    found = (_as_text(said.get(name)) for name in names)
    return next((text for text in found if isinstance(text, str) and _may_name(text)), "")


def is_identifier(name: str) -> bool:
    """Whether it can name a call."""
    try:
        return bool(Fields({"name": name}).identifier("name"))
    except BadField:
        return False


def metadata_in(values: Mapping[str, object], most: int = MOST_METADATA) -> dict[str, str]:
    """What can be kept: texts and numbers of bounded length under printable names, secrets and our facts left out."""
    kept = {
        name: written
        for name, value in values.items()
        if name not in NAMES
        and _may_name(name)
        and _SECRET.search(name) is None
        and (written := _written(value)) is not None
    }
    return dict(list(kept.items())[:most])


def _metadata(source: Source, known: Known) -> Mapping[str, str]:
    conversation_id = source.conversation_id or source.session_id
    ids = {"session_id": source.session_id, "conversation_id": conversation_id}
    own = {name: value for name, value in ids.items() if value}
    given = metadata_in({**known.query, **source.said}, MOST_METADATA - len(own))
    return MappingProxyType(given | own)


def _may_name(name: str) -> bool:
    return 0 < len(name) <= LONGEST_TEXT and name.isprintable()


def _written(value: object) -> str | None:
    written = _as_text(value)
    return written if isinstance(written, str) and len(written) <= LONGEST_METADATA and "\0" not in written else None


def _as_text(value: object) -> object:
    """Numbers as text, everything else as it is."""
    return str(value) if isinstance(value, int | float) else value
