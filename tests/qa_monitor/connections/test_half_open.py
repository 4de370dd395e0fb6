"""Sockets whose other side stays silent are given back, whatever that side has said before."""

import asyncio
import contextlib
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import psutil
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from websockets.asyncio.client import connect

from qa_monitor.connections.config import ConnectionConfig, new_loop
from qa_monitor.connections.patience import Patience
from streams.protocols.route import Route
from streams.protocols.twilio.session import Twilio
from streams.records import AudioFrame, CallEnded, CallEvent, CallStarted, EndReason
from streams.sockets.ingest import serve
from streams.sockets.websocket import StarletteSocket
from tests.qa_monitor.connections.silence import HELLO, QUICK, Quiet, until
from tests.qa_monitor.hurried import HurriedLoop
from tests.streams.sessions import STOP, after, everyone, media, start
from tests.streams.sockets.client_frames import masked

SPEED = 10.0
"""How many times faster the dialects' clock runs."""
STOPPED = """
import socket, sys, time
line = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
line.sendall(bytes.fromhex(sys.argv[2]))
line.recv(4096)
line.sendall(bytes.fromhex(sys.argv[3]))
print("ready", flush=True)
while True:
    line.recv(4096)
"""
"""A client that answers no ping."""


async def at_once(event: CallEvent) -> None:
    """Nothing is done with it."""


@dataclass(slots=True)
class Listening:
    """A server of this process, and what its dialects said."""

    port: int
    server: uvicorn.Server
    events: list[CallEvent] = field(default_factory=list)
    taking: Callable[[CallEvent], Awaitable[None]] = at_once

    @property
    def open(self) -> int:
        """Connections that were not given back."""
        return len(self.server.server_state.connections)

    async def emptied(self, within_s: float) -> float:
        """Wait until no connection is left; returns how long it took, in seconds."""
        return await until(lambda: not self.open, within_s)


@asynccontextmanager
async def listening(patience: Patience = QUICK, speed: float = SPEED) -> AsyncIterator[Listening]:
    """The service's own connections around one dialect, on a free port of this loop."""
    loop = asyncio.get_running_loop()
    began_s = loop.time()

    def clock() -> datetime:
        return after((loop.time() - began_s) * speed)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await receive()
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        websocket = WebSocket(scope, receive, send)
        await websocket.accept()

        async def on_event(event: CallEvent) -> None:
            heard.events.append(event)
            await heard.taking(event)

        dialect = Twilio(opened_at=clock(), admit=everyone, route=Route())
        await serve(StarletteSocket(websocket), dialect, on_event, clock)

    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    server = Quiet(ConnectionConfig(app, patience))
    heard = Listening(port=listener.getsockname()[1], server=server)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await until(lambda: bool(server.started))
        yield heard
    finally:
        server.should_exit = True
        await serving
        listener.close()


def run(
    work: Callable[[], Coroutine[object, object, None]],
    loop_factory: Callable[[], asyncio.AbstractEventLoop] = new_loop,
) -> None:
    """On the loop the service runs on, unless the test says otherwise."""
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(asyncio.wait_for(work(), timeout=60))


@contextmanager
def lines(port: int, count: int, hello: bytes = b"") -> Iterator[list[socket.socket]]:
    """Connections that nobody reads from or writes to, but the test."""
    with contextlib.ExitStack() as stack:
        opened = []
        for _ in range(count):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            line.sendall(hello)
            line.setblocking(False)
            opened.append(line)
        yield opened


async def trickle(line: socket.socket, data: bytes, every_s: float = 0.03) -> None:
    """A byte at a time, then the same again, until the other side has had enough."""
    loop = asyncio.get_running_loop()
    with contextlib.suppress(OSError):
        while True:
            for byte in data:
                await loop.sock_sendall(line, bytes([byte]))
                await asyncio.sleep(every_s)


async def upgraded(opened: Sequence[socket.socket]) -> None:
    """Take the answers to the handshakes."""
    for line in opened:
        assert b" 101 " in await asyncio.get_running_loop().sock_recv(line, 4096)


async def closing_frame(line: socket.socket) -> bytes:
    """Everything the server said until it hung up."""
    loop, said = asyncio.get_running_loop(), b""
    with contextlib.suppress(OSError):
        while data := await loop.sock_recv(line, 4096):
            said += data
    return said


@pytest.mark.parametrize(
    ("hello", "then"),
    [
        (b"", b""),
        (b"", b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 500),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n", b""),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n", b"x"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 500),
    ],
    ids=["nothing", "trickled header", "half a header", "trickled body", "trickled second request"],
)
def test_a_request_that_never_becomes_whole_is_given_up(hello: bytes, then: bytes) -> None:
    """At the deadline, also where bytes keep coming."""

    async def work() -> None:
        async with listening() as server:
            with lines(server.port, 10, hello) as opened:
                trickling = [asyncio.create_task(trickle(line, then)) for line in opened if then]
                await until(lambda: server.open == len(opened))
                took_s = await server.emptied(within_s=5)
                assert 0.3 < took_s < 1.2
                for task in trickling:
                    await task

    run(work)


@asynccontextmanager
async def taking_bodies(slowly_s: float) -> AsyncIterator[tuple[int, list[int]]]:
    """A server that takes whole bodies, the first piece slowly: its port, and how long they were."""
    sizes = list[int]()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        size = 0
        while (message := await receive())["type"] != "http.disconnect":
            if not size:
                await asyncio.sleep(slowly_s)
            size += len(message["body"])
            if not message["more_body"]:
                sizes.append(size)
                break
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    listener = socket.create_server(("127.0.0.1", 0))
    server = Quiet(ConnectionConfig(app, QUICK))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await until(lambda: bool(server.started))
        yield listener.getsockname()[1], sizes
    finally:
        server.should_exit = True
        await serving
        listener.close()


@pytest.mark.parametrize("slowly_s", [0.0, 3 * QUICK.request_s], ids=["a slow line", "we are slow"])
def test_a_long_body_has_the_time_it_needs(slowly_s: float) -> None:
    """A recording takes longer than a request may take to begin; so it does where it is we who are slow."""
    pieces, piece = (12, bytes(16_384)) if not slowly_s else (40, bytes(65_536))
    hello = f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {pieces * len(piece)}\r\n\r\n".encode()

    async def work() -> None:
        loop = asyncio.get_running_loop()
        async with taking_bodies(slowly_s) as (port, sizes):
            with lines(port, 1, hello) as (line,):
                for _ in range(pieces):
                    await loop.sock_sendall(line, piece)
                    await asyncio.sleep(0.0 if slowly_s else 0.1)
                answer = await loop.sock_recv(line, 4096)
        assert b" 204 " in answer
        assert sizes == [pieces * len(piece)]

    run(work)


@pytest.mark.parametrize(
    "then",
    [b"", masked(0x89, b""), masked(0x81, b"x" * 5000)[:-1]],
    ids=["silent", "pings only", "one frame, byte by byte"],
)
def test_a_websocket_without_a_start_is_closed_at_the_deadline(then: bytes) -> None:
    """With 1008, and the socket is given back although the close frame is never answered."""

    async def work() -> None:
        async with listening() as server:
            with lines(server.port, 10, HELLO) as opened:
                await upgraded(opened)
                trickling = [asyncio.create_task(trickle(line, then)) for line in opened if then]
                took_s = await server.emptied(within_s=5)
                assert 0.3 < took_s < 1.5
                for task in trickling:
                    await task
                assert b"\x03\xf0no valid start within 5 s" in await closing_frame(opened[0])
        assert server.events == []

    run(work)


def test_a_client_that_is_stopped_is_found_out_by_its_missing_pong() -> None:
    """Its machine still acknowledges every byte; its call ends abruptly."""

    async def work() -> None:
        async with listening() as server:
            messages = masked(0x81, start().encode()) + masked(0x81, media(1, bytes(160)).encode())
            client = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                STOPPED,
                str(server.port),
                HELLO.hex(),
                messages.hex(),
                stdout=asyncio.subprocess.PIPE,
            )
            assert client.stdout is not None
            await client.stdout.readline()
            try:
                os.kill(client.pid, signal.SIGSTOP)
                assert await server.emptied(within_s=5) < 2
            finally:
                client.kill()
                await client.wait()
        assert isinstance(server.events[0], CallStarted)
        assert isinstance(server.events[-1], CallEnded)
        assert server.events[-1].reason is EndReason.ABRUPT

    run(work)


def test_pings_of_a_client_that_reads_nothing_do_not_fill_the_memory() -> None:
    """Its pongs wait to be sent: once they are many, it is not read any further, and given up in time."""

    async def work() -> None:
        async with listening(speed=0.1) as server:
            with lines(server.port, 1, HELLO) as (line,):
                await upgraded([line])
                flood = asyncio.create_task(trickle_all(line, masked(0x89, bytes(125)) * 500))
                most = 0
                async with asyncio.timeout(5):
                    while connections := list(server.server.server_state.connections):
                        most = max(most, *(each.transport.get_write_buffer_size() for each in connections))
                        await asyncio.sleep(0.01)
                assert 0 < most < 2_000_000
                await flood

    run(work)


async def trickle_all(line: socket.socket, data: bytes) -> None:
    """As fast as it is taken."""
    loop = asyncio.get_running_loop()
    with contextlib.suppress(OSError):
        while True:
            await loop.sock_sendall(line, data)
            await asyncio.sleep(0)


def test_a_good_client_is_kept_while_we_are_the_slow_ones() -> None:
    """Events are taken so slowly that its pongs wait unread for longer than a pong may take."""

    async def work() -> None:
        async with listening(speed=1.0) as server:
            slow = asyncio.Event()

            async def taking(event: CallEvent) -> None:
                if isinstance(event, AudioFrame) and not slow.is_set():
                    slow.set()
                    await asyncio.sleep(1.6)  # three pings long

            server.taking = taking
            url = f"ws://127.0.0.1:{server.port}/"
            async with connect(url, ping_interval=None) as client:
                await client.send(start(tracks=["inbound"]))
                for number in range(1, 400):
                    await client.send(media(number, bytes(160)))
                await client.send(STOP)
                await client.wait_closed()
                assert client.close_code == 1000
        frames = [event for event in server.events if isinstance(event, AudioFrame)]
        assert sum(len(frame.samples) for frame in frames) == 399 * 160

    run(work)


@pytest.mark.parametrize("hello", [b"", HELLO], ids=["nothing said", "upgraded"])
def test_a_thousand_idle_sockets_leave_the_memory_as_it_was(hello: bytes) -> None:
    """In waves; what the first wave took from the system is used again by the others."""

    async def work() -> None:
        process, sizes = psutil.Process(), list[int]()
        async with listening() as server:
            for _ in range(5):
                with lines(server.port, 200, hello):
                    await until(lambda: bool(server.open))
                    await server.emptied(within_s=10)
                gc.collect()
                sizes.append(process.memory_info().rss)
        assert max(sizes[1:]) - sizes[0] < 4_000_000

    run(work)


def test_no_address_with_a_token_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The library writes down each websocket as it was asked for, with what stands behind the question mark."""

    async def work() -> None:
        async with listening() as server:
            with lines(server.port, 1, HELLO):
                await until(lambda: bool(server.open))
                await server.emptied(within_s=5)

    with caplog.at_level(logging.INFO):
        run(work)
    assert "hidden" not in caplog.text


def test_the_real_times_are_five_and_forty_five_seconds() -> None:
    """Nothing said: 5 s. A call whose client was stopped: 45 s. The clock is put forward instead of waiting."""

    async def work() -> None:
        async with listening(Patience(), speed=1.0) as server:
            with lines(server.port, 10), lines(server.port, 10, HELLO):
                await until(lambda: server.open == 20)
                assert 4.5 < await server.emptied(within_s=10) < 5.6
            messages = masked(0x81, start().encode())
            with lines(server.port, 1, HELLO) as (line,):
                await upgraded([line])
                await asyncio.get_running_loop().sock_sendall(line, messages)
                await until(lambda: bool(server.events))
                assert 35 < await server.emptied(within_s=60) < 45
        assert isinstance(server.events[-1], CallEnded)

    run(work, HurriedLoop)
