"""How this service listens: `StreamConnection` for telephony, `WebConnection` for everybody else."""

import asyncio
from collections.abc import Callable

from uvicorn.loops.uvloop import uvloop_loop_factory

from qa_monitor.connections.patience import Patience, PatientConfig
from qa_monitor.connections.stream import StreamConnection
from qa_monitor.connections.web import WebConnection

MAX_MESSAGE = 131_072
"""Bytes of one websocket message; each dialect refuses smaller ones in its own words."""
GRACE_S = 5
"""How long open requests may take to end."""


class ConnectionConfig(PatientConfig):
    """How this service listens. No compression: it costs time and memory for every socket."""

    def __init__(self, app: Callable[..., object], patience: Patience | None = None) -> None:
        self.patience = patience or Patience()
        super().__init__(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            http=WebConnection,
            ws=StreamConnection,
            ws_max_size=MAX_MESSAGE,
            ws_ping_interval=self.patience.ping_s,
            ws_ping_timeout=self.patience.pong_s,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=GRACE_S,
            proxy_headers=False,
            server_header=False,
        )


def new_loop() -> asyncio.AbstractEventLoop:
    """The event loop to serve on: uvloop takes a message in three quarters of the time."""
    return uvloop_loop_factory()()
