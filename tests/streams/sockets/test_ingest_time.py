"""Time passes for a connection that waits: what a tick brings is told at once, and no message is lost for it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import pytest

from streams.records import CallEvent, CallId, Dtmf
from streams.refusals import ABNORMAL, Close
from streams.sockets.ingest import BATCH, Gone, serve
from tests.streams.sockets.ingesting import Moving, Script, frozen, into, run


def told(what: str) -> CallEvent:
    """Any event that can be told from another."""
    return Dtmf(call_id=CallId(what), channel=None, digit="1", at_s=0.0)


class Ticking:
    """A dialect with an event for every message and for every tick; closes at "bye"."""

    def __init__(self, on_tick: Callable[[int], Sequence[CallEvent]]) -> None:
        self._on_tick = on_tick
        self._owed: list[str | bytes] = []
        self.ticks = 0
        self.close: Close | None = None

    @property
    def rejected(self) -> Mapping[str, int]:
        return {}

    def receive(self, message: str | bytes, now: datetime) -> Sequence[CallEvent]:
        if message == "bye":
            self.close = Close(code=1000, reason="bye")
        return (told(str(message)),)

    def replies(self) -> Sequence[str | bytes]:
        owed, self._owed = self._owed, []
        return owed

    def tick(self, now: datetime) -> Sequence[CallEvent]:
        self.ticks += 1
        self._owed.append(f"tick {self.ticks}")
        return self._on_tick(self.ticks)

    def closed(self, now: datetime, code: int = ABNORMAL) -> Sequence[CallEvent]:
        return (told(f"closed {code}"),)


class Fed(Script):
    """A socket whose messages come from a queue."""

    def __init__(self) -> None:
        super().__init__([])
        self.queue: asyncio.Queue[str | Gone] = asyncio.Queue()

    async def receive(self) -> str | bytes | Gone:
        return await self.queue.get()


def names(events: Sequence[CallEvent]) -> list[str]:
    return [event.call_id for event in events]


def test_what_a_tick_brings_is_told_while_the_source_is_silent() -> None:
    """Events and replies, without waiting for the next message; that message is heard after them."""
    events: list[CallEvent] = []
    socket = Fed()

    async def work() -> None:
        def on_tick(count: int) -> Sequence[CallEvent]:
            if count == 2:
                socket.queue.put_nowait("bye")  # it arrives at the very moment at which the waiting is interrupted
            return (told(f"tick {count}"),)

        await serve(socket, Ticking(on_tick), into(events), frozen)

    run(work)
    assert names(events) == ["tick 1", "tick 2", "bye", "closed 1000"]
    assert socket.sent == ["tick 1", "tick 2"]


def test_an_error_in_a_tick_is_ours() -> None:
    """It is not left to the event loop to write down: the connection closes with 1011, and the error is raised."""
    socket = Fed()

    def on_tick(count: int) -> Sequence[CallEvent]:
        raise ZeroDivisionError("a fault of the dialect")

    async def work() -> None:
        with pytest.raises(ZeroDivisionError, match="a fault of the dialect"):
            await serve(socket, Ticking(on_tick), into([]), frozen)

    run(work)
    assert [close.code for close in socket.closed] == [1011]


def test_a_cancellation_that_meets_a_tick_is_not_lost() -> None:
    """Both interrupt the same waiting; the task ends, and what the tick brought is told."""
    events: list[CallEvent] = []
    socket = Fed()

    async def work() -> None:
        def on_tick(count: int) -> Sequence[CallEvent]:
            task.cancel()
            return (told(f"tick {count}"),)

        task = asyncio.create_task(serve(socket, Ticking(on_tick), into(events), frozen))
        with pytest.raises(asyncio.CancelledError):
            await task

    run(work)
    assert names(events) == ["tick 1", "closed 1006"]
    assert [close.code for close in socket.closed] == [1012]


def test_a_cancellation_from_before_is_left_as_it_was() -> None:
    """A task that was cancelled once, and went on, can still be told the time."""
    events: list[CallEvent] = []
    socket = Fed()

    async def work() -> None:
        async def stubborn() -> None:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                await serve(socket, Ticking(on_tick), into(events), frozen)

        def on_tick(count: int) -> Sequence[CallEvent]:
            socket.queue.put_nowait("bye")
            return (told("tick"),)

        task = asyncio.create_task(stubborn())
        await asyncio.sleep(0)
        task.cancel()
        await task

    run(work)
    assert names(events)[:2] == ["tick", "bye"]


def test_no_tick_overtakes_an_event_that_is_being_taken() -> None:
    """Whoever takes events is not given two at a time, however long one lasts."""
    events: list[CallEvent] = []
    socket = Fed()
    dialect = Ticking(lambda count: (told(f"tick {count}"),))

    async def on_event(event: CallEvent) -> None:
        events.append(event)
        if event.call_id == "slow":
            await asyncio.sleep(0.35)  # three ticks long
            assert events[-1] is event
            assert dialect.ticks == 0
            socket.queue.put_nowait("bye")

    async def work() -> None:
        socket.queue.put_nowait("slow")
        await serve(socket, dialect, on_event, frozen)

    run(work)
    assert names(events) == ["slow", "bye", "closed 1000"]


def test_a_flood_on_one_connection_leaves_the_others_their_turns() -> None:
    """Messages that are all there at once are taken in batches."""
    turns: list[int] = []
    taken: list[CallEvent] = []

    async def other() -> None:
        while True:
            turns.append(len(taken))
            await asyncio.sleep(0)

    async def work() -> None:
        socket = Fed()
        for number in range(BATCH * 5):
            socket.queue.put_nowait(str(number))
        socket.queue.put_nowait("bye")
        beside = asyncio.create_task(other())
        await serve(socket, Ticking(lambda count: ()), into(taken), frozen)
        beside.cancel()
        await asyncio.wait({beside})

    run(work)
    assert len(turns) >= 5
    assert max(after - before for before, after in zip(turns, turns[1:], strict=False)) <= BATCH + 2


def test_the_time_is_told_about_ten_times_a_second_to_each_of_many() -> None:
    """Silent connections cost a timer each, not a task for every tick."""
    ticks: list[int] = []

    async def one() -> None:
        socket = Fed()

        def on_tick(count: int) -> Sequence[CallEvent]:
            if count == 5:
                socket.queue.put_nowait("bye")
            return ()

        dialect = Ticking(on_tick)
        await serve(socket, dialect, into([]), Moving(0.001))
        ticks.append(dialect.ticks)

    async def work() -> None:
        began_s = asyncio.get_running_loop().time()
        async with asyncio.TaskGroup() as group:
            for _ in range(50):
                group.create_task(one())
        assert asyncio.get_running_loop().time() - began_s >= 0.45

    run(work)
    assert ticks == [5] * 50
