"""The queries that delete a call wholly. Which tables hold something of it is read off the schema, not listed."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select

from qa_monitor.erasing.records import AudioErased, Erasure, Gone, StillLive, digest_of
from qa_monitor.records.calls import CallState
from qa_monitor.records.errors import NotKept
from qa_monitor.store.database.engines import BUSY_MS
from qa_monitor.store.shared.cells import AnyRow
from qa_monitor.store.shared.running import Running
from qa_monitor.store.tables import schema
from qa_monitor.store.themes.uncounting import uncount
from streams.records import CallId

calls, flags, utterances, erasures = schema.calls, schema.flags, schema.utterances, schema.erasures
KNOWN_BYTES = 400
FEWEST_KNOWN = 200
"""Fewer might be said at the same second in another call."""
"""So much of the words with their times stands for one call alone."""
FORGETS_TERMS_FROM = (3, 42)
"""From this release of SQLite on, an index of words forgets those of a deleted row at once."""
MERGE_PAGES = 64
"""Written in one step of merging an index: little enough that other writes hardly wait."""
NOTHING_DONE = 2
"""A step of merging that changes fewer rows than this found nothing to merge: so the manual of FTS5."""


class SqliteErasures:
    """See `erasing.port.ErasureStore`. Made by the store."""

    def __init__(self, write: Running, read: Running, path: Path) -> None:
        self._write, self._read, self._path = write, read, path

    async def check(self, call_id: CallId) -> None:
        await self._read(lambda connection: check_over(connection, call_id))

    async def erase(self, call_id: CallId, by: str, at: datetime, audio: AudioErased) -> Gone:
        return await self._write(lambda connection: erase_call(connection, call_id, by, at, audio))

    async def forget_words(self) -> None:
        if not await self._read(forgets_at_once):
            for name in await self._read(word_indices):
                await self._merge(name)

    async def _merge(self, name: str) -> None:
        # the sign of the first step takes every part of the index into the merge; each step is a write of its own
        pages = -MERGE_PAGES
        while await self._write(partial(merge_step, name=name, pages=pages)):
            pages = MERGE_PAGES

    async def empty_log(self) -> bool:
        return await asyncio.to_thread(empty_log, self._path)

    async def latest(self, limit: int) -> Sequence[Erasure]:
        return await self._read(lambda connection: find_erasures(connection, limit))


def check_over(connection: Connection, call_id: CallId) -> None:
    """Raises `NotKept` or `StillLive`."""
    state = connection.execute(select(calls.c.state).where(calls.c.call_id == call_id)).scalar()
    if state is None:
        raise NotKept("call", call_id)
    if state == CallState.LIVE.value:
        raise StillLive(call_id)


def erase_call(connection: Connection, call_id: CallId, by: str, at: datetime, audio: AudioErased) -> Gone:
    """Every row of a call that is over, and the proof in their place."""
    check_over(connection, call_id)
    known = tuple(_known(connection, call_id))
    forget_terms(connection)
    uncount(connection, call_id)
    counts = {table.name: _erase_from(connection, table, of) for table, of in tables_of_call(call_id)}
    rows = {name: count for name, count in sorted(counts.items()) if count}
    cells: dict[str, object] = {
        "call_digest": digest_of(call_id),
        "at": at,
        "by": by,
        "rows": json.dumps(rows),
        "audio_files": audio.files,
        "audio_bytes": audio.bytes,
    }
    kept = insert(erasures).values(cells).returning(erasures.c.id)
    erasure = Erasure(
        erasure_id=connection.execute(kept).scalar_one(),
        call_digest=digest_of(call_id),
        at=at,
        by=by,
        rows=rows,
        audio=audio,
    )
    return Gone(erasure=erasure, known=known)


def tables_of_call(call_id: CallId) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Every table with rows of a call and which those are, what refers to others first.

    A table holds something of a call where it names the call or one of its flags, or refers to such a table by a key.
    """
    conditions: dict[str, ColumnElement[bool]] = {}
    ordered = schema.metadata.sorted_tables
    for table in ordered:
        condition = _condition(table, call_id, conditions)
        if condition is not None:
            conditions[table.name] = condition
    yield from ((table, conditions[table.name]) for table in reversed(ordered) if table.name in conditions)


def _condition(table: Table, call_id: CallId, found: dict[str, ColumnElement[bool]]) -> ColumnElement[bool] | None:
    if _outlives(table):
        return None
    own = table.c.call_id == call_id if "call_id" in table.c else None
    # a row that names no call may be of one all the same
    if own is not None and not table.c.call_id.nullable:
        return own
    if "flag_id" in table.c:
        other = table.c.flag_id.in_(select(flags.c.flag_id).where(flags.c.call_id == call_id))
        return other if own is None else own | other
    for key in table.foreign_keys:
        parent = key.column.table
        if parent.name in found and key.parent.name != "call_id":
            other = key.parent.in_(select(key.column).where(found[parent.name]))
            return other if own is None else own | other
    return own


def _outlives(table: Table) -> bool:
    """Its rows stay without the name of the call: the database takes that off itself, in the same transaction."""
    keys = table.c.call_id.foreign_keys if "call_id" in table.c else ()
    return any(key.ondelete == "SET NULL" for key in keys)


def _erase_from(connection: Connection, table: Table, of: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(of)).rowcount


def _known(connection: Connection, call_id: CallId) -> Iterator[bytes]:
    """The words of the longest thing said: with their times, no other call has them."""
    longest = (
        select(utterances.c.words)
        .where(utterances.c.call_id == call_id)
        .order_by(func.length(utterances.c.words).desc(), utterances.c.utterance_id)
        .limit(1)
    )
    words = connection.execute(longest).scalar()
    if words is not None and len(words) >= FEWEST_KNOWN:
        yield str(words).encode()[:KNOWN_BYTES]


def forget_terms(connection: Connection) -> None:
    """Have every index of words forget at once what is deleted from here on, where this SQLite can.

    An older one only marks it as deleted: see `merge_step`.
    """
    if forgets_at_once(connection):
        for name in word_indices(connection):
            connection.exec_driver_sql(f'INSERT INTO "{name}"("{name}", rank) VALUES(\'secure-delete\', 1)')


def forgets_at_once(connection: Connection) -> bool:
    """Whether this SQLite can take words out of the midst of an index."""
    version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    return tuple(int(part) for part in version.split(".")) >= FORGETS_TERMS_FROM


def word_indices(connection: Connection) -> Sequence[str]:
    """The names of all of them."""
    named = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
    return connection.exec_driver_sql(named).scalars().all()


def merge_step(connection: Connection, name: str, pages: int) -> bool:
    """Bring the parts of an index together by so many pages: what is marked as deleted is left out of the whole.

    Negative in the first step. False: there was nothing left to do.
    """
    before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
    connection.exec_driver_sql(f'INSERT INTO "{name}"("{name}", rank) VALUES(\'merge\', {pages})')
    changed = connection.exec_driver_sql("SELECT total_changes()").scalar_one() - before
    return bool(changed >= NOTHING_DONE)


def empty_log(path: Path) -> bool:
    """Old pages leave the log: they hold what was deleted. False where somebody reads from it still."""
    # outside of any transaction, which the store's own connections never are
    with closing(sqlite3.connect(path, timeout=BUSY_MS / 1_000, isolation_level=None)) as connection:
        try:
            return int(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]) == 0
        except sqlite3.OperationalError:
            return False


def find_erasures(connection: Connection, limit: int) -> tuple[Erasure, ...]:
    """Newest first."""
    rows = connection.execute(select(erasures).order_by(erasures.c.id.desc()).limit(limit))
    return tuple(_erasure(row) for row in rows)


def _erasure(row: AnyRow) -> Erasure:
    return Erasure(
        erasure_id=row.id,
        call_digest=row.call_digest,
        at=row.at,
        by=row.by,
        rows=json.loads(row.rows),
        audio=AudioErased(files=row.audio_files, bytes=row.audio_bytes),
    )
