"""The queries that write calls. Each is called inside an open transaction."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.records.calls import BACKLOG, LATER, CallAgent, CallState, Hold, StoredCall, blindness
from qa_monitor.records.errors import CallExists, NotKept
from qa_monitor.store.calls.consents import announced_cells
from qa_monitor.store.calls.finds import find_call, find_calls
from qa_monitor.store.calls.rows import agent_cells, call_cells
from qa_monitor.store.library.facts import keep_facts
from qa_monitor.store.shared.codec import to_text
from qa_monitor.store.tables import schema
from sentiment.records import Dynamics
from streams.records import CallEnded, CallId, CallStarted, EndReason

calls, flags = schema.calls, schema.flags


def save_call(connection: Connection, call: CallStarted) -> StoredCall:
    """Keep an announced call."""
    if not add_call(connection, call):
        raise CallExists(call.call_id)
    return existing_call(connection, call.call_id)


def add_call(connection: Connection, call: CallStarted) -> bool:
    """Keep a call unless its id is known; tells whether it was new."""
    cells = call_cells(call) | {"blind": blindness(call)}
    added = connection.execute(upsert(calls).values(cells).on_conflict_do_nothing()).rowcount > 0
    if added:
        rows = [
            {"call_id": call.call_id, "channel": channel, "speaker": speaker.value}
            for channel, speaker in enumerate(call.channels)
        ]
        connection.execute(insert(schema.call_channels), rows)
        first = CallAgent(agent_id=call.agent_id, team=call.team, from_s=0.0)
        connection.execute(insert(schema.call_agents).values(agent_cells(call.call_id, first)))
        connection.execute(insert(schema.consents).values(announced_cells(call)))
        keep_facts(connection, [call.call_id])
    return added


def change_call(connection: Connection, call_id: CallId, **cells: object) -> None:
    """Set columns of a call that is kept."""
    if not connection.execute(update(calls).where(calls.c.call_id == call_id).values(cells)).rowcount:
        raise NotKept("call", call_id)


def save_blind(connection: Connection, call_id: CallId, reason: str | None) -> None:
    """Keep why a call cannot be judged."""
    change_call(connection, call_id, blind=reason)


def save_hold(connection: Connection, call_id: CallId, hold: Hold | None) -> None:
    """Keep whether a call is held back now."""
    change_call(connection, call_id, paused=None if hold is None else hold.value)


def save_agent(connection: Connection, call_id: CallId, agent: CallAgent) -> StoredCall:
    """Keep that a call is with another agent from now on."""
    change_call(connection, call_id, agent_id=agent.agent_id, team=agent.team)
    cells = agent_cells(call_id, agent)
    key = ["call_id", "from_s"]
    connection.execute(upsert(schema.call_agents).values(cells).on_conflict_do_update(index_elements=key, set_=cells))
    keep_facts(connection, [call_id])
    return existing_call(connection, call_id)


def save_dynamics(connection: Connection, call_id: CallId, dynamics: Dynamics) -> None:
    """Keep the latest dynamics."""
    change_call(connection, call_id, dynamics=to_text(dynamics))
    keep_facts(connection, [call_id], over_only=True)


def end_call(connection: Connection, ended: CallEnded, ended_at: datetime) -> StoredCall:
    """Mark a call as ended, once."""
    stored = existing_call(connection, ended.call_id)
    if stored.state is not CallState.LIVE:
        return stored
    close_call(connection, ended, ended_at, CallState.ENDED)
    return existing_call(connection, ended.call_id)


def close_call(connection: Connection, ended: CallEnded, ended_at: datetime, state: CallState) -> None:
    """Set how a call came to its end."""
    change_call(
        connection,
        ended.call_id,
        state=state.value,
        ended_at=ended_at,
        end_reason=ended.reason.value,
        duration_s=ended.end_s,
    )
    keep_facts(connection, [ended.call_id])


def existing_call(connection: Connection, call_id: CallId) -> StoredCall:
    """A call that must be kept already."""
    stored = find_call(connection, call_id)
    if stored is None:
        raise NotKept("call", call_id)
    return stored


def interrupt_live_calls(connection: Connection, heard_s: Callable[[CallId], float]) -> tuple[StoredCall, ...]:
    """Mark every live call as interrupted at its last sign of life. For the start only: no call can be live then."""
    interrupted = find_calls(connection, CallState.LIVE, None)
    for stored in interrupted:
        call = stored.call
        end_s = max(heard_s(call.call_id), last_sign_s(connection, call.call_id))
        ended = CallEnded(call_id=call.call_id, end_s=end_s, reason=EndReason.INTERRUPTED)
        close_call(connection, ended, call.started_at + timedelta(seconds=end_s), CallState.INTERRUPTED)
    return interrupted


def give_up_later(connection: Connection) -> None:
    """What an earlier run would have transcribed later is gone with its memory; what lies on the disk is not.

    For the start only.
    """
    kept = select(schema.unheard.c.call_id).where(schema.unheard.c.key.is_not(None))
    connection.execute(schema.unheard.delete().where(schema.unheard.c.key.is_(None)))
    connection.execute(update(calls).where(calls.c.call_id.in_(kept)).values(blind=LATER))
    connection.execute(update(calls).where(calls.c.blind == LATER, calls.c.call_id.not_in(kept)).values(blind=BACKLOG))


def last_sign_s(connection: Connection, call_id: CallId) -> float:
    """The latest audio second the database knows of a call."""
    signs = [
        select(func.max(column)).where(table.c.call_id == call_id)
        for table, column in (
            (schema.utterances, schema.utterances.c.end_s),
            (flags, flags.c.raised_s),
            (schema.gaps, schema.gaps.c.start_s + schema.gaps.c.duration_s),
        )
    ]
    return max(connection.execute(sign).scalar() or 0.0 for sign in signs)
