"""Carries messages between one live connection and its dialect. Knows no web framework and no provider."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from streams.protocols.port import Dialect
from streams.records import CallEnded, CallEvent
from streams.refusals import ABNORMAL, NORMAL, Close

OnEvent = Callable[[CallEvent], Awaitable[None]]
"""Takes every event of one connection, in order. While it waits, nothing more is read: that is the backpressure."""
Clock = Callable[[], datetime]
"""Zone-aware and steady: it must not follow the wall clock when that is set."""

TICK = timedelta(seconds=0.1)
LATE = timedelta(seconds=0.5)
BATCH = 64
"""Messages of one connection that are taken in a row."""
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
        """The next message, whole, in order. A cancelled call loses none. After `Gone` it is not called again."""
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
    """One connection being served, by one task. A timer tells the dialect the time while no message comes.

    Mostly nothing follows from that. Where something does, the timer interrupts the task that waits for a message.
    """

    def __init__(self, socket: Socket, dialect: Dialect, on_event: OnEvent, clock: Clock) -> None:
        self._socket = socket
        self._dialect = dialect
        self._on_event = on_event
        self._clock = clock
        self._heard_at = self._ticked_at = self._wound_at = clock()
        self._undelivered: deque[CallEvent] = deque()
        self._owed: deque[str | bytes] = deque()
        self._waiting = _Waiting()
        self._timer: asyncio.TimerHandle | None = None
        self._spared = False
        self._failure: Exception | None = None

    async def carry(self) -> int:
        """Feed the dialect until it wants to close or the other side has gone; returns the close code."""
        self._wind(self._clock())
        taken = 0
        while self._dialect.close is None:
            message = await self._waiting.on(self._socket.receive())
            if isinstance(message, Gone):
                return message.code
            if message is not None:
                self._hear(message)
            elif self._failure is not None:
                raise self._failure
            if not await self._deliver() or not await self._look_at_the_time():
                return ABNORMAL
            taken += 1
            if taken % BATCH == 0:
                await asyncio.sleep(0)  # a socket that has many messages ready would not let the others have a turn
        return NORMAL

    async def end(self, code: int, close: Close, *, ending_only: bool = False) -> None:
        """Let the dialect end its call, then close the socket, also where the ending itself fails."""
        if self._timer is not None:
            self._timer.cancel()
        try:
            self._undelivered.extend(self._dialect.closed(self._clock(), code))
            if ending_only:
                self._undelivered = deque(event for event in self._undelivered if isinstance(event, CallEnded))
            await self._deliver()
        finally:
            await self._socket.close(close)

    def _hear(self, message: str | bytes) -> None:
        self._heard_at = self._clock()
        self._undelivered.extend(self._dialect.receive(message, self._heard_at))

    async def _look_at_the_time(self) -> bool:
        """Where messages come one upon the other, the timer never finds the task waiting."""
        if self._heard_at - self._ticked_at < TICK:
            return True
        self._tick(self._clock())
        return await self._deliver()

    async def _deliver(self) -> bool:
        """Send what is owed, then hand on the events. False where the other side turned out to have gone."""
        self._owed.extend(self._dialect.replies())
        present = True
        while self._owed and present:
            present = await self._socket.send(self._owed.popleft())
        while self._undelivered:
            await self._on_event(self._undelivered.popleft())
        return present

    def _wind(self, now: datetime) -> None:
        self._wound_at = now
        self._timer = asyncio.get_running_loop().call_later(TICK.total_seconds(), self._pass_time)

    def _pass_time(self) -> None:
        """The timer. It says nothing while a message or an event is being taken: that comes first."""
        now = self._clock()
        late = now - self._wound_at >= LATE
        self._wind(now)
        if not self._waiting.interruptible:
            return
        if late and not self._spared:
            # This process was busy, which does not mean that the source was silent: let what it said be heard first.
            self._spared = True
            return
        self._spared = False
        try:
            self._tick(now)
        except Exception as error:
            self._failure = error
        if self._failure or self._undelivered or self._owed or self._dialect.close is not None:
            self._waiting.interrupt()

    def _tick(self, now: datetime) -> None:
        self._ticked_at = now
        self._undelivered.extend(self._dialect.tick(now))
        self._owed.extend(self._dialect.replies())


class _Waiting:
    """The one place at which the task of a connection may be interrupted."""

    def __init__(self) -> None:
        self._task: asyncio.Task[object] | None = None
        self._interrupted = False

    @property
    def interruptible(self) -> bool:
        """Whether the task waits here, and was not yet interrupted."""
        return self._task is not None and not self._interrupted

    def interrupt(self) -> None:
        """Let the waiting end with None."""
        if self._task is not None:
            self._interrupted = True
            self._task.cancel()

    async def on(self, receiving: Awaitable[str | bytes | Gone]) -> str | bytes | Gone | None:
        """The next message, or None where the waiting was interrupted."""
        self._task = task = asyncio.current_task()
        assert task is not None
        before = task.cancelling()
        try:
            return await receiving
        except asyncio.CancelledError:
            if not self._interrupted or task.uncancel() > before:
                raise  # somebody else has cancelled it, too
            return None
        finally:
            self._task, self._interrupted = None, False
