"""Adapter: uvicorn. Opens the port, starts the application, and ends both in the right order."""

import asyncio
import contextlib
import errno
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import uvicorn

from qa_monitor.app import open_application
from qa_monitor.application import Application
from qa_monitor.config import Settings
from qa_monitor.connections.config import ConnectionConfig
from qa_monitor.web import attach, build_web

UNANSWERED_MS = 40_000
"""What was sent may stay unacknowledged this long; then the connection is given up. Not every system can be told."""

Opening = Callable[[Settings], AbstractAsyncContextManager[Application]]
"""What is served: the application, or one whose speech engine is a stand-in."""


class ServerError(Exception):
    """The service cannot start. The message says why and what to do."""


class Server(uvicorn.Server):
    """Ends event streams before uvicorn waits for them; leaves signals alone inside another program."""

    def __init__(self, config: uvicorn.Config, parts: Application, *, signals: bool) -> None:
        super().__init__(config)
        self._parts, self._signals = parts, signals
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """From here on the port answers."""
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """First the streams, then the connections."""
        self._parts.stop()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Only the command line's own server listens to signals; the first asks it to end, and calls are ended first.

        uvicorn would raise the signal once more when its connections are closed: the process would die of it there,
        with calls not yet followed to their last word.
        """
        if not self._signals:
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@asynccontextmanager
async def running_server(settings: Settings, opening: Opening = open_application) -> AsyncIterator[str]:
    """The service inside this program, ready for calls, for as long as the context lasts; gives its address.

    Raises ServerError and what `open_application` raises.
    """
    async with served(settings, signals=False, opening=opening) as (url, _):
        yield url


@asynccontextmanager
async def served(
    settings: Settings, *, signals: bool, opening: Opening = open_application
) -> AsyncIterator[tuple[str, asyncio.Task[None]]]:
    """The service, ready for calls: its address, and the task that ends with it."""
    async with _opened(settings, opening, signals=signals) as (server, url, listening):
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            ready = asyncio.create_task(server.ready.wait())
            await asyncio.wait({ready, serving}, return_when=asyncio.FIRST_COMPLETED)
            ready.cancel()
            if serving.done():
                await serving
            yield url, serving
        finally:
            server.should_exit = True
            await serving


@asynccontextmanager
async def _opened(
    settings: Settings, opening: Opening, *, signals: bool
) -> AsyncIterator[tuple[Server, str, socket.socket]]:
    if os.environ.get("WEB_CONCURRENCY", "1").strip() not in ("", "0", "1"):
        raise ServerError("WEB_CONCURRENCY: only one process can serve the embedded bus; unset it")
    listening = _bind(settings.host, settings.port)
    try:
        async with opening(settings) as parts:
            app = build_web(settings)
            attach(app, parts)
            host, port = listening.getsockname()[:2]
            yield Server(ConnectionConfig(app), parts, signals=signals), f"http://{_shown(host)}:{port}", listening
    finally:
        listening.close()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if sys.platform == "linux":  # every connection takes it over from here
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNANSWERED_MS)
    try:
        listening.bind((host, port))
        listening.listen(2048)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise ServerError(
                f"port {port} on {host} is taken by another program: end it, or choose another with --port"
            ) from error
        raise ServerError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    except (TypeError, ValueError) as error:  # Python looks for no such name
        listening.close()
        raise ServerError(f"cannot listen on {host!r}: allowed: the name or an address of this machine") from error
    listening.setblocking(False)
    return listening


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
