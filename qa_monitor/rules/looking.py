"""Files that are looked at while the service runs: when a change of them is to be loaded."""

import asyncio
from collections.abc import Callable

import structlog

from qa_monitor.faults import fault_of
from qa_monitor.rules.sources import Stamp

log = structlog.get_logger()

LOOK_S = 0.5
"""How often files are looked at; a change is in force after two to three looks."""


class Looks:
    """What files looked like, look by look. Not safe to share."""

    def __init__(self, found: Stamp) -> None:
        self._last = self._judged = found

    def changed(self, found: Stamp) -> bool:
        """Whether there is a change to be loaded: told once, and only when two looks found the same.

        A file may be in the middle of being written.
        """
        settled, self._last = found == self._last, found
        if not settled or found == self._judged:
            return False
        self._judged = found
        return True

    def overlook(self, found: Stamp) -> None:
        """What the files look like now is known: nothing of it is to be loaded."""
        self._last = self._judged = found


async def keep_looking(look: Callable[[], None], what: str) -> None:
    """Until cancelled: call `look`, off the loop, every half second. `what` names the files to the operator."""
    while True:
        await asyncio.sleep(LOOK_S)
        try:
            await asyncio.to_thread(look)
        except Exception as error:
            # a disk that fails for a moment must not keep later changes from being seen
            log.error(f"{what} cannot be looked at", **fault_of(error))
