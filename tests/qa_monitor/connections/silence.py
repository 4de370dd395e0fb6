"""Sources that fall silent, and how quickly a server of the tests gives them up."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from qa_monitor.connections.patience import Patience

QUICK = Patience(request_s=0.5, refused_s=0.2, close_s=0.2, ping_s=0.5, pong_s=0.5)
"""A tenth of the real times, or less."""
HELLO = (
    b"GET /v1/streams/twilio?token=hidden HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Quiet(uvicorn.Server):
    """Leaves the signals of the test's process alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def until(reached: Callable[[], bool], within_s: float = 5.0) -> float:
    """Wait for something that nobody tells; returns how long it took, in seconds."""
    loop = asyncio.get_running_loop()
    began_s = loop.time()
    while not reached():
        waited_s = loop.time() - began_s
        assert waited_s < within_s, "it did not happen"
        await asyncio.sleep(0.01)  # noqa: ASYNC110  # the server tells nobody of its connections
    return loop.time() - began_s
