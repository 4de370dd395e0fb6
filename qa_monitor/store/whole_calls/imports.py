"""Calls that were brought in whole: copied in one transaction, with the digest of their recording beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, Table, insert, select

from alerts.care import Care
from alerts.lifecycle import changed
from alerts.records import FlagState, Latency
from qa_monitor.records.errors import CallExists
from qa_monitor.records.flags import OPEN_STATES, StoredFlag
from qa_monitor.store.calls.finds import find_call
from qa_monitor.store.flags.rows import flag_cells
from qa_monitor.store.library.facts import keep_facts
from qa_monitor.store.shared.running import Running
from qa_monitor.store.tables import schema
from qa_monitor.store.whole_calls.finds import find_record
from streams.records import CallId

BEFORE_WORDS: tuple[Table, ...] = (
    schema.calls,
    schema.call_channels,
    schema.call_agents,
    schema.consents,
    schema.gaps,
    schema.holds,
)
"""What is kept of a call besides what is said and judged in it, in the order in which rows refer to each other."""
WHOLE: tuple[Table, ...] = (
    *BEFORE_WORDS,
    schema.utterances,
    schema.emotions,
    schema.courses,
    schema.held_flags,
)
"""All there is of a call but its flags, in the order in which rows refer to each other."""
NUMBER = "id"
"""A number of the table's own, given anew."""
Cells = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeCall:
    """Everything kept of one call."""

    call_id: CallId
    rows: Sequence[tuple[Table, Sequence[Cells]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtIn:
    """A recording, and the call that was made of it."""

    sha256: str
    call_id: CallId
    at: datetime


class SqliteImports:
    """Made by the store."""

    def __init__(self, write: Running, read: Running) -> None:
        self._write, self._read = write, read

    async def find(self, sha256: str) -> BroughtIn | None:
        """What became of a recording with this digest; none where it was never brought in."""
        return await self._read(lambda connection: find_import(connection, sha256))

    async def whole(self, call_id: CallId) -> WholeCall:
        """Everything of a call that is over, its flags as nobody was told of them."""
        return await self._read(lambda connection: read_whole(connection, call_id))

    async def keep(self, call: WholeCall, sha256: str, at: datetime) -> None:
        """All of it, or nothing. Raises `CallExists`."""
        await self._write(lambda connection: write_whole(connection, call, sha256, at))


def find_import(connection: Connection, sha256: str) -> BroughtIn | None:
    """By its digest."""
    row = connection.execute(select(schema.imports).where(schema.imports.c.sha256 == sha256)).first()
    return None if row is None else BroughtIn(sha256=row.sha256, call_id=CallId(row.call_id), at=row.at)


def read_whole(connection: Connection, call_id: CallId) -> WholeCall:
    """Rows as they are; flags as of a call that is long over."""
    rows = [
        (table, [_cells(row) for row in connection.execute(select(table).where(table.c.call_id == call_id))])
        for table in WHOLE
    ]
    record = find_record(connection, call_id)
    flags = () if record is None else record.flags
    began_at = None if record is None else record.call.call.started_at
    cells = [_nobody_told(flag, began_at) for flag in flags]
    return WholeCall(call_id=call_id, rows=[*rows, (schema.flags, cells)])


def write_whole(connection: Connection, call: WholeCall, sha256: str, at: datetime) -> None:
    """With its digest, so that neither is there without the other."""
    if find_call(connection, call.call_id) is not None:
        raise CallExists(call.call_id)
    for table, rows in call.rows:
        if rows:
            connection.execute(insert(table), [dict(row) for row in rows])
    # what it is listed, filtered and found by
    keep_facts(connection, [call.call_id])
    connection.execute(insert(schema.imports).values({"sha256": sha256, "call_id": call.call_id, "at": at}))


def _cells(row: Row[tuple[object, ...]]) -> Cells:
    return {name: cell for name, cell in row._mapping.items() if name != NUMBER}


def _nobody_told(stored: StoredFlag, began_at: datetime | None) -> Cells:
    """It was never open to anybody; it stands on the call's timeline, to be judged."""
    flag = stored.flag if stored.flag.state not in OPEN_STATES else changed(stored.flag, FlagState.EXPIRED)
    raised_at = None if began_at is None else began_at + timedelta(seconds=flag.raised_s)
    flag = replace(flag, latency=Latency(), raised_at=raised_at)
    return {**flag_cells(replace(stored, flag=flag, care=Care())), "sequence": 0}
