"""Of which calls sound waits to be listened to, one row per call: gone with its call, or once it was listened to."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.records.calls import LATER, CallState
from qa_monitor.store.calls.saves import change_call
from qa_monitor.store.library.facts import keep_facts
from qa_monitor.store.shared.running import Running
from qa_monitor.store.tables import schema
from qa_monitor.store.unheard_port import UnheardCall
from streams.records import CallId

unheard, calls = schema.unheard, schema.calls


class SqliteUnheard:
    """See `unheard_port.UnheardLedger`. Made by the store."""

    def __init__(self, write: Running, read: Running) -> None:
        self._write, self._read = write, read

    async def begin(self, call_id: CallId, key: bytes | None, blind: str | None) -> None:
        await self._write(lambda connection: begin(connection, call_id, key, blind))

    async def note(self, call_id: CallId, blind: str | None) -> None:
        await self._write(lambda connection: note(connection, call_id, blind))

    async def waiting(self) -> Sequence[UnheardCall]:
        return await self._read(find_waiting)

    async def settle(self, call_id: CallId, blind: str | None, until_s: float) -> None:
        await self._write(lambda connection: settle(connection, call_id, blind, until_s))


def begin(connection: Connection, call_id: CallId, key: bytes | None, blind: str | None) -> None:
    """The key first: what is sealed with it may be on the disk a moment later."""
    change_call(connection, call_id, blind=LATER)
    statement = upsert(unheard).values({"call_id": call_id, "key": key, "blind": blind})
    connection.execute(statement.on_conflict_do_update(index_elements=["call_id"], set_={"blind": blind}))


def note(connection: Connection, call_id: CallId, blind: str | None) -> None:
    """Of a call of which nothing waits, nothing is noted."""
    connection.execute(update(unheard).where(unheard.c.call_id == call_id).values(blind=blind))


def find_waiting(connection: Connection) -> Sequence[UnheardCall]:
    """Of calls that are over."""
    rows = connection.execute(
        select(unheard.c.call_id, unheard.c.key)
        .join(calls, calls.c.call_id == unheard.c.call_id)
        .where(calls.c.state != CallState.LIVE.value)
        .order_by(calls.c.started_at, calls.c.call_id)
    )
    return [UnheardCall(call_id=CallId(row.call_id), key=row.key) for row in rows]


def settle(connection: Connection, call_id: CallId, blind: str | None, until_s: float) -> None:
    """The row is overwritten where it lay."""
    noted = connection.execute(select(unheard.c.blind).where(unheard.c.call_id == call_id)).scalar()
    connection.execute(unheard.delete().where(unheard.c.call_id == call_id))
    connection.execute(update(calls).where(calls.c.call_id == call_id).values(blind=blind or noted))
    found = connection.execute(
        select(calls.c.state, calls.c.started_at, calls.c.duration_s).where(calls.c.call_id == call_id)
    ).first()
    if found is not None and found.state == CallState.INTERRUPTED.value and until_s > (found.duration_s or 0.0):
        ended_at = found.started_at + timedelta(seconds=until_s)
        connection.execute(
            update(calls).where(calls.c.call_id == call_id).values(duration_s=until_s, ended_at=ended_at)
        )
    keep_facts(connection, [call_id])
