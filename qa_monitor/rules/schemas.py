"""The shapes of JSON about rules: what is in force, its history, drafts, verdicts."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from alerts.records import HoldReason
from keywords.records import HitReason
from qa_monitor.records.verdicts import VerdictKind
from qa_monitor.rules.history import How
from qa_monitor.schemas.flags import PriorityLabel
from qa_monitor.schemas.shape import Bilingual, Shape
from streams.records import Language

MOST_TEXT = 1_000_000
"""Characters of a rule file."""
MOST_SENTENCE = 5_000
Name = Annotated[str, Field(max_length=200)]


class ScopeJson(Shape):
    """Whose calls; empty means all."""

    tenant: Name = ""
    team: Name = ""


class PrecisionJson(Shape):
    """Coaches' verdicts on one version of a rule. `low` to `high`: the 95 % interval of its precision."""

    useful: int
    false_alarm: int
    already_known: int
    precision: float | None
    """Useful and already known, of all; null without a verdict."""
    low: float
    high: float


class PlacePrecisionJson(PrecisionJson):
    """The same, from one team and language."""

    tenant: str
    team: str
    language: Language | None


class JudgedJson(PrecisionJson):
    """The same, from all teams of one tenant: by this a rule is demoted for the tenant's coaches."""

    tenant: str
    needed: int
    """Verdicts that are still to come before the floor can be judged."""
    demoted: bool
    demoted_since: datetime | None
    """When it fell below its floor; null where it is not demoted."""
    restored_at: datetime | None
    """Verdicts up to then count no more; null where it never was restored."""
    restored_by: str | None
    yours: bool
    """Whether it is for whoever asks to tell it again."""


class RuleJson(Shape):
    """One rule in force."""

    rule_id: str
    rule_version: str
    name: Bilingual
    priority: PriorityLabel
    floor: float | None
    """The precision below which it is demoted; null: never."""
    shadow: bool
    """It is being tried out, and tells nobody."""
    demoted_for: list[str]
    """Tenants whose coaches are not told any more."""
    precision: PrecisionJson
    judged: list[JudgedJson]
    """By tenant, of those whose coaches said anything of it."""
    by_team: list[PlacePrecisionJson]


class RuleSetJson(Shape):
    """The rules for these calls."""

    scope: ScopeJson
    version: str
    rules: list[RuleJson]


class ProblemJson(Shape):
    """One thing wrong in a rule file."""

    file: str
    line: int
    field: str
    found: str
    allowed: str


class RefusedJson(Shape):
    """Files that were changed by hand and refused: what was in force before stays so."""

    at: datetime
    problems: list[ProblemJson]


class PublishedJson(Shape):
    """The rule file published for these calls."""

    scope: ScopeJson
    text: str
    yours: bool
    """Whether it is for whoever asks to publish in its place, or to take it back."""


class RightsJson(Shape):
    """For whose calls one may publish rules, take them back, and tell demoted ones again."""

    every: bool
    """For all calls."""
    teams: list[ScopeJson]
    """For those of these teams."""


class RulesJson(Shape):
    """What is in force now."""

    version: str
    since: datetime
    how: How
    by: str | None
    sets: list[RuleSetJson]
    enough: int
    """Verdicts before a floor is judged."""
    published: list[PublishedJson]
    refused: RefusedJson | None
    rights: RightsJson
    """Of whoever asks."""


class ChangedRuleJson(Shape):
    """A rule that is not as it was."""

    rule_id: str
    fields: list[str]


class DifferenceJson(Shape):
    """What changes for these calls, by rule ids."""

    scope: ScopeJson
    added: list[str]
    removed: list[str]
    changed: list[ChangedRuleJson]


class EntryJson(Shape):
    """One set that was in force."""

    number: int
    at: datetime
    by: str | None
    how: How
    version: str
    differences: list[DifferenceJson]
    scope: ScopeJson | None
    """For whose calls it was published, or taken back; null where files were read."""
    undoes: int | None
    """The number of the publication it took back."""


class HistoryJson(Shape):
    """Newest first."""

    entries: list[EntryJson]


class KeptFileJson(Shape):
    """A rule file as it was."""

    path: str
    scope: ScopeJson
    text: str


class KeptSetJson(Shape):
    """One set that was in force, with its files."""

    entry: EntryJson
    files: list[KeptFileJson]


class DraftJson(Shape):
    """A rule file that is not in force."""

    text: Annotated[str, Field(max_length=MOST_TEXT)]
    """It says itself which tenant and team it is for."""


class CheckedJson(Shape):
    """What publishing the draft would do. With problems it would be refused."""

    problems: list[ProblemJson]
    scope: ScopeJson
    """Whose calls the draft says it is for."""
    yours: bool
    """Whether it is for whoever asks to publish it."""
    version: str | None
    differences: list[DifferenceJson]


class TryJson(Shape):
    """A sentence to try: on a draft, or without `text` on the rules in force, in a call of this tenant and team."""

    text: Annotated[str, Field(max_length=MOST_TEXT)] | None = None
    tenant: Name = ""
    team: Name = ""
    sentence: Annotated[str, Field(min_length=1, max_length=MOST_SENTENCE)]
    language: Language
    speaker: Literal["customer", "agent"]


class HitJson(Shape):
    """A phrase found in the sentence."""

    rule_id: str
    phrase: str
    part: int
    reason: HitReason
    certainty: float
    lit: list[int]
    """Places of its words in the sentence, from 0."""


class TriedFlagJson(Shape):
    """A flag the sentence alone would raise; `held`: why nobody would be told."""

    rule_id: str
    priority: PriorityLabel
    held: HoldReason | None


class TriedJson(Shape):
    """What the rules make of a sentence; with problems, nothing was tried."""

    problems: list[ProblemJson]
    words: list[str]
    hits: list[HitJson]
    flags: list[TriedFlagJson]
    names: dict[str, Bilingual]
    """What the rules of these hits and flags are called, by id."""


class PublishJson(DraftJson):
    """A rule file to put into force."""

    by: Annotated[str, Field(min_length=1, max_length=200)]
    """Who does it, for the history."""


class UndoJson(Shape):
    """The latest publication is to be taken back: for these calls, or without `scope` of all that are one's own."""

    scope: ScopeJson | None = None
    by: Annotated[str, Field(min_length=1, max_length=200)]


class RefusalJson(Shape):
    """A draft that was not published."""

    problems: list[ProblemJson]


class NewVerdictJson(Shape):
    """What a coach says of a flag."""

    verdict: VerdictKind


class RestoreJson(Shape):
    """A demoted rule is to be told again."""

    rule_version: Name
    tenant: Name
    by: Annotated[str, Field(min_length=1, max_length=200)]
    """Who does it."""


class RestoredJson(Shape):
    """It is told again."""

    tenant: str
    at: datetime
    by: str
