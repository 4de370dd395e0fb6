"""Background work that fails, and what is seen of it."""

import asyncio
import io
from collections.abc import Callable

from qa_monitor.chores import Chore, Chores
from qa_monitor.logs import set_up_logs


def failing(times: int, done: asyncio.Event) -> tuple[Chore, Callable[[], int]]:
    """Work that fails so often, then goes on for ever."""
    begun = 0

    async def work() -> None:
        nonlocal begun
        begun += 1
        if begun <= times:
            raise ValueError("my card is 4970 1010 1234 5678")
        done.set()
        await asyncio.Event().wait()

    return work, lambda: begun


def test_work_that_fails_is_begun_again_counted_and_said_without_its_words() -> None:
    """Three failures, three counts, three lines; the fourth try goes on."""
    lines = io.StringIO()
    set_up_logs("info", lines)
    counted: list[str] = []

    async def test() -> int:
        done = asyncio.Event()
        work, begun = failing(3, done)
        chores = Chores(counted.append, pauses_s=(0.0,))
        chores.begin({"desks": work})
        async with asyncio.timeout(5):
            await done.wait()
        await chores.end()
        return begun()

    assert asyncio.run(test()) == 4
    assert counted == ["desks"] * 3
    said = lines.getvalue().splitlines()
    assert len(said) == 3
    assert all('"work": "desks"' in line and "ValueError" in line and "test_chores.py:" in line for line in said)
    assert "card" not in lines.getvalue()


def test_one_failing_piece_does_not_stop_another_and_the_end_stops_all() -> None:
    """A piece that fails for ever and one that is cancelled in its sleep."""
    ended: list[str] = []

    async def steady() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("steady")

    async def test() -> int:
        counted: list[str] = []
        often = asyncio.Event()

        def failed(name: str) -> None:
            counted.append(name)
            if len(counted) == 20:
                often.set()

        work, _ = failing(10**9, asyncio.Event())
        chores = Chores(failed, pauses_s=(0.0,))
        chores.begin({"broken": work, "steady": steady})
        async with asyncio.timeout(5):
            await often.wait()
        assert ended == []
        await chores.end()
        seen = len(counted)
        await asyncio.sleep(0)
        assert len(counted) == seen
        return seen

    assert asyncio.run(test()) >= 20
    assert ended == ["steady"]


def test_work_that_returns_is_done() -> None:
    """It is not begun again."""
    begun: list[int] = []

    async def once() -> None:
        begun.append(1)

    async def test() -> None:
        chores = Chores(lambda name: None, pauses_s=(0.0,))
        chores.begin({"once": once})
        for _ in range(5):
            await asyncio.sleep(0)
        await chores.end()

    asyncio.run(test())
    assert begun == [1]
