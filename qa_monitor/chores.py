"""Work that goes on as long as the service does: begun again when it fails, and never failing unseen."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from qa_monitor.faults import fault_of

log = structlog.get_logger()

Chore = Callable[[], Awaitable[None]]
PAUSES_S = (1.0, 5.0, 30.0, 60.0)
"""After the first failure, the second, …; the last holds for all that follow."""


class Chores:
    """Keeps pieces of background work going. One that returns is done; one that raises is begun again after a pause.

    `failed` is told the name at every failure. The log gets the name, the kind of error and the line it came from: the
    error's own words may hold what was said in a call.
    """

    def __init__(self, failed: Callable[[str], None], pauses_s: tuple[float, ...] = PAUSES_S) -> None:
        self._failed = failed
        self._pauses_s = pauses_s
        self._tasks: list[asyncio.Task[None]] = []

    def begin(self, chores: Mapping[str, Chore]) -> None:
        """Start these, by name, on the running event loop."""
        self._tasks.extend(asyncio.create_task(self._keep(name, chore), name=name) for name, chore in chores.items())

    async def end(self) -> None:
        """Stop them all and wait until they have stopped."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep(self, name: str, chore: Chore) -> None:
        failures = 0
        while True:
            try:
                return await chore()
            except Exception as error:
                self._failed(name)
                log.error("background work failed", work=name, **fault_of(error))
            await asyncio.sleep(self._pauses_s[min(failures, len(self._pauses_s) - 1)])
            failures += 1
