"""Guessing is slowed down: by what is guessed at, and by who guesses."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

FAILURES = 10
"""Wrong passwords for one account, or wrong access tokens, within `THROTTLE`, after which that log-in waits."""
BY_ADDRESS = 30
"""Wrong ones from one address within the same time, whatever they were for."""
THROTTLE = timedelta(minutes=1)
MOST = 10_000
"""Names remembered at once; one more, and the one that failed longest ago is forgotten."""


class Throttle:
    """Counts failed log-ins. `clock` gives the wall time."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, list[datetime]] = OrderedDict()

    def waits(self, what: str, address: str) -> bool:
        """Whether too many log-ins with this name or from this address failed lately."""
        return len(self._lately(f"for {what}")) >= FAILURES or len(self._lately(f"from {address}")) >= BY_ADDRESS

    def failed(self, what: str, address: str) -> None:
        """A log-in failed."""
        for key in (f"for {what}", f"from {address}"):
            self._failed[key] = [*self._lately(key), self._clock()]
            self._failed.move_to_end(key)
        while len(self._failed) > MOST:
            self._failed.popitem(last=False)

    def _lately(self, key: str) -> list[datetime]:
        now = self._clock()
        return [at for at in self._failed.get(key, ()) if now - at < THROTTLE]
