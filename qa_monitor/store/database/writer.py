"""The one thread that writes. What waits together is committed together."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError, StatementError

from qa_monitor.records.errors import StoreError
from qa_monitor.store.database.engines import explain, is_busy

T = TypeVar("T")

LIMIT = 4_096
"""Ordinary writes that may wait. When it is full a further one is refused at once: the caller counts it and goes on."""
URGENT_LIMIT = 1_024
"""Room beyond `LIMIT` that only flags may take, so that they are the last to be refused."""
TOGETHER = 256
"""Most writes in one commit."""


class Waiting(Protocol):
    """One write, whatever it gives."""

    def perform(self, connection: Connection) -> None: ...
    def settle(self) -> None: ...
    def refuse(self, error: Exception) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Job(Generic[T]):
    """One write, and who waits for it."""

    work: Callable[[Connection], T]
    committed: Callable[[T], None]
    """Called on the loop once it is on disk, before `done` resolves, in order of commit."""
    done: asyncio.Future[T]
    result: list[T]
    """What `work` gave in the commit under way; empty before."""

    def perform(self, connection: Connection) -> None:
        """Do the work inside the open transaction."""
        self.result.clear()
        self.result.append(self.work(connection))

    def settle(self) -> None:
        """Tell, on the loop, that it is on disk. A caller who went away is no reason not to tell the others."""
        try:
            self.committed(self.result[0])
        except Exception as error:
            self.refuse(error)
            return
        if not self.done.done():
            self.done.set_result(self.result[0])

    def refuse(self, error: Exception) -> None:
        """Tell, on the loop, that it is not on disk."""
        if not self.done.done():
            self.done.set_exception(error)


def ignore(_: object) -> None:
    """Nobody else wants to know."""


class Writer:
    """Owns the writing connection. `run` is for one event loop; the thread ends with `stop`."""

    def __init__(self, engine: Engine, path: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._engine = engine
        self._path = path
        self._loop = loop
        self._waiting: deque[Waiting] = deque()
        self._news = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._work, name="store-writer", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many writes wait for the disk."""
        return len(self._waiting)

    async def run(
        self, work: Callable[[Connection], T], *, urgent: bool = False, committed: Callable[[T], None] = ignore
    ) -> T:
        """Do this work in the next commit and return what it gave once that is on disk.

        Raises `StoreError` when it could not be saved, and whatever `work` raised; then nothing of it was.
        """
        job: Job[T] = Job(work=work, committed=committed, done=self._loop.create_future(), result=[])
        limit = LIMIT + URGENT_LIMIT if urgent else LIMIT
        with self._news:
            if self._stopping:
                raise StoreError(f"{self._path}: the store is closed")
            if len(self._waiting) >= limit:
                raise StoreError(f"{self._path}: the disk is too slow, {limit} writes are waiting")
            self._waiting.append(job)
            self._news.notify()
        return await job.done

    def stop(self) -> None:
        """Write what waits, then end. Blocks until it has."""
        with self._news:
            self._stopping = True
            self._news.notify()
        if self._thread.ident is not None:
            self._thread.join()

    def _work(self) -> None:
        connection: Connection | None = None
        while jobs := self._take():
            try:
                connection = connection or self._engine.connect()
                self._save(connection, jobs)
            except Exception as error:
                # whatever it was, nobody may wait for ever, and the next write starts on a fresh connection
                self._tell(refusals(jobs, self._explain(error)))
                if connection is not None:
                    connection.invalidate()
                    connection = None
        if connection is not None:
            connection.close()

    def _explain(self, error: Exception) -> StoreError:
        if isinstance(error, DBAPIError):
            return explain(error, self._path)
        return StoreError(f"{self._path}: the database failed ({error})")

    def _take(self) -> list[Waiting]:
        with self._news:
            while not self._waiting and not self._stopping:
                self._news.wait()
            return [self._waiting.popleft() for _ in range(min(TOGETHER, len(self._waiting)))]

    def _save(self, connection: Connection, jobs: list[Waiting]) -> None:
        try:
            outcome = commit(connection, jobs, self._path)
        except OperationalError as error:
            if len(jobs) > 1 and not is_busy(error):
                # one that does not fit must not take the others along
                for job in jobs:
                    self._save(connection, [job])
                return
            outcome = refusals(jobs, explain(error, self._path))
        self._tell(outcome)

    def _tell(self, outcome: list[Callable[[], None]]) -> None:
        try:
            self._loop.call_soon_threadsafe(tell_all, outcome)
        except RuntimeError:
            if not self._loop.is_closed():
                raise
            # the loop is gone, and with it everyone who waited


def commit(connection: Connection, jobs: list[Waiting], path: Path) -> list[Callable[[], None]]:
    """All jobs in one transaction, each apart: one that is refused leaves the others. Gives what to tell, in order."""
    outcome: list[Callable[[], None]] = []
    with connection.begin():
        for job in jobs:
            try:
                with connection.begin_nested():
                    job.perform(connection)
            except OperationalError:
                raise
            except DBAPIError as error:
                outcome += refusals([job], explain(error, path))
            except StatementError as error:
                outcome += refusals([job], StoreError(f"{path}: cannot be kept: {error.orig}"))
            except Exception as error:
                outcome += refusals([job], error)
            else:
                outcome.append(job.settle)
    return outcome


def refusals(jobs: list[Waiting], error: Exception) -> list[Callable[[], None]]:
    """What to tell those whose write failed."""

    def refuse(job: Waiting) -> Callable[[], None]:
        return lambda: job.refuse(error)

    return [refuse(job) for job in jobs]


def tell_all(outcome: list[Callable[[], None]]) -> None:
    """In order of commit."""
    for tell in outcome:
        tell()
