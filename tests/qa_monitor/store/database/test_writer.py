"""The one thread that writes: what fails, fails for itself alone, and nobody waits for ever."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from qa_monitor.records.errors import StoreError
from qa_monitor.store.database import writer as writer_module
from qa_monitor.store.database.engines import writer_engine
from qa_monitor.store.database.writer import LIMIT, URGENT_LIMIT, Writer


@asynccontextmanager
async def a_writer(folder: Path, *, started: bool = True) -> AsyncIterator[Writer]:
    path = folder / "rows.db"
    engine = writer_engine(path)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS rows (value INTEGER UNIQUE)")
    writer = Writer(engine, path, asyncio.get_running_loop())
    if started:
        writer.start()
    try:
        yield writer
    finally:
        await asyncio.to_thread(writer.stop)
        engine.dispose()


def add(value: int) -> Callable[[Connection], int]:
    def work(connection: Connection) -> int:
        connection.exec_driver_sql("INSERT INTO rows VALUES (?)", (value,))
        return value

    return work


def count(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM rows").scalar() or 0)


def test_a_write_that_fails_leaves_nothing_of_itself_and_all_of_the_others(tmp_path: Path) -> None:
    """Also when it fails after it had written something."""

    def half(connection: Connection) -> None:
        add(100)(connection)
        raise KeyError("half-way")

    async def together() -> tuple[list[object], int]:
        async with a_writer(tmp_path) as writer:
            outcomes = await asyncio.gather(
                writer.run(add(1)), writer.run(half), writer.run(add(1)), writer.run(add(2)), return_exceptions=True
            )
            return [type(outcome) for outcome in outcomes], await writer.run(count)

    assert asyncio.run(together()) == ([int, KeyError, StoreError, int], 2)


def test_a_broken_connection_is_replaced(tmp_path: Path) -> None:
    """The write that met it is refused; the next one is saved."""

    def cut(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.close()

    async def broken() -> int:
        async with a_writer(tmp_path) as writer:
            with pytest.raises(StoreError, match="the database failed"):
                await writer.run(cut)
            return await writer.run(add(7))

    assert asyncio.run(broken()) == 7


def test_who_gave_up_waiting_is_saved_and_told_all_the_same(tmp_path: Path) -> None:
    """A cancelled call does not hide its flag from the consoles."""
    told: list[int] = []

    async def give_up() -> int:
        async with a_writer(tmp_path, started=False) as writer:
            waiting = asyncio.create_task(writer.run(add(1), committed=told.append))
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
            writer.start()
            return await writer.run(count)

    assert asyncio.run(give_up()) == 1
    assert told == [1]


def test_a_listener_that_fails_hurts_no_other_write(tmp_path: Path) -> None:
    """Its own write says so."""

    def fail(value: int) -> None:
        raise RuntimeError(f"cannot tell {value}")

    async def listen() -> int:
        async with a_writer(tmp_path) as writer:
            failing, fine = writer.run(add(1), committed=fail), writer.run(add(2))
            outcomes = await asyncio.gather(failing, fine, return_exceptions=True)
            assert isinstance(outcomes[0], RuntimeError)
            assert outcomes[1] == 2
            return await writer.run(count)

    assert asyncio.run(listen()) == 2


def test_a_full_queue_refuses_at_once_and_flags_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded; ordinary writes are refused while flags still have room."""
    monkeypatch.setattr(writer_module, "LIMIT", 3)
    monkeypatch.setattr(writer_module, "URGENT_LIMIT", 2)

    async def overflow() -> int:
        async with a_writer(tmp_path, started=False) as writer:
            waiting = [asyncio.create_task(writer.run(add(n))) for n in range(3)]
            await asyncio.sleep(0)
            with pytest.raises(StoreError, match="the disk is too slow, 3 writes are waiting"):
                await writer.run(add(10))
            waiting += [asyncio.create_task(writer.run(add(n), urgent=True)) for n in (20, 21)]
            await asyncio.sleep(0)
            with pytest.raises(StoreError, match="the disk is too slow"):
                await writer.run(add(22), urgent=True)
            assert writer.waiting == 5
            writer.start()
            await asyncio.gather(*waiting)
            return await writer.run(count)

    assert (LIMIT, URGENT_LIMIT) == (4_096, 1_024)
    assert asyncio.run(overflow()) == 5
