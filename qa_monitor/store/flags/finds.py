"""The queries that read flags, and what consoles begin with. Each takes a connection."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from alerts.records import FlagId, HeldFlag
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.records.calls import CallState
from qa_monitor.records.feed import FeedSnapshot
from qa_monitor.records.flags import OPEN_STATES, FlagEvent, LeftFlag, StoredFlag
from qa_monitor.store.calls.finds import find_calls
from qa_monitor.store.flags.rows import flag_event, held_flag, stored_flag
from qa_monitor.store.shared.sights import flag_is_seen
from qa_monitor.store.tables import schema
from streams.records import CallId

calls, flags = schema.calls, schema.flags
said, words = schema.verdicts, schema.verdicts.alias("words")
LATEST_WORD = (
    select(words.c.by)
    .where(words.c.flag_id == flags.c.flag_id)
    .order_by(words.c.at.desc(), words.c.by)
    .limit(1)
    .correlate(flags)
    .scalar_subquery()
)
"""Which coach had the last word on a flag."""
FLAG_COLUMNS = (
    flags,
    calls.c.language,
    calls.c.tenant,
    said.c.kind.label("verdict"),
    said.c.by.label("verdict_by"),
    said.c.at.label("verdict_at"),
)
FLAG_TABLES = flags.join(calls, calls.c.call_id == flags.c.call_id).outerjoin(
    said, (said.c.flag_id == flags.c.flag_id) & (said.c.by == LATEST_WORD)
)


def find_held(connection: Connection, call_id: CallId) -> tuple[HeldFlag, ...]:
    """By the audio second they would have been raised."""
    table = schema.held_flags
    query = select(table).where(table.c.call_id == call_id).order_by(table.c.raised_s, table.c.id)
    return tuple(held_flag(row) for row in connection.execute(query))


def find_flags(
    connection: Connection,
    *conditions: ColumnElement[bool],
    order: Sequence[ColumnElement[object]],
    limit: int | None = None,
) -> tuple[StoredFlag, ...]:
    """Flags that meet all conditions."""
    query = select(*FLAG_COLUMNS).select_from(FLAG_TABLES).where(*conditions)
    return tuple(stored_flag(row) for row in connection.execute(query.order_by(*order).limit(limit)))


def find_open_flags(connection: Connection, limit: int, sight: Sight = EVERYTHING) -> tuple[StoredFlag, ...]:
    """The newest ones that may be seen, newest first."""
    return find_flags(connection, is_open(), flag_is_seen(sight), order=(flags.c.sequence.desc(),), limit=limit)


def find_latest_flags(connection: Connection, limit: int, sight: Sight = EVERYTHING) -> tuple[StoredFlag, ...]:
    """In whatever state, newest first."""
    return find_flags(connection, flag_is_seen(sight), order=(flags.c.sequence.desc(),), limit=limit)


def find_left_flags(connection: Connection, ended_before: datetime, limit: int) -> tuple[LeftFlag, ...]:
    """Open flags of calls that were over by then, those of the earliest call first."""
    query = (
        select(*FLAG_COLUMNS, calls.c.ended_at)
        .select_from(FLAG_TABLES)
        .where(is_open(), calls.c.ended_at <= ended_before)
        .order_by(calls.c.ended_at, flags.c.sequence)
        .limit(limit)
    )
    return tuple(LeftFlag(flag=stored_flag(row), ended_at=row.ended_at) for row in connection.execute(query))


def is_open() -> ColumnElement[bool]:
    """The flag still asks a coach to act."""
    return flags.c.state.in_([state.value for state in OPEN_STATES])


def find_flag(connection: Connection, flag_id: FlagId) -> StoredFlag | None:
    """One flag."""
    found = find_flags(connection, flags.c.flag_id == flag_id, order=(flags.c.flag_id,))
    return found[0] if found else None


def find_snapshot(connection: Connection, flag_limit: int) -> FeedSnapshot:
    """Live calls and open flags, oldest first, and the number of the last change."""
    return FeedSnapshot(
        sequence=find_head(connection),
        calls=find_calls(connection, CallState.LIVE, None)[::-1],
        flags=find_open_flags(connection, flag_limit)[::-1],
    )


def find_head(connection: Connection) -> int:
    """The number of the last change of a flag; 0 before the first."""
    return connection.execute(select(func.max(schema.flag_events.c.sequence))).scalar_one() or 0


def find_flag_events(connection: Connection, after: int, limit: int) -> tuple[FlagEvent, ...]:
    """Changes numbered above `after`, in order."""
    table = schema.flag_events
    query = select(table).where(table.c.sequence > after).order_by(table.c.sequence).limit(limit)
    return tuple(flag_event(row) for row in connection.execute(query))
