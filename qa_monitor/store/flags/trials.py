"""The queries about flags of rules on trial, which nobody was told about, and what is said of them.

Only flags that were held for that reason: what other stages hold back says nothing of the rule. Each takes a
connection.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from alerts.records import CoachId, FlagId, HoldReason, RedFlag
from qa_monitor.records.errors import NotKept, TooLate
from qa_monitor.records.flags import StoredFlag
from qa_monitor.records.verdicts import Verdict, VerdictCount, VerdictKind
from qa_monitor.store.calls.saves import existing_call
from qa_monitor.store.flags.rows import verdict_cells, verdict_count
from qa_monitor.store.shared.cells import AnyRow
from qa_monitor.store.shared.codec import from_text
from qa_monitor.store.tables import schema
from streams.records import CallId

held, trials = schema.held_flags, schema.trial_verdicts


def find_trial(connection: Connection, flag_id: FlagId) -> StoredFlag | None:
    """A flag held since its rule was on trial, with the latest word on it; none for any other."""
    shadow = (held.c.flag_id == flag_id, held.c.reason == HoldReason.SHADOW.value)
    body = connection.execute(select(held.c.body).where(*shadow).order_by(held.c.raised_s).limit(1)).scalar()
    if body is None:
        return None
    flag = from_text(body, RedFlag)
    kept = existing_call(connection, flag.call_id)
    agent, call = kept.agent_at(flag.start_s), kept.call
    stored = StoredFlag(flag=flag, agent_id=agent.agent_id, team=agent.team, language=call.language, tenant=call.tenant)
    latest = [one for one in find_trial_verdicts(connection, flag.call_id) if one.flag_id == flag_id]
    return _with_word(stored, latest[0]) if latest else stored


def find_trial_verdicts(connection: Connection, call_id: CallId) -> tuple[Verdict, ...]:
    """The latest word on each flag of a call."""
    query = select(trials).where(trials.c.call_id == call_id).order_by(trials.c.at, trials.c.by.desc())
    return tuple({row.flag_id: _verdict(row) for row in connection.execute(query)}.values())


def judge_trial(connection: Connection, verdict: Verdict) -> StoredFlag:
    """Keep what somebody says of a flag on trial; their earlier word is replaced. Raises `NotKept`."""
    stored = _existing(connection, verdict.flag_id)
    earlier = _word_of(connection, verdict.flag_id, verdict.by)
    if earlier is not None and earlier.kind is verdict.kind:
        return stored
    before = {"before_kind": earlier and earlier.kind.value, "before_at": earlier and earlier.at}
    cells = verdict_cells(verdict, stored) | {"call_id": stored.flag.call_id} | before
    key = ["flag_id", "by"]
    connection.execute(upsert(trials).values(cells).on_conflict_do_update(index_elements=key, set_=cells))
    return _with_word(stored, verdict)


def take_back_trial(connection: Connection, flag_id: FlagId, by: CoachId, since: datetime) -> StoredFlag:
    """Undo somebody's last word: the one before holds again. Raises `NotKept`; `TooLate` if it was before `since`."""
    _existing(connection, flag_id)
    own = (trials.c.flag_id == flag_id, trials.c.by == by)
    row = connection.execute(select(trials).where(*own, trials.c.at >= since)).first()
    if row is None:
        raise TooLate(flag_id)
    if row.before_at is None:
        connection.execute(delete(trials).where(*own))
    else:
        earlier = {"kind": row.before_kind, "at": row.before_at, "before_kind": None, "before_at": None}
        connection.execute(update(trials).where(*own).values(earlier))
    return _existing(connection, flag_id)


def count_trials(connection: Connection) -> tuple[VerdictCount, ...]:
    """By rule version, team, language and kind."""
    cells = trials.c
    by = (cells.rule_id, cells.rule_version, cells.tenant, cells.team, cells.language, cells.kind)
    query = select(*by, func.count().label("times")).group_by(*by).order_by(*by)
    return tuple(verdict_count(row, on_trial=True) for row in connection.execute(query))


def _existing(connection: Connection, flag_id: FlagId) -> StoredFlag:
    stored = find_trial(connection, flag_id)
    if stored is None:
        raise NotKept("flag", flag_id)
    return stored


def _word_of(connection: Connection, flag_id: FlagId, by: CoachId) -> Verdict | None:
    row = connection.execute(select(trials).where(trials.c.flag_id == flag_id, trials.c.by == by)).first()
    return None if row is None else _verdict(row)


def _verdict(row: AnyRow) -> Verdict:
    return Verdict(flag_id=FlagId(row.flag_id), kind=VerdictKind(row.kind), by=CoachId(row.by), at=row.at)


def _with_word(stored: StoredFlag, word: Verdict) -> StoredFlag:
    return replace(stored, verdict=word.kind, verdict_by=word.by, verdict_at=word.at)
