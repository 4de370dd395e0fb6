"""Connections that are open and have not shown yet who they are: their start message may carry a token."""

MOST_STRANGERS = 256
"""Open at once. Each shows a token or is closed within five seconds."""
SECOND_SIDES = 64
"""Room beyond it while a call waits for its second side."""


class Doorstep:
    """To be used from one event loop. Who has shown a token before the upgrade never stands here."""

    def __init__(self) -> None:
        self._strangers: set[object] = set()

    def full(self, *, second_side: bool) -> bool:
        """Whether one stranger more is one too many; `second_side`: it may be what a call waits for."""
        return len(self._strangers) >= MOST_STRANGERS + (SECOND_SIDES if second_side else 0)

    def enter(self, visitor: object) -> None:
        """This one has been let in as a stranger; to `leave`."""
        self._strangers.add(visitor)

    def leave(self, visitor: object) -> None:
        """This one has shown a token, or has gone. Again changes nothing."""
        self._strangers.discard(visitor)
