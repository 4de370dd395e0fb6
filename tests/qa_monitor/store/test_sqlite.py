"""The file itself: full disks, foreign locks, wrong files, durability."""

import asyncio
import sqlite3
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from qa_monitor.records.errors import StoreError
from qa_monitor.store.database.database import FILE
from qa_monitor.store.database.engines import reader_engine, writer_engine
from qa_monitor.store.sqlite import SqliteStore
from tests.qa_monitor.builders import (
    NOON,
    a_call,
    a_flag,
    an_utterance,
    some_dynamics,
)
from tests.qa_monitor.storing import CALL, a_store


def test_a_full_disk_refuses_writes_in_words_and_reading_goes_on(tmp_path: Path) -> None:
    """The caller is told what to do; saving resumes by itself once there is room."""

    async def write_until_refused(store: SqliteStore) -> None:
        for n in range(2_000):
            await store.save_utterance(an_utterance(float(n), text="blanc " * 500))

    async def fill() -> None:
        store = await SqliteStore.open(tmp_path, max_bytes=200_000)
        await store.save_call(a_call())
        with pytest.raises(StoreError, match="disk is full: free some space"):
            await write_until_refused(store)
        with pytest.raises(StoreError, match="disk is full"):
            await asyncio.gather(*(store.save_utterance(an_utterance(n, text="b" * 9_000)) for n in (5e3, 6e3, 7e3)))
        kept = await store.call(CALL)
        await store.close()
        async with a_store(tmp_path) as roomier:
            await roomier.save_flag(a_flag(), a_call(), NOON)
            await roomier.check()

        assert kept is not None

    asyncio.run(fill())


def test_a_foreign_lock_fails_writes_and_saving_resumes_after_it(tmp_path: Path) -> None:
    """Another program holds the file for a while: nothing hangs, nothing is half written."""

    async def blocked() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            foreign = sqlite3.connect(tmp_path / FILE, isolation_level=None)
            foreign.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="another program holds the database"):
                await store.save_flag(a_flag(), a_call(), NOON)
            foreign.execute("ROLLBACK")
            foreign.close()
            stored = await store.save_flag(a_flag(), a_call(), NOON)

            assert stored.sequence == 1

    asyncio.run(blocked())


def test_a_folder_is_used_by_one_service_at_a_time(tmp_path: Path) -> None:
    """A second writer could damage the file."""

    async def both() -> None:
        async with a_store(tmp_path):
            with pytest.raises(StoreError, match="another qa-monitor works in this folder"):
                await SqliteStore.open(tmp_path)
        async with a_store(tmp_path) as again:
            await again.check()

    asyncio.run(both())


def test_what_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    """Nothing is overwritten."""
    (tmp_path / FILE).write_bytes(b"holiday pictures" * 100)

    with pytest.raises(StoreError, match="this file is no database: move it away"):
        asyncio.run(SqliteStore.open(tmp_path))

    assert (tmp_path / FILE).read_bytes() == b"holiday pictures" * 100


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    """Start-up says which folder, and what to do."""
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="name another folder"):
        asyncio.run(SqliteStore.open(tmp_path / "file" / "data"))


def test_writes_after_closing_are_refused(tmp_path: Path) -> None:
    """A call that outlives the store hears of it."""

    async def late() -> None:
        async with a_store(tmp_path) as store:
            pass
        with pytest.raises(StoreError, match="closed"):
            await store.save_call(a_call())

    asyncio.run(late())


def test_a_number_that_json_cannot_hold_is_refused_at_the_write(tmp_path: Path) -> None:
    """Better than a row that no page can read back."""

    async def infinite() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            with pytest.raises(StoreError, match="not finite"):
                await store.save_dynamics(CALL, some_dynamics(now_s=float("inf")))

    asyncio.run(infinite())


def test_the_database_is_for_its_owner_alone_and_durable(tmp_path: Path) -> None:
    """What is said in calls is private; a commit is on the disk when it returns."""

    async def look() -> None:
        async with a_store(tmp_path):
            pass

    asyncio.run(look())
    engine = writer_engine(tmp_path / FILE)
    with engine.connect() as connection:
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        foreign_keys = connection.exec_driver_sql("PRAGMA foreign_keys").scalar()
    engine.dispose()

    assert (synchronous, journal, foreign_keys) == (2, "wal", 1)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("made", [writer_engine, reader_engine])
def test_what_was_to_be_kept_is_in_no_error(tmp_path: Path, made: Callable[[Path], Engine]) -> None:
    """Errors end up in logs, and with them whatever they say; words that were said, or sought, must not."""

    async def look() -> None:
        async with a_store(tmp_path):
            pass

    asyncio.run(look())
    engine = made(tmp_path / FILE)
    asked, words = text("INSERT INTO nowhere VALUES (:words)"), "".join(("what nobody ", "may read"))
    with engine.connect() as connection, pytest.raises(DBAPIError) as failed:
        connection.execute(asked, {"words": words})
    engine.dispose()

    assert words not in "".join(traceback.format_exception(failed.value))
