"""Counts and sums for reports, by period and line, over the narrow tables of figures."""

from collections import defaultdict
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
    case,
    column,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    table,
    true,
    values,
)

from qa_monitor.people.records import TeamKey
from qa_monitor.people.sight import Sight
from qa_monitor.reports.customers import SCALES
from qa_monitor.reports.lines import added
from qa_monitor.reports.periods import Period
from qa_monitor.reports.records import Asked, By, Filter, Key, Kind, Sums, Tally
from qa_monitor.reports.repeats import Repeated
from qa_monitor.store.shared.sights import score_is_shown
from qa_monitor.store.tables import schema
from qa_monitor.store.tables.columns import Instant
from streams.records import Direction

figures, counted, surveys, waits = schema.call_figures, schema.flag_figures, schema.surveys, schema.waits
scores = table(
    "call_scores", column("call_id"), column("scorecard_id"), column("total"), column("failed"), column("current")
)
"""Kept by the scorecards: these columns are all that reports know of them."""
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


def sum_up(connection: Connection, asked: Asked, periods: Sequence[Period], sight: Sight) -> Sequence[Tally]:
    """Everything but occupancy."""
    question = Question(asked=asked, stretches=stretches_of(periods), sight=sight)
    match asked.kind:
        case Kind.SERVICE:
            return question.ask(connection, WAITS, waits, _service_sums(asked.within_s))
        case Kind.FLAGS:
            return _with_calls(connection, question, _flags(connection, question))
        case Kind.SURVEYS:
            return _with_calls(connection, question, _surveys(connection, question))
        case Kind.SCORES:
            joined = figures.join(scores, scores.c.call_id == figures.c.call_id)
            shown = and_(scores.c.current == 1, score_is_shown(sight, scores))
            return question.ask(connection, CALLS, joined, _score_sums(), scores.c.scorecard_id, shown)
        case _:
            return question.ask(connection, CALLS, figures, _call_sums())


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


def _squared(name: str, value: ColumnElement[float]) -> dict[str, Sum]:
    """A sum, and that of the squares."""
    return {name: func.sum(value), f"{name}2": func.sum(value * value)}


def _number(condition: ColumnElement[bool]) -> Sum:
    """How many rows it holds for. The sum of a condition itself would come back as one."""
    return func.sum(case((condition, 1), else_=0))


def _call_sums() -> Mapping[str, Sum]:
    return {
        "calls": func.count(),
        "inbound": _number(figures.c.direction == Direction.INBOUND.value),
        "timed": func.count(figures.c.duration_s),
        **_squared("handle_s", figures.c.duration_s),
        "split": func.count(figures.c.talk_s),
        **_squared("talk_s", figures.c.talk_s),
        **_squared("hold_s", figures.c.hold_s),
        **_squared("silence_s", figures.c.silence_s),
        "told_apart": func.count(figures.c.talk_over_s),
        **_squared("talk_over_s", figures.c.talk_over_s),
        "read": _number(figures.c.repeated.in_([Repeated.YES.value, Repeated.NO.value])),
        "repeats": _number(figures.c.repeated == Repeated.YES.value),
    }


def _score_sums() -> Mapping[str, Sum]:
    return {
        "scored": func.count(scores.c.total),
        **_squared("mean", scores.c.total),
        "failed": _number(scores.c.failed == 1),
    }


def _service_sums(within_s: float) -> Mapping[str, Sum]:
    soon, waited_s = waits.c.waited_s <= within_s, case((waits.c.answered, waits.c.waited_s))
    return {
        "offered": func.count(),
        "answered": _number(waits.c.answered),
        "in_time": _number(and_(waits.c.answered, soon)),
        "gave_up_soon": _number(and_(not_(waits.c.answered), soon)),
        **_squared("wait_s", waited_s),
    }


def _flags(connection: Connection, question: Question) -> list[Tally]:
    joined = figures.join(counted, counted.c.call_id == figures.c.call_id)
    names = ("told", "useful", "false_alarm", "already_known")
    return question.ask(
        connection, CALLS, joined, {name: func.sum(counted.c[name]) for name in names}, counted.c.rule_id
    )


def _surveys(connection: Connection, question: Question) -> list[Tally]:
    joined = figures.join(surveys, surveys.c.call_id == figures.c.call_id)
    satisfied = or_(
        *(and_(surveys.c.kind == kind.value, surveys.c.value >= scale.satisfied) for kind, scale in SCALES.items())
    )
    against = or_(
        *(and_(surveys.c.kind == kind.value, surveys.c.value <= scale.against) for kind, scale in SCALES.items())
    )
    sums: Mapping[str, Sum] = {
        "answers": func.count(),
        "satisfied": _number(satisfied),
        "detractors": _number(against),
        **_squared("score", surveys.c.value),
    }
    return question.ask(connection, CALLS, joined, sums, surveys.c.kind)


def _with_calls(connection: Connection, question: Question, found: Sequence[Tally]) -> list[Tally]:
    """The same with the calls of each line beside, of which shares and rates are; and a line for all parts together.

    A rule that was silent in a period was so over all calls of that period.
    """
    parts: dict[tuple[str, str], set[str]] = defaultdict(set)
    told: dict[tuple[Key, int], Sums] = {}
    for tally in found:
        parts[tally.key.tenant, tally.key.name].add(tally.key.part)
        told[tally.key, tally.period] = tally.sums
    every: list[Tally] = []
    for calls in question.ask(connection, CALLS, figures, {"calls": func.count()}):
        tenant, name, period = calls.key.tenant, calls.key.name, calls.period
        own = {part: told.get((Key(tenant, name, part), period), {}) for part in sorted(parts[tenant, name])}
        every.append(Tally(key=calls.key, period=period, sums=added([calls.sums, *own.values()])))
        every.extend(
            Tally(key=Key(tenant, name, part), period=period, sums={**calls.sums, **sums}) for part, sums in own.items()
        )
    return every
