"""What a pass for later does between its parts: whoever waits live goes first, on the same worker."""

from collections.abc import Callable


class GivingWay:
    """One per pass: call it where the pass can stop for a while. Knows how long others took."""

    def __init__(self, serve: Callable[[], bool], clock: Callable[[], float]) -> None:
        """`serve` does one live pass; false: nothing waits."""
        self._serve, self._clock = serve, clock
        self.seconds = 0.0
        """On `clock`, so far."""

    def __call__(self) -> None:
        """Until nobody waits any more."""
        began_s = self._clock()
        while self._serve():
            pass
        self.seconds += self._clock() - began_s
