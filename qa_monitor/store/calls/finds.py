"""The queries that read calls. Each takes a connection: what one connection reads is one instant."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, select

from alerts.records import FlagState, Priority
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.records.calls import CallState, FlagCounts, StoredCall
from qa_monitor.store.calls.rows import Company, call_agent, stored_call
from qa_monitor.store.shared.codec import from_text
from qa_monitor.store.shared.sights import is_seen
from qa_monitor.store.tables import schema
from sentiment.records import Course
from streams.records import CallId, Speaker

calls, flags = schema.calls, schema.flags
agents = schema.call_agents


def find_calls(
    connection: Connection, state: CallState | None, limit: int | None, sight: Sight = EVERYTHING
) -> tuple[StoredCall, ...]:
    """Those that may be seen, newest first; `ended` takes in the interrupted ones."""
    query = select(calls).where(is_seen(sight)).order_by(calls.c.started_at.desc(), calls.c.call_id).limit(limit)
    if state is CallState.ENDED:
        query = query.where(calls.c.state != CallState.LIVE.value)
    elif state is not None:
        query = query.where(calls.c.state == state.value)
    rows = connection.execute(query).all()
    ids = [row.call_id for row in rows]
    companies, counts = find_companies(connection, ids), count_flags(connection, ids)
    return tuple(stored_call(row, companies[row.call_id], counts[row.call_id]) for row in rows)


def find_call(connection: Connection, call_id: CallId) -> StoredCall | None:
    """One call."""
    row = connection.execute(select(calls).where(calls.c.call_id == call_id)).first()
    if row is None:
        return None
    return stored_call(row, find_companies(connection, [call_id])[call_id], count_flags(connection, [call_id])[call_id])


def find_companies(connection: Connection, call_ids: Sequence[str]) -> dict[str, Company]:
    """Who is on these calls, and how their customers went through them."""
    table = schema.call_channels
    found: dict[str, Company] = defaultdict(Company)
    for row in connection.execute(select(table).where(table.c.call_id.in_(call_ids)).order_by(table.c.channel)):
        so_far = found[row.call_id]
        found[row.call_id] = replace(so_far, channels=(*so_far.channels, Speaker(row.speaker)))
    for row in connection.execute(select(agents).where(agents.c.call_id.in_(call_ids)).order_by(agents.c.from_s)):
        so_far = found[row.call_id]
        found[row.call_id] = replace(so_far, agents=(*so_far.agents, call_agent(row)))
    kept = schema.courses
    for row in connection.execute(select(kept.c.call_id, kept.c.body).where(kept.c.call_id.in_(call_ids))):
        found[row.call_id] = replace(found[row.call_id], course=from_text(row.body, Course))
    return found


def count_flags(connection: Connection, call_ids: Sequence[str]) -> dict[str, FlagCounts]:
    """Flags of these calls, those withdrawn left out."""
    query = (
        select(flags.c.call_id, flags.c.priority, func.count().label("count"))
        .where(flags.c.call_id.in_(call_ids), flags.c.state != FlagState.WITHDRAWN.value)
        .group_by(flags.c.call_id, flags.c.priority)
    )
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for row in connection.execute(query):
        counted[row.call_id][Priority(row.priority).label] = row._mapping["count"]
    return defaultdict(FlagCounts, {call_id: FlagCounts(**counts) for call_id, counts in counted.items()})
