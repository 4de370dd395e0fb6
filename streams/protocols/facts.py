"""The facts of a call that both dialects take under the same names."""

from dataclasses import dataclass, field

from streams.consent import Consent, Notice
from streams.protocols.fields import Fields, member
from streams.records import CallId, Direction, Language

NAMES = frozenset(
    {"call_id", "tenant", "team", "agent_id", "direction", "language", "notice", "consent", "token"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Who and what a call is about, as far as the source said so."""

    call_id: CallId
    tenant: str
    team: str
    agent_id: str
    direction: Direction
    language: Language | None
    notice: Notice
    consent: Consent
    token: str | None = field(repr=False)


def read_facts(fields: Fields, *, call_id: str | None = None, direction: Direction = Direction.UNKNOWN) -> Facts:
    """Read and check them; what is absent takes the value that allows least. Raises BadField."""
    token = fields.get("token")
    return Facts(
        call_id=CallId(fields.identifier("call_id", call_id)),
        tenant=fields.identifier("tenant", "default"),
        team=fields.text("team", ""),
        agent_id=fields.text("agent_id", ""),
        direction=fields.choice("direction", direction),
        language=_language(fields),
        notice=fields.choice("notice", Notice.NONE),
        consent=fields.choice("consent", Consent.UNKNOWN),
        token=token if isinstance(token, str) else None,
    )


def _language(fields: Fields) -> Language | None:
    """`fr`, `fr-CA` and `fr_CA` all mean French; absent or null means: to be detected."""
    tag = fields.text("language", "").replace("_", "-").split("-")[0].lower()
    if not tag:
        return None
    language = member(Language, tag)
    if language is None:
        raise fields.bad("language", ", ".join(Language))
    return language
