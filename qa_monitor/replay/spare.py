"""The speech engine for what nobody waits for: only while live calls leave it time."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future

from streams.engine.batching import Kind
from streams.engine.engine import EngineFull, SpeechEngine
from streams.engine.job_queue import Pass
from streams.model.window import Window

LOOK_S = 0.1
"""How often it looks whether there is room."""
AT_ONCE = 2
"""Windows asked for at a time: the engine has four places for such, and calls that wait for theirs need some."""


class SpareEngine:
    """Every window goes to the engine behind everything live, and alone. `work` is its task; for one event loop."""

    def __init__(self, engine: SpeechEngine, room: Callable[[], bool], at_once: int = AT_ONCE) -> None:
        """`room`: whether live calls leave time now; `at_once`: windows asked for at a time."""
        self._engine, self._room, self._at_once = engine, room, at_once
        self._waiting: asyncio.Queue[tuple[Window, Future[Pass]]] = asyncio.Queue()

    @property
    def waiting(self) -> int:
        """Windows that are not given to the engine yet."""
        return self._waiting.qsize()

    def submit(self, window: Window) -> "Future[Pass]":
        """Ends in a pass, or in what the model raised."""
        future: Future[Pass] = Future()
        self._waiting.put_nowait((window, future))
        return future

    async def work(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(self._at_once):
                group.create_task(self._work())

    async def _work(self) -> None:
        while True:
            window, future = await self._waiting.get()
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(await self._heard(window))
                except Exception as error:  # whatever it is belongs to this window
                    future.set_exception(error)

    async def _heard(self, window: Window) -> Pass:
        while True:
            try:
                if self._room():
                    return await asyncio.wrap_future(self._engine.submit(window, Kind.LATER))
            except EngineFull:
                pass  # others' windows for later wait there: look again
            await asyncio.sleep(LOOK_S)
