"""Two connections, one call: their events reach the call in the order in which they were made."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from streams.protocols.pairing import Pair, Seat
from streams.protocols.port import Dialect
from streams.records import CallEnded, CallEvent
from streams.refusals import ABNORMAL, Close
from streams.sockets.ingest import OnEvent


class PairLine:
    """Takes the events of all connections of one call. While it hands one on, all of them wait: the backpressure."""

    def __init__(self, on_event: OnEvent) -> None:
        self._on_event = on_event
        self._waiting: deque[CallEvent] = deque()
        self._turn = asyncio.Lock()
        self._failed = False

    def made(self, events: Sequence[CallEvent]) -> None:
        """These came into being now; `deliver` is owed for each."""
        self._waiting.extend(events)

    async def deliver(self) -> None:
        """Hand on all that waits. Raises what the call raises; from then on it gets `CallEnded` alone."""
        async with self._turn:
            while self._waiting:
                event = self._waiting.popleft()
                if self._failed and not isinstance(event, CallEnded):
                    continue
                try:
                    await self._on_event(event)
                except Exception:
                    self._failed = True
                    raise


class Seated(Dialect, Protocol):
    """A dialect whose connection is one side of a call."""

    @property
    def seat(self) -> Seat | None:
        """Its place in a call; none before it has one, or where it makes a call of its own."""
        ...


class Side:
    """One connection as the `Dialect` that is served, its events in one row with the other side's: see `deliver`."""

    def __init__(self, leg: Seated, line_of: Callable[[Pair], PairLine]) -> None:
        self._leg = leg
        self._line_of = line_of
        self._line: PairLine | None = None

    @property
    def seat(self) -> Seat | None:
        """Its place in a call, once it has one."""
        return self._leg.seat

    @property
    def close(self) -> Close | None:
        """Set once the connection must be closed."""
        return self._leg.close

    @property
    def rejected(self) -> Mapping[str, int]:
        """What was dropped or refused, counted by reason."""
        return self._leg.rejected

    def replies(self) -> Sequence[str | bytes]:
        """What is owed to the other side."""
        return self._leg.replies()

    def receive(self, message: str | bytes, now: datetime) -> Sequence[CallEvent]:
        """Take some bytes."""
        return self._made(self._leg.receive(message, now))

    def tick(self, now: datetime) -> Sequence[CallEvent]:
        """Time has passed."""
        return self._made(self._leg.tick(now))

    def closed(self, now: datetime, code: int = ABNORMAL) -> Sequence[CallEvent]:
        """The socket went away."""
        return self._made(self._leg.closed(now, code))

    async def deliver(self, event: CallEvent) -> None:
        """Hand on this event and all that were made before it, on either connection."""
        if self._line is not None:
            await self._line.deliver()

    def _made(self, events: Sequence[CallEvent]) -> Sequence[CallEvent]:
        if events and self._leg.seat is not None:
            if self._line is None:
                self._line = self._line_of(self._leg.seat.pair)
            self._line.made(events)
        return events
