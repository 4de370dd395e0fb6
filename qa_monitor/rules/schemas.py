"""The shapes of JSON about the rules in force."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from qa_monitor.rules.history import How
from qa_monitor.schemas.flags import PriorityLabel
from qa_monitor.schemas.shape import Bilingual, Shape
from streams.records import Language

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
    """It is on trial and tells nobody: its verdicts are those on flags that were held for that, and demote nothing."""
    demoted_for: list[str]
    """Tenants whose coaches are not told any more."""
    precision: PrecisionJson
    judged: list[JudgedJson]
    """By tenant, of those whose coaches said anything of it."""
    by_team: list[PlacePrecisionJson]


class WrittenRuleJson(Shape):
    """A rule as text."""

    rule_id: str
    text: str
    """To be put below `rules:` of a rule file."""


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
    rule_id: str
    """The rule it is in; empty where it is in none that has an id."""
    inherited: bool
    """Whether the field is not written there but comes from the rule of the same id in another file."""


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
