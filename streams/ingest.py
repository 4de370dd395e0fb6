"""Carries messages between one live connection and its dialect. Knows no web framework and no provider."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from streams.protocols.port import ABNORMAL, NORMAL, Close, Dialect
from streams.records import CallEnded, CallEvent

OnEvent = Callable[[CallEvent], Awaitable[None]]
"""Takes every event of one connection, in order. While it waits, nothing more is read: that is the backpressure."""
Clock = Callable[[], datetime]
"""Zone-aware and steady: it must not follow the wall clock when that is set."""

TICK = timedelta(seconds=0.1)
LATE = timedelta(seconds=0.5)
OUR_FAULT = Close(code=1011, reason="internal error; the call is not followed any further")
RESTART = Close(code=1012, reason="the service is stopping")
FINISHED = Close(code=NORMAL, reason="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The other side has gone, with this close code; 1006 where there was none."""

    code: int


class Socket(Protocol):
    """One accepted connection."""

    async def receive(self) -> str | bytes | Gone:
        """The next message, whole, in order. After `Gone` it is not called again."""
        ...

    async def send(self, message: str | bytes) -> bool:
        """False where the other side has gone."""
        ...

    async def close(self, close: Close) -> None:
        """Close politely. Safe to call where the other side has gone."""
        ...


async def serve(socket: Socket, dialect: Dialect, on_event: OnEvent, clock: Clock) -> None:
    """Carry messages until either side ends. Whatever happens, a started call gets its `CallEnded`; the socket closes.

    An error of `on_event` closes with 1011 and is raised again; of what is left, `on_event` then gets `CallEnded`
    alone, even where it failed on `CallStarted`. A cancellation closes with 1012.
    """
    line = _Line(socket, dialect, on_event, clock)
    try:
        code = await line.carry()
    except asyncio.CancelledError:
        await line.end(ABNORMAL, RESTART)
        raise
    except BaseException:
        await line.end(ABNORMAL, OUR_FAULT, ending_only=True)
        raise
    await line.end(code, dialect.close or FINISHED)


class _Line:
    """One connection being served."""

    def __init__(self, socket: Socket, dialect: Dialect, on_event: OnEvent, clock: Clock) -> None:
        self._socket = socket
        self._dialect = dialect
        self._on_event = on_event
        self._clock = clock
        self._ticked_at = clock()
        self._reading: asyncio.Task[str | bytes | Gone] | None = None
        self._undelivered: deque[CallEvent] = deque()

    async def carry(self) -> int:
        """Feed the dialect until it wants to close or the other side has gone; returns the close code."""
        while self._dialect.close is None:
            message = await self._next()
            if isinstance(message, Gone):
                return message.code
            if message is not None and not await self._deliver(self._dialect.receive(message, self._clock())):
                return ABNORMAL
            if (message is None or self._clock() - self._ticked_at >= TICK) and not await self._tick():
                return ABNORMAL
        return NORMAL

    async def end(self, code: int, close: Close, *, ending_only: bool = False) -> None:
        """Let the dialect end its call, then close the socket, also where the ending itself fails."""
        try:
            await self._stop_reading()
            left = (*self._undelivered, *self._dialect.closed(self._clock(), code))
            self._undelivered.clear()
            await self._deliver([event for event in left if not ending_only or isinstance(event, CallEnded)])
        finally:
            await self._socket.close(close)

    async def _next(self) -> str | bytes | Gone | None:
        """The next message; None when there was none for the length of a tick. A late message stays asked for."""
        for _ in range(2):
            if self._reading is None:
                self._reading = asyncio.create_task(self._socket.receive())
            asked_at = self._clock()
            await asyncio.wait({self._reading}, timeout=TICK.total_seconds())
            if self._reading.done():
                reading, self._reading = self._reading, None
                return reading.result()
            if self._clock() - asked_at < LATE:
                break
            # The timer came late: this process was busy, which does not mean that the source was silent. Look again.
        return None

    async def _tick(self) -> bool:
        self._ticked_at = self._clock()
        return await self._deliver(self._dialect.tick(self._ticked_at))

    async def _deliver(self, events: Sequence[CallEvent]) -> bool:
        """Send what is owed, then hand on the events. False where the other side turned out to have gone."""
        self._undelivered.extend(events)
        present = True
        for reply in self._dialect.replies():
            present = present and await self._socket.send(reply)
        while self._undelivered:
            await self._on_event(self._undelivered.popleft())
        return present

    async def _stop_reading(self) -> None:
        if self._reading is None:
            return
        reading, self._reading = self._reading, None
        reading.cancel()
        await asyncio.wait({reading})
        if not reading.cancelled():
            reading.exception()  # looked at: what the other side still said no longer matters
