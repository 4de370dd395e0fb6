"""Adapter: one SQLite file. One thread writes; reads go through a few connections that cannot."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from qa_monitor.store.database.engines import BUSY_MS, explain, reader_engine, writer_engine
from qa_monitor.store.database.folder import FolderLock
from qa_monitor.store.database.migrate import migrate
from qa_monitor.store.database.writer import Writer

T = TypeVar("T")

FILE = "qa-monitor.db"


class Database:
    """Made by `open`; one per folder, over all processes of the machine."""

    def __init__(self, folder: Path, writing: Engine, lock: FolderLock) -> None:
        self.path = folder / FILE
        self._lock = lock
        self._writing = writing
        self._reading = reader_engine(self.path)
        self._writer = Writer(writing, self.path, asyncio.get_running_loop())
        self.write = self._writer.run
        """Run a query that writes, in the one thread that does. Raises `StoreError`."""

    @classmethod
    async def open(
        cls,
        folder: Path,
        begin: Callable[[Connection], T],
        *,
        max_bytes: int | None = None,
        busy_ms: int = BUSY_MS,
    ) -> tuple["Database", T]:
        """Open or make the database of this folder and bring it up to date; with it, what `begin` gives.

        `begin` runs in a transaction of its own before anything else is written. Raises `StoreError` in words for the
        operator.
        """
        lock = await asyncio.to_thread(FolderLock.take, folder)
        try:
            database = cls(folder, writer_engine(folder / FILE, max_bytes=max_bytes, busy_ms=busy_ms), lock)
            begun = await asyncio.to_thread(database._begin, begin)
        except BaseException:
            lock.release()
            raise
        database._writer.start()
        return database, begun

    @property
    def waiting(self) -> int:
        """How many writes wait for the disk."""
        return self._writer.waiting

    async def read(self, query: Callable[[Connection], T]) -> T:
        """What a query gives, as of one instant. Raises `StoreError`."""
        return await asyncio.to_thread(self._query, query)

    async def close(self) -> None:
        """Finish what is waiting, then let go of the file."""
        await asyncio.to_thread(self._writer.stop)
        # readers first: the last to close folds the log back into the file
        self._reading.dispose()
        self._writing.dispose()
        self._lock.release()

    def _begin(self, begin: Callable[[Connection], T]) -> T:
        migrate(self.path)
        try:
            with self._writing.begin() as connection:
                begun = begin(connection)
        except DBAPIError as error:
            raise explain(error, self.path) from error
        # what is said in calls is for the service's user alone
        self.path.chmod(0o600)
        return begun

    def _query(self, query: Callable[[Connection], T]) -> T:
        try:
            with self._reading.connect() as connection:
                return query(connection)
        except DBAPIError as error:
            raise explain(error, self.path) from error
