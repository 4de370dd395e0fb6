"""The queries that read, in SQLAlchemy Core. Each takes a connection: what one connection reads is one instant."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from alerts.records import FlagId, FlagState, HeldFlag, Priority
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.records.calls import CallState, FlagCounts, StoredCall
from qa_monitor.records.feed import FeedSnapshot
from qa_monitor.records.flags import OPEN_STATES, FlagEvent, LeftFlag, StoredFlag
from qa_monitor.records.holds import OnHold
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.store import schema
from qa_monitor.store.codec import from_text
from qa_monitor.store.consents import find_consents
from qa_monitor.store.rows import (
    Company,
    call_agent,
    flag_event,
    held_flag,
    stored_call,
    stored_flag,
    stored_utterance,
)
from qa_monitor.store.sights import flag_is_seen, is_seen
from qa_monitor.store.stretches import gap_record, hold_record
from sentiment.records import Course
from streams.records import CallId, Gap, Speaker

calls, flags, utterances, emotions = schema.calls, schema.flags, schema.utterances, schema.emotions

agents = schema.call_agents

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
SCORE_COLUMNS = tuple(
    column
    for column in emotions.c
    if column.name not in ("call_id", "utterance_id", "channel_role", "notice", "consent")
)


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


def find_record(connection: Connection, call_id: CallId) -> CallRecord | None:
    """A call with everything kept about it."""
    call = find_call(connection, call_id)
    if call is None:
        return None
    return CallRecord(
        call=call,
        utterances=find_utterances(connection, call_id),
        flags=find_flags(connection, flags.c.call_id == call_id, order=(flags.c.raised_s, flags.c.flag_id)),
        held=find_held(connection, call_id),
        gaps=find_gaps(connection, call_id),
        consents=find_consents(connection, call_id),
        holds=find_holds(connection, call_id),
    )


def find_utterances(connection: Connection, call_id: CallId) -> tuple[StoredUtterance, ...]:
    """By start, then channel, each with its score where there is one."""
    joined = utterances.outerjoin(
        emotions,
        (emotions.c.call_id == utterances.c.call_id) & (emotions.c.utterance_id == utterances.c.utterance_id),
    )
    query = (
        select(utterances, *SCORE_COLUMNS)
        .select_from(joined)
        .where(utterances.c.call_id == call_id)
        .order_by(utterances.c.start_s, utterances.c.channel)
    )
    return tuple(stored_utterance(row) for row in connection.execute(query))


def find_held(connection: Connection, call_id: CallId) -> tuple[HeldFlag, ...]:
    """By the audio second they would have been raised."""
    table = schema.held_flags
    query = select(table).where(table.c.call_id == call_id).order_by(table.c.raised_s, table.c.id)
    return tuple(held_flag(row) for row in connection.execute(query))


def find_gaps(connection: Connection, call_id: CallId) -> tuple[Gap, ...]:
    """By start."""
    table = schema.gaps
    query = select(table).where(table.c.call_id == call_id).order_by(table.c.start_s, table.c.channel)
    return tuple(gap_record(row) for row in connection.execute(query))


def find_holds(connection: Connection, call_id: CallId) -> tuple[OnHold, ...]:
    """By start."""
    table = schema.holds
    query = select(table).where(table.c.call_id == call_id).order_by(table.c.start_s)
    return tuple(hold_record(row) for row in connection.execute(query))


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
