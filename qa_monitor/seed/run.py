"""Seed a data folder. The service must not run on it meanwhile."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from qa_monitor.seed.calls import centre
from qa_monitor.seed.making import Numbering, batches, batches_beside
from qa_monitor.seed.records import SeedError, SeedPlan
from qa_monitor.seed.teams import entries
from qa_monitor.seed.writing import write, write_people
from qa_monitor.store.database.database import FILE
from qa_monitor.store.database.engines import explain, writer_engine
from qa_monitor.store.database.folder import FolderLock
from qa_monitor.store.database.generations import read_generation
from qa_monitor.store.scorecards.scorecards import save_scorecard
from qa_monitor.store.sqlite import SqliteStore
from qa_monitor.store.tables import schema

BESIDE = 1_000
"""From so many calls on they are made in another process, which takes some seconds to begin."""
CACHE_KIB = 128 * 1024
"""Room for a whole transaction: with less, pages are written twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """What was put into a folder."""

    calls: int
    utterances: int
    flags: int
    rows: int
    people: int
    bytes: int
    """By how much the database has grown."""

    @property
    def bytes_per_call(self) -> int:
        """Of the database."""
        return round(self.bytes / self.calls)


def ignore(done: int) -> None:
    """Nobody wants to know."""


def seed(folder: Path, plan: SeedPlan, *, into: bool = False, progress: Callable[[int], None] = ignore) -> Seeded:
    """Make the calls of a plan and keep them in this folder; `progress` is told how many are kept so far.

    Raises `SeedError` where the folder holds calls already and `into` is not given, and `StoreError` where it cannot be
    written. What was kept before an error stays.
    """
    asyncio.run(_make(folder))
    lock = FolderLock.take(folder)
    path = folder / FILE
    engine = writer_engine(path)
    try:
        with engine.connect() as connection:
            with connection.begin():
                connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE_KIB}")
                before = _bytes(connection)
                _check(connection, folder, into)
            return _fill(connection, plan, before, progress)
    except IntegrityError as error:
        raise SeedError(f"{folder}: calls of this seed are there already: name another seed") from error
    except DBAPIError as error:
        raise explain(error, path) from error
    finally:
        engine.dispose()
        lock.release()


async def _make(folder: Path) -> None:
    """The database, as the service makes it."""
    store = await SqliteStore.open(folder)
    await store.close()


def _check(connection: Connection, folder: Path, into: bool) -> None:
    if not into and connection.execute(select(schema.calls.c.call_id).limit(1)).first():
        raise SeedError(f"{folder}: there are calls in it already: name an empty folder, or add to it with --into")


def _fill(connection: Connection, plan: SeedPlan, before: int, progress: Callable[[int], None]) -> Seeded:
    at = centre(plan)
    with connection.begin():
        save_scorecard(connection, at.card.ready.scorecard, datetime.combine(plan.until, time(), UTC))
        known = {
            (row.kind, row.id): row for row in connection.execute(select(schema.people.c.kind, schema.people.c.id))
        }
        people = write_people(connection, entries(tuple(at.staff.values())), known)
        latest = connection.execute(select(func.max(schema.flag_events.c.sequence))).scalar()
        numbering = Numbering(generation=read_generation(connection), next_sequence=(latest or 0) + 1)
    calls = utterances = flags = written = 0
    made = batches(plan, at, numbering) if plan.calls < BESIDE else batches_beside(plan, numbering)
    with closing(made):
        for batch in made:
            with connection.begin():
                written += write(connection, batch)
            calls, utterances = calls + len(batch.calls), utterances + len(batch.lines)
            flags += len(batch.rows.get(schema.flags.name, ()))
            progress(calls)
    with connection.begin():
        grown = _bytes(connection) - before
    return Seeded(calls=calls, utterances=utterances, flags=flags, rows=written, people=people, bytes=grown)


def _bytes(connection: Connection) -> int:
    size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return int(size) * int(pages)
