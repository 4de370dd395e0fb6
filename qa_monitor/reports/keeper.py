"""Keeps the figures of finished calls up to date while the service runs: a little at a time, live calls come first."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

import structlog

from qa_monitor.records.errors import StoreError
from qa_monitor.reports.port import ReportStore

log = structlog.get_logger()

LOOK_S = 5.0
"""From one look to the next while there is nothing to do."""
AT_ONCE = 200
"""Changes of calls taken in at one go."""
READ_AT_ONCE = 10
"""Calls looked through at one go: looking for phrases takes the processor some milliseconds a call."""
RESTS = 4.0
"""It rests so many times as long as it worked: at most a fifth of one core."""


class FigureKeeper:
    """One per application."""

    def __init__(self, store: ReportStore) -> None:
        self._store = store

    async def watch(self) -> None:
        """Until cancelled, first of all at the start: what an earlier run left is found again."""
        while True:
            try:
                worked = await self._work(lambda: self._store.count_calls(AT_ONCE))
                if not worked:
                    worked = await self._work(lambda: self._store.read_calls(READ_AT_ONCE))
            except StoreError as error:
                # what was not counted stays noted, and is counted later
                log.warning("figures for reports wait for the store", why=str(error))
                worked = False
            if not worked:
                await asyncio.sleep(LOOK_S)

    async def _work(self, step: Callable[[], Awaitable[int]]) -> bool:
        """One go, and the rest after it; whether there was anything to do."""
        began_s = monotonic()
        if not await step():
            return False
        await asyncio.sleep(RESTS * (monotonic() - began_s))
        return True
