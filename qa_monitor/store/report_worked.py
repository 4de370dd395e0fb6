"""Which agent was on a call when: for occupancy, where a transferred call is each agent's for their own part."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, and_, case, select

from qa_monitor.people.sight import Sight
from qa_monitor.reports.occupancy import Worked
from qa_monitor.reports.periods import Period
from qa_monitor.reports.records import Asked
from qa_monitor.store import schema
from qa_monitor.store.report_sums import may_be_seen
from qa_monitor.store.rows import AnyRow

figures, agents = schema.call_figures, schema.call_agents
COLUMNS = (
    *(figures.c[name] for name in ("call_id", "began_at", "duration_s", "tenant")),
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
    # all parts of a call are read, also those not shown: one ends where the next begins
    columns = [*COLUMNS, case((shown, 1), else_=0).label("shown")]
    query = (
        select(*columns)
        .join(agents, agents.c.call_id == figures.c.call_id)
        .where(figures.c.began_at >= since - LONGEST, figures.c.began_at < until, figures.c.duration_s > 0)
        .order_by(figures.c.began_at, figures.c.call_id, agents.c.from_s)
    )
    calls = groupby(connection.execute(query), key=attrgetter("call_id"))
    return [worked for _, call in calls for worked in _parts(list(call), since, until)]


def _parts(call: Sequence[AnyRow], since: datetime, until: datetime) -> Iterator[Worked]:
    for number, row in enumerate(call):
        if not row.shown:
            continue
        ends_s = call[number + 1].from_s if number + 1 < len(call) else row.duration_s
        began_at = max(since, row.began_at + timedelta(seconds=row.from_s))
        ended_at = min(until, row.began_at + timedelta(seconds=ends_s))
        if ended_at > began_at:
            yield Worked(tenant=row.tenant, agent_id=row.agent_id, began_at=began_at, ended_at=ended_at)
