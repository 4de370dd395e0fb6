"""Where one AudioHook session stands."""

from enum import StrEnum


class State(StrEnum):
    """Only the client opens and closes a session; the server asks."""

    OPENING = "opening"
    """The client is to say `open`."""
    ACTIVE = "active"
    PAUSED = "paused"
    """The client sends no audio on purpose."""
    DISCONNECTING = "disconnecting"
    """The client was asked to close; the call is over, further errors are silent."""
    CLOSING = "closing"
    """The client closes: last events are told, then `closed`."""
    CLOSED = "closed"
    """Nothing more is said; the client is to close the socket."""

    @property
    def live(self) -> bool:
        """Whether the session has been opened and neither side wants to end it."""
        return self in (State.ACTIVE, State.PAUSED)

    @property
    def ending(self) -> bool:
        """Whether errors are no longer told."""
        return self in (State.DISCONNECTING, State.CLOSING, State.CLOSED)
