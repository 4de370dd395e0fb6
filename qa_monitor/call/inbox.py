"""The events of one call that were not looked at yet: bounded, and whoever brings one more waits."""

import asyncio
from collections import deque
from contextlib import suppress
from math import inf

from streams.records import AudioFrame, CallEnded, CallEvent

INBOX = 500
"""Events of one call that may wait."""
INBOX_S = 5.0
"""About how much audio that is: two channels in frames of 20 ms."""


class Inbox:
    """One per call. `wake` and the rest are for its event loop; `wake_soon` is for any thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._events: deque[CallEvent] = deque()
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self.closed = False
        """Nothing more is taken."""

    @property
    def waiting(self) -> int:
        """Events not looked at yet."""
        return len(self._events)

    async def put(self, event: CallEvent) -> bool:
        """Take an event, once there is room for it; the end of a call needs none. False: it is closed."""
        while len(self._events) >= INBOX and not self.closed and not isinstance(event, CallEnded):
            self._room.clear()
            await self._room.wait()
        self.push(event)
        return not self.closed

    def push(self, event: CallEvent) -> None:
        """Take an event without waiting: for the few that are no audio."""
        if not self.closed:
            self._events.append(event)
            self._news.set()

    @property
    def waiting_s(self) -> float:
        """How much audio that is, summed over the channels."""
        return sum(map(_duration_s, self._events))

    def take(self, most_s: float = inf) -> list[CallEvent]:
        """What waits, in order; of more audio than this, summed over the channels, the rest is still news."""
        self._news.clear()
        events: list[CallEvent] = []
        taken_s = 0.0
        while self._events and taken_s < most_s:
            taken_s += _duration_s(self._events[0])
            events.append(self._events.popleft())
        if self._events:
            self._news.set()
        self._room.set()
        return events

    def close(self) -> None:
        """Take nothing more; nobody waits any longer."""
        self.closed = True
        self._events.clear()
        self._room.set()

    async def news(self, within_s: float) -> None:
        """Until something came or was woken, but not for longer than this."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._news.wait()

    def quiet(self) -> None:
        """What came so far is no news any more."""
        self._news.clear()

    def wake_soon(self) -> None:
        """Something else is new; may be called from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._news.set)


def _duration_s(event: CallEvent) -> float:
    return len(event.samples) / event.rate_hz if isinstance(event, AudioFrame) else 0.0
