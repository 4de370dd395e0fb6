"""Who may put rules into force for whose calls. Pure. Where it is in doubt, not."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from alerts.files.sources import Scope
from qa_monitor.people.records import Account, Role, TeamKey
from qa_monitor.rules.ruleset import RuleVersion, Sets


class NotTheirs(Exception):
    """Rules for calls that are not theirs to decide on. Names whose calls, and who decides on them."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(f"rules for {_said(scope)} are published by {_deciding(scope)}")
        self.scope = scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """The calls somebody may publish rules for; without anything said: none."""

    every: bool = False
    """All calls of all tenants, those of teams that nobody set up included."""
    teams: frozenset[TeamKey] = frozenset()

    def cover(self, scope: Scope) -> bool:
        """Whether every call of this scope is theirs. A team of any tenant is more than a team."""
        return self.every or TeamKey(scope.tenant, scope.team) in self.teams

    def check(self, scopes: Iterable[Scope]) -> None:
        """Raises `NotTheirs` for the first that is not covered."""
        for scope in scopes:
            if not self.cover(scope):
                raise NotTheirs(scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Whoever publishes or takes back."""

    name: str
    """As the history tells it."""
    rights: Rights = field(default_factory=Rights)


def rights_of(account: Account | None) -> Rights:
    """The operator, administrators and leads of every team: all calls. Other leads: those of their teams."""
    if account is None:
        return Rights(every=True)
    if account.disabled:
        return Rights()
    leads = Role.QA_LEAD in account.roles
    if Role.ADMIN in account.roles or (leads and account.every_team):
        return Rights(every=True)
    return Rights(teams=account.teams if leads else frozenset())


def holding(sets: Sets, tenant: str, version: RuleVersion) -> tuple[Scope, ...]:
    """Whose calls of this tenant go by this version of a rule."""
    return tuple(
        scope
        for scope, found in sets.items()
        if scope.tenant in ("", tenant)
        and any((rule.rule_id, rule.rule_version) == version for rule in found.book.rules)
    )


def _said(scope: Scope) -> str:
    if not scope.team:
        return f"all teams of {scope.tenant}" if scope.tenant else "everybody"
    return f"team {TeamKey(scope.tenant, scope.team)}" if scope.tenant else f"team {scope.team} of any tenant"


def _deciding(scope: Scope) -> str:
    everyone = "administrators and leads of every team"
    return f"its leads, {everyone}" if scope.tenant and scope.team else everyone
