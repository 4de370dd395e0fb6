"""Who listens to a call while it goes on: each with a queue of its own, fed only with audio that has been screened.

For one event loop. Giving never waits: whoever does not take what comes is cut, so that no listener slows a call.
"""

import asyncio
from collections import deque
from enum import StrEnum

from qa_monitor.call.recording.screened_audio import HOLD_S, Block

MOST_WAITING_S = 2 * HOLD_S
"""Audio that may wait for one listener: what the screen may let through at once, and as much again."""


class Parted(StrEnum):
    """Why nothing more will come."""

    ENDED = "ended"
    """The call is over, and all of it was given."""
    TOO_SLOW = "too_slow"
    """More waited than may."""


class Listener:
    """One who listens. Made by `Listeners.join`; to be read by one task, and to leave at the end."""

    def __init__(self, rate_hz: int, most_waiting_s: float) -> None:
        self._most = int(most_waiting_s * rate_hz)
        self._blocks: deque[Block] = deque()
        self._waiting = 0
        self._parted: Parted | None = None
        self._news, self._cut = asyncio.Event(), asyncio.Event()

    @property
    def cut(self) -> bool:
        """Whether they were too slow: true at once, also while something is being sent to them."""
        return self._cut.is_set()

    async def until_cut(self) -> None:
        """Return once they are."""
        await self._cut.wait()

    def give(self, block: Block) -> None:
        """One more block. Where there is no room for it, all that waits is dropped and nothing more is taken."""
        if self._parted is not None:
            return
        self._blocks.append(block)
        self._waiting += len(block.samples)
        if self._waiting > self._most:
            self.part(Parted.TOO_SLOW)
        self._news.set()

    def part(self, why: Parted) -> None:
        """Nothing more will come. The first reason stays."""
        if self._parted is None:
            self._parted = why
        if self._parted is Parted.TOO_SLOW:
            self._blocks.clear()
            self._cut.set()
        self._news.set()

    async def next(self, within_s: float) -> Block | Parted | None:
        """The next block; or why there will be none; or none yet, after `within_s` seconds."""
        if not self._blocks and self._parted is None:
            self._news.clear()
            try:
                async with asyncio.timeout(within_s):
                    await self._news.wait()
            except TimeoutError:
                return None
        if self._blocks:
            block = self._blocks.popleft()
            self._waiting -= len(block.samples)
            return block
        return self._parted


class Listeners:
    """Those of one call."""

    def __init__(self, rate_hz: int, most_waiting_s: float = MOST_WAITING_S) -> None:
        self._rate_hz, self._most_waiting_s = rate_hz, most_waiting_s
        self._here: set[Listener] = set()
        self._over = False

    def __len__(self) -> int:
        return len(self._here)

    def join(self) -> Listener:
        """Somebody listens from now on: to what is let through later, never to what was before."""
        listener = Listener(self._rate_hz, self._most_waiting_s)
        if self._over:
            listener.part(Parted.ENDED)
        else:
            self._here.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """They listen no longer. Again changes nothing."""
        self._here.discard(listener)

    def give(self, block: Block) -> None:
        """A block that has passed the screen, to everyone."""
        for listener in self._here:
            listener.give(block)

    def end(self) -> None:
        """The call is over."""
        self._over = True
        for listener in self._here:
            listener.part(Parted.ENDED)
        self._here.clear()
