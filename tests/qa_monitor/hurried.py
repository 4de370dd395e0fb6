"""An event loop that never waits: where nothing is left to do, its clock is set to the next moment at which there is.

For tests of long waits between connections of one process: no thread and no other process may be waited for.
"""

import asyncio
import selectors

GRACE_S = 0.001
"""How long bytes may take from one socket of this machine to another before the clock goes on without them."""


class _Skipping(selectors.EpollSelector):
    """Where no socket has news, the time is up at once."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """As the class does, but for the waiting."""
        if not timeout or timeout < 0:
            return super().select(timeout)
        found = super().select(min(timeout, GRACE_S))
        if not found:
            self.now_s += timeout
        return found


class HurriedLoop(asyncio.SelectorEventLoop):
    """Its own time in seconds, from 0."""

    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        """What everything that waits on this loop goes by."""
        return self._skipping.now_s
