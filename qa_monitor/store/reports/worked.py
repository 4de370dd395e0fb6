"""Which agent was on a call when: for occupancy, where a transferred call is each agent's for their own part."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, String, and_, select, type_coerce

from qa_monitor.people.sight import Sight
from qa_monitor.reports.occupancy import Span, Worked
from qa_monitor.reports.periods import Period
from qa_monitor.reports.records import Asked
from qa_monitor.store.reports.question import may_be_seen
from qa_monitor.store.tables import schema

figures, agents = schema.call_figures, schema.call_agents
COLUMNS = (
    figures.c.call_id,
    # as SQLite keeps it: a record of an instant for every call would take longer than all the rest
    type_coerce(figures.c.began_at, String()).label("began"),
    figures.c.duration_s,
    figures.c.tenant,
    agents.c.agent_id,
    agents.c.from_s,
)
LONGEST = timedelta(days=1)
"""A call that began longer before the time of a report is not looked for."""


def find_worked(connection: Connection, asked: Asked, periods: Sequence[Period], sight: Sight) -> Sequence[Worked]:
    """Stretches that reach into the time, cut to it, of agents and teams that may be seen."""
    since, until = periods[0].since, periods[-1].until
    only = asked.only
    wanted = (
        (figures.c.tenant, only.tenant),
        (agents.c.team, only.team),
        (figures.c.queue, only.queue),
        (agents.c.agent_id, only.agent),
    )
    shown = and_(
        may_be_seen(sight, figures.c.tenant, agents.c.team),
        *(column == value for column, value in wanted if value is not None),
    )
    query = (
        select(*COLUMNS)
        .join(agents, agents.c.call_id == figures.c.call_id)
        .where(figures.c.began_at >= since - LONGEST, figures.c.began_at < until, figures.c.duration_s > 0, shown)
    )
    rows = connection.execute(query).all()
    spans = _spans(rows, _handed_on(connection), since.timestamp(), until.timestamp())
    return [Worked(tenant=tenant, agent_id=agent, spans=own) for (tenant, agent), own in spans.items()]


def _handed_on(connection: Connection) -> Mapping[str, Sequence[float]]:
    """When calls went on to another agent, in seconds of each: of all agents, also those not shown."""
    found: dict[str, list[float]] = defaultdict(list)
    query = select(agents.c.call_id, agents.c.from_s).where(agents.c.from_s > 0).order_by(agents.c.from_s)
    for row in connection.execute(query):
        found[row.call_id].append(row.from_s)
    return found


def _spans(
    rows: Iterable[Sequence[Any]], handed_on: Mapping[str, Sequence[float]], since: float, until: float
) -> Mapping[tuple[str, str], Sequence[Span]]:
    """By tenant and agent. One part of a call ends where the next begins."""
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for call_id, began, duration_s, tenant, agent_id, from_s in rows:
        at = datetime.fromisoformat(began).replace(tzinfo=UTC).timestamp()
        ends_s = next((next_s for next_s in handed_on.get(call_id, ()) if next_s > from_s), duration_s)
        begins, ends = max(since, at + from_s), min(until, at + ends_s)
        if ends > begins:
            found[tenant, agent_id].append((begins, ends))
    return found
