"""Whose lines a report is about, in which periods, and how they are put together: what all its queries share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    and_,
    false,
    literal,
    not_,
    or_,
    select,
    true,
    values,
)

from qa_monitor.people.records import TeamKey
from qa_monitor.people.sight import Sight
from qa_monitor.reports.periods import Period
from qa_monitor.reports.records import Asked, By, Filter, Key, Tally
from qa_monitor.store.tables import schema
from qa_monitor.store.tables.columns import Instant

figures, waits = schema.call_figures, schema.waits
Sum = ColumnElement[float] | ColumnElement[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The columns by which rows of one table are put together, filtered and shown."""

    rows: FromClause
    began_at: ColumnElement[object]
    tenant: ColumnElement[str]
    team: ColumnElement[str]
    queue: ColumnElement[str]
    agent: ColumnElement[str] | None


CALLS = Place(
    rows=figures,
    began_at=figures.c.began_at,
    tenant=figures.c.tenant,
    team=figures.c.team,
    queue=figures.c.queue,
    agent=figures.c.agent_id,
)
WAITS = Place(
    rows=waits, began_at=waits.c.began_at, tenant=waits.c.tenant, team=waits.c.team, queue=waits.c.queue, agent=None
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What all queries of one report share."""

    asked: Asked
    stretches: CTE
    sight: Sight

    def ask(
        self,
        connection: Connection,
        place: Place,
        rows: FromClause,
        sums: Mapping[str, Sum],
        part: ColumnElement[str] | None = None,
        *only: ColumnElement[bool],
    ) -> list[Tally]:
        """Sum up `rows`, which hold those of `place`."""
        stretches = self.stretches
        tenant, name = _line_of(place, self.asked.by)
        parts = literal("") if part is None else part
        query = (
            select(stretches.c.number, tenant, name, parts, *sums.values())
            .select_from(
                stretches.join(rows, and_(place.began_at >= stretches.c.since, place.began_at < stretches.c.until))
            )
            .where(may_be_seen(self.sight, place.tenant, place.team), *_only(place, self.asked.only), *only)
            .group_by(stretches.c.number, tenant, name, parts)
        )
        return [
            Tally(
                key=Key(row[1], row[2], row[3]),
                period=row[0],
                sums=dict(zip(sums, (float(value or 0) for value in row[4:]), strict=True)),
            )
            for row in connection.execute(query)
        ]


def stretches_of(periods: Sequence[Period]) -> CTE:
    """The periods as rows to join with."""
    rows = values(Column("number", Integer), Column("since", Instant), Column("until", Instant), name="stretches")
    return rows.data([(number, each.since, each.until) for number, each in enumerate(periods)]).cte("stretches")


def may_be_seen(sight: Sight, tenant: ColumnElement[str], team: ColumnElement[str]) -> ColumnElement[bool]:
    """A line of this team may be seen. Unlike a call, it is its last team's alone: it counts nowhere twice."""
    if sight.every:
        return true()
    known = or_(false(), *(_is(team_key, tenant, team) for team_key in sorted(sight.known)))
    own = or_(false(), *(_is(team_key, tenant, team) for team_key in sorted(sight.teams)))
    if not sight.unassigned:
        return own
    with_teams, own_tenants = ({each.tenant for each in teams} for teams in (sight.known, sight.teams))
    near = or_(tenant.in_(sorted(own_tenants)), tenant.not_in(sorted(with_teams)))
    return or_(own, and_(not_(known), near))


def _is(key: TeamKey, tenant: ColumnElement[str], team: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(tenant == key.tenant, team == key.team)


def _line_of(place: Place, by: By) -> tuple[ColumnElement[str], ColumnElement[str]]:
    nobody = literal("")
    match by:
        case By.ALL:
            return nobody, nobody
        case By.PARTNER:
            return place.tenant, nobody
        case By.TEAM:
            return place.tenant, place.team
        case By.QUEUE:
            return place.tenant, place.queue
        case By.AGENT:
            return place.tenant, nobody if place.agent is None else place.agent


def _only(place: Place, only: Filter) -> Iterable[ColumnElement[bool]]:
    wanted = (
        (place.tenant, only.tenant),
        (place.team, only.team),
        (place.queue, only.queue),
        (place.agent, only.agent),
    )
    return [column == value for column, value in wanted if column is not None and value is not None]
