"""Whose calls somebody may see, as a condition of a query. The same as `people.sight.Sight` says of one call."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, FromClause, and_, exists, false, not_, or_, true

from qa_monitor.people.records import TeamKey
from qa_monitor.people.sight import Sight
from qa_monitor.store.tables import schema

calls, agents, flags = schema.calls, schema.call_agents, schema.flags


def is_seen(sight: Sight, of: FromClause = calls) -> ColumnElement[bool]:
    """The call may be seen: it was with a team of theirs, or with no team that is set up and such calls are shown.

    `of`: the table of calls that is read, or another with their tenant under their id.
    """
    if sight.every:
        return true()
    return or_(_was_with(sight.teams, of), and_(not_(_was_with(sight.known, of)), _unassigned(sight, of)))


def score_is_shown(sight: Sight, scores: FromClause) -> ColumnElement[bool]:
    """The score of the row's call is theirs to learn. Every query that reads scores for people asks this."""
    return scores.c.call_id.not_in(sorted(sight.blind)) if sight.blind else true()


def flag_is_seen(sight: Sight) -> ColumnElement[bool]:
    """The flag is about a call that may be seen, and about a part of it that was not another known team's."""
    if sight.every:
        return true()
    return and_(
        is_seen(sight), or_(_is_of(sight.teams, flags.c.team, calls), not_(_is_of(sight.known, flags.c.team, calls)))
    )


def _was_with(teams: Iterable[TeamKey], of: FromClause) -> ColumnElement[bool]:
    return exists().where(agents.c.call_id == of.c.call_id, _is_of(teams, agents.c.team, of)).correlate(of)


def _is_of(teams: Iterable[TeamKey], column: ColumnElement[str], of: FromClause) -> ColumnElement[bool]:
    found = [and_(of.c.tenant == tenant, column.in_(names)) for tenant, names in _by_tenant(teams).items()]
    return or_(false(), *found)


def _unassigned(sight: Sight, of: FromClause) -> ColumnElement[bool]:
    if not sight.unassigned:
        return false()
    with_teams = sorted({team.tenant for team in sight.known})
    own = sorted({team.tenant for team in sight.teams})
    return or_(of.c.tenant.in_(own), of.c.tenant.not_in(with_teams))


def _by_tenant(teams: Iterable[TeamKey]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key in sorted(teams):
        found[key.tenant].append(key.team)
    return found
