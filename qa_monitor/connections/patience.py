"""How long the other side of a connection is waited for."""

from dataclasses import dataclass

import uvicorn


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """In seconds."""

    request_s: float = 5.0
    """Until a request is whole, since its connection was opened, or since its first byte on one that was kept; a body
    adds what it takes at `LEAST_BYTES_PER_S`, see `web.py`."""
    refused_s: float = 0.4
    """Until a source that was refused answers the close frame."""
    close_s: float = 5.0
    """Until any other source does, which may have audio under way."""
    ping_s: float = 20.0
    """From one ping to the next."""
    unread_s: float = 20.0
    """Until an event stream that is not read goes on being read; then it is cut, and its page comes back."""
    pong_s: float = 20.0
    """Until a ping is answered; with the time between two pings, this is how long a dead socket is kept."""


class PatientConfig(uvicorn.Config):
    """A configuration that tells its connections how long to wait."""

    patience = Patience()
