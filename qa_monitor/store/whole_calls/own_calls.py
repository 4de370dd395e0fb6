"""What an agent may look back at: own calls that are over, with the flags of the part that was theirs."""

from collections import defaultdict

from sqlalchemy import Connection, select

from alerts.records import FlagState
from qa_monitor.people.records import AgentKey
from qa_monitor.records.calls import CallState
from qa_monitor.records.flags import StoredFlag
from qa_monitor.records.whole_calls import OwnCall
from qa_monitor.store.calls.finds import count_flags, find_companies
from qa_monitor.store.calls.rows import stored_call
from qa_monitor.store.flags.finds import find_flags
from qa_monitor.store.tables import schema

calls, agents, flags = schema.calls, schema.call_agents, schema.flags


def find_own_calls(connection: Connection, agent: AgentKey, limit: int) -> tuple[OwnCall, ...]:
    """Newest first. Flags that were withdrawn are left out: nobody holds them against anyone."""
    was_theirs = (
        select(agents.c.call_id)
        .where(agents.c.call_id == calls.c.call_id, agents.c.agent_id == agent.agent_id)
        .exists()
    )
    over = select(calls).where(calls.c.tenant == agent.tenant, calls.c.state != CallState.LIVE.value, was_theirs)
    rows = connection.execute(over.order_by(calls.c.started_at.desc(), calls.c.call_id).limit(limit)).all()
    ids = [row.call_id for row in rows]
    own = (
        flags.c.call_id.in_(ids),
        flags.c.agent_id == agent.agent_id,
        flags.c.state.in_([state.value for state in FlagState if state is not FlagState.WITHDRAWN]),
    )
    told: dict[str, list[StoredFlag]] = defaultdict(list)
    for stored in find_flags(connection, *own, order=(flags.c.raised_s, flags.c.flag_id)):
        told[stored.flag.call_id].append(stored)
    companies, counts = find_companies(connection, ids), count_flags(connection, ids)
    return tuple(
        OwnCall(call=stored_call(row, companies[row.call_id], counts[row.call_id]), flags=tuple(told[row.call_id]))
        for row in rows
    )
