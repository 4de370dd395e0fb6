"""Whose counts somebody may see, as conditions of a query. The same as `people.sight.Sight` says of one call."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Table, and_, false, not_, or_, true

from qa_monitor.people.records import TeamKey
from qa_monitor.people.sight import Sight
from qa_monitor.themes.port import Scope


def in_scope(scope: Scope, table: Table, *, language: bool = True) -> tuple[ColumnElement[bool], ...]:
    """Rows of these times, teams and language that may be seen."""
    found = [table.c.at >= scope.since, table.c.at < scope.until, team_is_seen(scope.sight, table)]
    if scope.teams:
        found.append(table.c.team.in_(sorted(scope.teams)))
    if scope.tenant is not None:
        found.append(table.c.tenant == scope.tenant)
    if language and scope.language is not None:
        found.append(table.c.language == scope.language.value)
    return tuple(found)


def team_is_seen(sight: Sight, table: Table) -> ColumnElement[bool]:
    """The team of a row is theirs, or is no team that is set up and such calls are shown."""
    if sight.every:
        return true()
    return or_(_is_of(sight.teams, table), and_(not_(_is_of(sight.known, table)), _unassigned(sight, table)))


def _is_of(teams: Iterable[TeamKey], table: Table) -> ColumnElement[bool]:
    by_tenant: dict[str, list[str]] = defaultdict(list)
    for key in sorted(teams):
        by_tenant[key.tenant].append(key.team)
    found = [and_(table.c.tenant == tenant, table.c.team.in_(names)) for tenant, names in by_tenant.items()]
    return or_(false(), *found)


def _unassigned(sight: Sight, table: Table) -> ColumnElement[bool]:
    if not sight.unassigned:
        return false()
    with_teams = sorted({team.tenant for team in sight.known})
    own = sorted({team.tenant for team in sight.teams})
    return or_(table.c.tenant.in_(own), table.c.tenant.not_in(with_teams))
