"""The pace of calls, packed, one row per call: gone with its call."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.store.shared.running import Running
from qa_monitor.store.tables import schema
from streams.records import CallId

paces = schema.paces


class SqlitePaces:
    """See `pace_port.PaceStore`. Made by the store."""

    def __init__(self, write: Running, read: Running) -> None:
        self._write, self._read = write, read

    async def save(self, call_id: CallId, packed: bytes) -> None:
        await self._write(lambda connection: save_pace(connection, call_id, packed))

    async def load(self, call_id: CallId) -> bytes | None:
        return await self._read(lambda connection: find_pace(connection, call_id))


def save_pace(connection: Connection, call_id: CallId, packed: bytes) -> None:
    """In place of the one before."""
    statement = upsert(paces).values({"call_id": call_id, "packed": packed})
    connection.execute(statement.on_conflict_do_update(index_elements=["call_id"], set_={"packed": packed}))


def find_pace(connection: Connection, call_id: CallId) -> bytes | None:
    """As it was kept."""
    found: bytes | None = connection.execute(select(paces.c.packed).where(paces.c.call_id == call_id)).scalar()
    return found
