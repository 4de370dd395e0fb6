"""Who listened to live calls, in the database."""

from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, insert, select, update

from qa_monitor.erasing.records import digest_of
from qa_monitor.people.listening import Ending, Heard, Listening, ListeningId
from qa_monitor.store.shared.cells import AnyRow
from qa_monitor.store.shared.running import Running
from qa_monitor.store.tables import schema
from streams.records import CallId

table = schema.listenings
PAGE = 500
"""Rows read together."""


class SqliteListenings:
    """See `people.listening.ListeningStore`. Made by the store."""

    def __init__(self, write: Running, read: Running) -> None:
        self._write, self._read = write, read

    async def begin(self, heard: Heard) -> ListeningId:
        return await self._write(lambda connection: begin(connection, heard))

    async def end(self, listening_id: ListeningId, ending: Ending, at: datetime, heard_s: float) -> None:
        await self._write(lambda connection: end(connection, listening_id, ending, at, heard_s))

    async def latest(self, limit: int) -> tuple[Listening, ...]:
        return await self._read(lambda connection: find_before(connection, None, limit))

    async def pages(self) -> AsyncIterator[tuple[Listening, ...]]:
        page = await self.latest(PAGE)
        while page:
            yield page
            last = page[-1].listening_id
            page = await self._read(partial(find_before, before=last, limit=PAGE))


def begin(connection: Connection, heard: Heard) -> ListeningId:
    """A new row."""
    cells = {
        "call_id": heard.call_id,
        "call_digest": digest_of(heard.call_id),
        "tenant": heard.tenant,
        "team": heard.team,
        "agent_id": heard.agent_id,
        "by": heard.by,
        "began_at": heard.began_at,
        "heard_s": 0.0,
    }
    return ListeningId(connection.execute(insert(table).values(cells).returning(table.c.id)).scalar_one())


def end(connection: Connection, listening_id: ListeningId, ending: Ending, at: datetime, heard_s: float) -> None:
    """Where it goes on still."""
    own = (table.c.id == listening_id, table.c.ending.is_(None))
    connection.execute(update(table).where(*own).values(ending=ending.value, ended_at=at, heard_s=heard_s))


def end_left(connection: Connection) -> None:
    """What an earlier run left going on: nobody knows when it ended. For the start only."""
    connection.execute(update(table).where(table.c.ending.is_(None)).values(ending=Ending.SERVICE_STOPPED.value))


def find_before(connection: Connection, before: ListeningId | None, limit: int) -> tuple[Listening, ...]:
    """Newest first."""
    query = select(table).order_by(table.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(table.c.id < before)
    return tuple(_listening(row) for row in connection.execute(query))


def _listening(row: AnyRow) -> Listening:
    return Listening(
        listening_id=ListeningId(row.id),
        call_id=None if row.call_id is None else CallId(row.call_id),
        call_digest=row.call_digest,
        tenant=row.tenant,
        team=row.team,
        agent_id=row.agent_id,
        by=row.by,
        began_at=row.began_at,
        ending=None if row.ending is None else Ending(row.ending),
        ended_at=row.ended_at,
        heard_s=row.heard_s,
    )
