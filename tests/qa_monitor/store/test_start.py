"""A start of the service reads what an earlier run left open, and not every call that is kept."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from qa_monitor.backup import BackupError, backup, restore
from qa_monitor.seed.run import seed
from qa_monitor.store.database.database import FILE
from qa_monitor.store.database.migrate import migrate
from qa_monitor.store.sqlite import SqliteStore
from tests.qa_monitor.seeding import UNTIL, a_plan

LATER = datetime.combine(UNTIL, datetime.min.time(), UTC) + timedelta(days=1)
STEPS = 50


@dataclass(slots=True)
class Effort:
    """What SQLite did, in its own steps."""

    steps: int = 0


@contextmanager
def counted_steps() -> Iterator[Effort]:
    """Of every connection that is opened meanwhile."""
    effort = Effort()

    def step() -> int:
        effort.steps += STEPS
        return 0

    def watch(connection: sqlite3.Connection, record: object) -> None:
        connection.set_progress_handler(step, STEPS)

    event.listen(Pool, "connect", watch)
    try:
        yield effort
    finally:
        event.remove(Pool, "connect", watch)


async def begin(folder: Path) -> None:
    """What the service asks of its store at every start, and then every few seconds."""
    store = await SqliteStore.open(folder)
    await store.snapshot()
    await store.changes_since(LATER)
    await store.due_flags(LATER, 10)
    await store.left_flags(LATER, 10)
    await store.close()


def test_a_start_takes_no_longer_with_many_calls_than_with_few(tmp_path: Path) -> None:
    """Ten times the calls, and the same work for the database but for the depth of its trees."""
    efforts = []
    for calls in (8, 80):
        folder = tmp_path / str(calls)
        seed(folder, a_plan(calls))
        with counted_steps() as effort:
            asyncio.run(begin(folder))
        efforts.append(effort.steps)

    few, many = efforts
    assert few > 0
    assert many < 1.5 * few


def test_a_restart_keeps_every_row(tmp_path: Path) -> None:
    """Nothing is changed by a start after which nothing happened."""
    seed(tmp_path, a_plan(6))
    before = rows(tmp_path)
    asyncio.run(begin(tmp_path))

    assert rows(tmp_path) == before


def rows(folder: Path) -> list[str]:
    """All there is in the database."""
    connection = sqlite3.connect(folder / FILE)
    found = list(connection.iterdump())
    connection.close()
    return found


def lose_a_call(path: Path) -> None:
    """Leave words without the call they were said in."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys=OFF")
    for trigger in ("words_without_call", "words_without_facts"):
        connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    connection.execute("DELETE FROM calls WHERE call_id = (SELECT min(call_id) FROM calls)")
    connection.commit()
    connection.close()


def test_words_without_their_call_are_found_when_a_backup_is_restored(tmp_path: Path) -> None:
    """Then the whole file is read anyway; sums tell nothing of it."""
    seed(tmp_path / "data", a_plan(3))
    lose_a_call(tmp_path / "data" / FILE)
    backup(tmp_path / "data", tmp_path / "kept", LATER)

    with pytest.raises(BackupError, match="refers to rows that are gone"):
        restore(tmp_path / "kept", tmp_path / "restored")


def test_a_start_that_changes_nothing_reads_not_the_whole_file(tmp_path: Path) -> None:
    """Such a file is served as it was the day before."""
    seed(tmp_path, a_plan(3))
    lose_a_call(tmp_path / FILE)

    migrate(tmp_path / FILE)
