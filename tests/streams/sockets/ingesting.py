"""A dialect that says what it is told, carried over a socket without a network."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime

from streams.records import CallEvent
from streams.refusals import Close
from streams.sockets.ingest import Gone, OnEvent
from tests.streams.sessions import (
    NOON,
    after,
)


class Script:
    """A socket that says what it was told, then stays silent."""

    def __init__(self, messages: Sequence[str | bytes | Gone], *, deaf: bool = False) -> None:
        self._messages = list(messages)
        self._deaf = deaf
        self.sent: list[str | bytes] = []
        self.closed: list[Close] = []
        self.silent = asyncio.Event()

    async def receive(self) -> str | bytes | Gone:
        await asyncio.sleep(0)
        if not self._messages:
            self.silent.set()
            await asyncio.Event().wait()
        return self._messages.pop(0)

    async def send(self, message: str | bytes) -> bool:
        self.sent.append(message)
        return not self._deaf

    async def close(self, close: Close) -> None:
        self.closed.append(close)


class Moving:
    """A clock that moves by the same step every time it is looked at."""

    def __init__(self, step_s: float) -> None:
        self._step_s = step_s
        self._looks = 0

    def __call__(self) -> datetime:
        self._looks += 1
        return after(self._looks * self._step_s)


def frozen() -> datetime:
    return NOON


def into(events: list[CallEvent]) -> OnEvent:
    async def on_event(event: CallEvent) -> None:
        events.append(event)

    return on_event


def run(work: Callable[[], Coroutine[object, object, None]]) -> None:
    """Run to the end; nothing may be left running."""

    async def whole() -> None:
        await asyncio.wait_for(work(), timeout=20)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(whole())
