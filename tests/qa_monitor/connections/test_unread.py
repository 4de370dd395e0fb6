"""A page that reads nothing of its stream is cut, and nothing else is."""

import asyncio
import socket
from collections.abc import Callable, Coroutine

import pytest
from starlette.types import Receive, Scope, Send

from qa_monitor.connections.config import ConnectionConfig, new_loop
from qa_monitor.connections.patience import Patience
from tests.qa_monitor.connections.silence import Quiet

UNREAD_S = 0.3
PIECE = b"data: " + b"x" * 65_536 + b"\r\n\r\n"
ENOUGH = 64
"""Pieces that no socket of a client that reads nothing can hold."""


async def ended(path: str, *, reads: bool, within_s: float) -> bool:
    """Whether the server gives a request up that is answered with more than fits."""
    gone = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(ENOUGH):
            await send({"type": "http.response.body", "body": PIECE, "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass
        gone.set()

    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as client:
        server = Quiet(ConnectionConfig(app, Patience(unread_s=UNREAD_S)))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(client, listener.getsockname())
        await loop.sock_sendall(client, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        reading = asyncio.create_task(read_on(client)) if reads else None
        try:
            async with asyncio.timeout(within_s):
                await gone.wait()
        except TimeoutError:
            return False
        else:
            return True
        finally:
            if reading is not None:
                reading.cancel()
            client.close()
            server.should_exit = True
            await serving


async def read_on(client: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    while await loop.sock_recv(client, 65_536):
        pass


def run(work: Callable[[], Coroutine[object, object, bool]]) -> bool:
    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(work())


@pytest.mark.parametrize(
    ("path", "reads", "cut"),
    [("/v1/flags/stream", False, True), ("/v1/flags/stream", True, False), ("/v1/calls/call-1/audio", False, False)],
    ids=["unread", "read", "no-stream"],
)
def test_only_a_stream_that_is_not_read_is_cut(path: str, reads: bool, cut: bool) -> None:
    """A browser may read a recording as slowly as it plays it."""
    within_s = 10.0 if cut else 4 * UNREAD_S

    assert run(lambda: ended(path, reads=reads, within_s=within_s)) is cut
