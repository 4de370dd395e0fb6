"""Disputes of flags, each a row for its steps. A decision and the verdict it brings are one transaction."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping

from sqlalchemy import Connection, Select, insert, select

from alerts.records import CoachId, FlagId
from qa_monitor.records.flags import StoredFlag
from qa_monitor.records.verdicts import Verdict, VerdictKind
from qa_monitor.reviews.flag_disputes import (
    DisputeEvent,
    Disputes,
    FlagDispute,
    FlagRuling,
    Step,
    check_step,
    standing,
)
from qa_monitor.store.flags.finds import find_flags
from qa_monitor.store.flags.saves import existing_flag
from qa_monitor.store.flags.verdicts import save_verdict
from qa_monitor.store.shared.running import Running
from qa_monitor.store.shared.sights import is_seen
from qa_monitor.store.tables import schema

table, flags, calls = schema.flag_disputes, schema.flags, schema.calls
Numbering = Callable[[Callable[[Connection], tuple[StoredFlag, bool]]], Awaitable[StoredFlag]]
"""Runs what may change a flag, and tells of the change."""


class SqliteDisputes:
    """Made by the store. Every method raises `StoreError`."""

    def __init__(self, number: Numbering, read: Running, generation: Callable[[], str]) -> None:
        self._number, self._read, self._generation = number, read, generation

    async def add(self, event: DisputeEvent) -> StoredFlag:
        """One more step. Raises `NotKept` for a flag that is not there, `WrongStep` where it cannot be done now.

        A decision that the flag is a false alarm is the lead's verdict on it too, at the same moment.
        """
        return await self._number(lambda connection: add(connection, event, self._generation()))

    async def of_flags(self, ids: Collection[FlagId]) -> Mapping[FlagId, FlagDispute]:
        """Those of these flags that are disputed."""
        return await self._read(lambda connection: find_of(connection, ids))

    async def find(self, sought: Disputes) -> tuple[tuple[FlagDispute, StoredFlag], ...]:
        """With their flags, the latest first."""
        return await self._read(lambda connection: find(connection, sought))


def add(connection: Connection, event: DisputeEvent, generation: str) -> tuple[StoredFlag, bool]:
    """The second value tells whether the flag itself changed."""
    stored = existing_flag(connection, event.flag_id)
    check_step(find_of(connection, [event.flag_id]).get(event.flag_id), event.step)
    cells = {
        "flag_id": event.flag_id,
        "step": event.step.value,
        "words": event.words,
        "by": event.by,
        "at": event.at,
        "ruling": None if event.ruling is None else event.ruling.value,
    }
    connection.execute(insert(table).values(cells))
    if event.ruling is not FlagRuling.FALSE_ALARM:
        return stored, False
    verdict = Verdict(flag_id=event.flag_id, kind=VerdictKind.FALSE_ALARM, by=CoachId(event.by), at=event.at)
    return save_verdict(connection, verdict, generation)


def find_of(connection: Connection, ids: Collection[FlagId]) -> Mapping[FlagId, FlagDispute]:
    """By flag."""
    return _standing(connection, select(table).where(table.c.flag_id.in_(list(ids))))


def find(connection: Connection, sought: Disputes) -> tuple[tuple[FlagDispute, StoredFlag], ...]:
    """See `SqliteDisputes.find`."""
    joined = table.join(flags, flags.c.flag_id == table.c.flag_id).join(calls, calls.c.call_id == flags.c.call_id)
    first = select(table.c.flag_id).select_from(joined).where(table.c.step == Step.DISPUTE.value, is_seen(sought.sight))
    if sought.call_id is not None:
        first = first.where(flags.c.call_id == sought.call_id)
    if sought.open is not None:
        other = table.alias()
        decided = select(other.c.id).where(other.c.flag_id == table.c.flag_id, other.c.step == Step.DECIDE.value)
        first = first.where(~decided.exists() if sought.open else decided.exists())
    chosen = first.order_by(table.c.at.desc(), table.c.id.desc()).limit(sought.limit)
    ids = [FlagId(each) for each in connection.execute(chosen).scalars()]
    found = find_of(connection, ids)
    told = find_flags(connection, flags.c.flag_id.in_(ids), order=(flags.c.flag_id,))
    by_id = {stored.flag.flag_id: stored for stored in told}
    return tuple((found[each], by_id[each]) for each in ids)


def _standing(connection: Connection, query: Select[tuple[object, ...]]) -> Mapping[FlagId, FlagDispute]:
    steps: dict[FlagId, list[DisputeEvent]] = defaultdict(list)
    for row in connection.execute(query.order_by(table.c.id)):
        event = DisputeEvent(
            flag_id=FlagId(row.flag_id),
            step=Step(row.step),
            words=row.words,
            by=row.by,
            at=row.at,
            ruling=None if row.ruling is None else FlagRuling(row.ruling),
        )
        steps[event.flag_id].append(event)
    return {flag_id: standing(each) for flag_id, each in steps.items()}
