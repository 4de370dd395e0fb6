"""Refusals that are told later, so that their time tells nothing: only so many of them wait."""

import asyncio
from collections import deque
from contextlib import suppress

MOST = 256
"""Waiting at once, each with a connection of its own."""


class LateAnswers:
    """To be used from one event loop."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._waiting: deque[asyncio.Event] = deque()

    async def wait(self, for_s: float) -> None:
        """Return after so many seconds; sooner where one more than may wait came: the oldest is told at once then.

        When that is says nothing about why it was refused.
        """
        if for_s <= 0:
            return
        while len(self._waiting) >= self._most:
            self._waiting.popleft().set()
        sooner = asyncio.Event()
        self._waiting.append(sooner)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(for_s):
                    await sooner.wait()
        finally:
            with suppress(ValueError):
                self._waiting.remove(sooner)
