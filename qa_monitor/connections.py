"""Adapter: uvicorn's connections, quicker for audio, and ended where the other side stays silent."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn
from uvicorn._types import ASGIReceiveEvent, ASGISendEvent
from uvicorn.loops.uvloop import uvloop_loop_factory
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState

from streams.frames import OTHER, TEXT, Frames
from streams.protocols.port import BAD_DATA, POLICY

MAX_MESSAGE = 131_072
"""Bytes of one websocket message; each dialect refuses smaller ones in its own words."""
MOST_WAITING = 64
"""Messages of one connection that wait to be taken; then nothing more is read."""
MOST_EARLY = 65_536
"""Bytes of one connection that may come before its handshake was answered; then nothing more is read."""
LEAST_BYTES_PER_S = 16_384
"""A body that comes at least as fast has all the time it needs: a recording may be a gigabyte."""
STREAMS = "/stream"
"""How the path of every event stream ends."""
GRACE_S = 5
"""How long open requests may take to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the other side of a connection is waited for, in seconds."""

    request_s: float = 5.0
    """Until a request is whole, since its connection was opened, or since its first byte on one that was kept; a body
    adds what it takes at `LEAST_BYTES_PER_S`."""
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


class ConnectionConfig(uvicorn.Config):
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


class WebConnection(HttpToolsProtocol):
    """Requests over HTTP. A connection that sends none, or only a part of one, is closed; so is an unread stream."""

    def __init__(
        self,
        config: ConnectionConfig,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._patience = config.patience
        self._deadline: asyncio.TimerHandle | None = None
        self._until_s = 0.0
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the library does
        """Somebody connected, and has said nothing yet."""
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Bytes, maybe of the next request on the same connection."""
        if self._deadline is None and (self.cycle is None or self.cycle.response_complete):
            self._expect()
        super().data_received(data)

    def on_body(self, body: bytes) -> None:
        """A part of a body: the rest of it has a little longer."""
        super().on_body(body)
        self._until_s += len(body) / LEAST_BYTES_PER_S

    def on_message_complete(self) -> None:
        """The request is whole."""
        super().on_message_complete()
        self._met()

    def handle_websocket_upgrade(self) -> None:
        """From here on it is a `StreamConnection`."""
        self._met()
        super().handle_websocket_upgrade()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is left to be waited for."""
        self._met()
        self._read()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The other side does not read. What it does not read of a stream is old news soon: it is told afresh later."""
        super().pause_writing()
        if self._unread is None and str(self.scope["path"]).endswith(STREAMS):
            self._unread = self.loop.call_later(self._patience.unread_s, self.transport.abort)

    def resume_writing(self) -> None:
        """It reads again."""
        super().resume_writing()
        self._read()

    def _read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _expect(self) -> None:
        self._until_s = self.loop.time() + self._patience.request_s
        self._deadline = self.loop.call_at(self._until_s, self._look)

    def _look(self) -> None:
        """Give up, unless enough has come meanwhile, or we ourselves take no more for now."""
        if self.flow is not None and self.flow.read_paused:
            self._until_s = max(self._until_s, self.loop.time() + self._patience.request_s)
        if self.loop.time() >= self._until_s:
            self.transport.abort()
        else:
            self._deadline = self.loop.call_at(self._until_s, self._look)

    def _met(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class StreamConnection(WebSocketsSansIOProtocol):
    """A websocket. Whole plain messages, which is what audio comes in, take a short way; the library reads the rest.

    At most 64 messages wait; the next bytes are not read before all of them were taken.
    """

    def __init__(
        self,
        config: ConnectionConfig,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._patience = config.patience
        self._frames = Frames(largest=config.ws_max_size)
        # at the level of information, the library writes down addresses as they were asked for: with tokens in them
        self.logger = logging.getLogger("uvicorn.error.websocket")
        self.logger.setLevel(logging.WARNING)

    def data_received(self, data: bytes) -> None:
        """Bytes: first the upgrade, then frames."""
        if not self.handshake_initiated:
            super().data_received(data)
            return
        self._frames.feed(data)
        if self.handshake_complete:
            self._take()
        elif self._frames.unread > MOST_EARLY:
            self._stop_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """What came before the end is still taken."""
        self._take(everything=True)
        super().connection_lost(exc)

    async def receive(self) -> ASGIReceiveEvent:
        """The next message. A cancelled call loses none."""
        if self.queue.empty():
            if self.handshake_complete and self._frames.unread:
                self._take()
            self._go_on_reading()
        return await self.queue.get()

    async def send(self, message: ASGISendEvent) -> None:
        """Say something; after a close, the other side has a while to answer it."""
        early = not self.handshake_complete
        await super().send(message)
        if early and self.handshake_complete:
            self._take()
        if message["type"] == "websocket.close" and self.close_timer is not None:
            # the library would wait until the other side has read everything: it may never
            self.close_timer.cancel()
            within_s = self._patience.refused_s if message.get("code") == POLICY else self._patience.close_s
            self.close_timer = self.loop.call_later(within_s, self.transport.abort)

    async def run_asgi(self) -> None:
        """Run the application. A refusal in its own words is an answer too; the library would log it as a fault."""
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass  # the application was about to say something to nobody
        except BaseException:
            self.logger.exception("a websocket could not be served")
            self.send_500_response()
        else:
            if not self.handshake_complete and not self.close_sent:
                self.logger.error("a websocket was neither accepted nor refused")
                self.send_500_response()
        if self.close_timer is None:
            self.transport.close()

    def pause_writing(self) -> None:
        """The other side does not read: it is not read either, or its pings alone would fill the memory."""
        super().pause_writing()
        self._stop_reading()

    def resume_writing(self) -> None:
        """It reads again."""
        super().resume_writing()
        self._go_on_reading()

    def keepalive_timeout(self) -> None:
        """No answer to a ping. Where we ourselves have stopped reading, it may be among what was not read."""
        if self.close_sent:
            return
        if self.read_paused and self.writable.is_set():
            self.pong_timer = self.loop.call_later(self._patience.pong_s, self.keepalive_timeout)
            return
        super().keepalive_timeout()
        self.transport.abort()  # where it reads nothing either, what is left to be sent would keep the socket

    def _take(self, *, everything: bool = False) -> None:
        """Cut what has come into messages, until enough of them wait."""
        while everything or self.queue.qsize() < MOST_WAITING:
            frame = self._frames.next()
            if frame is None:
                return
            kind, payload = frame
            if kind == OTHER:
                self._leave_to_library(payload)
            elif not self.close_sent:
                self._put(kind, payload)
        self._stop_reading()

    def _leave_to_library(self, frame: bytes) -> None:
        if self.conn.parser_exc is None:
            super().data_received(frame)

    def _put(self, kind: int, payload: bytes) -> None:
        if kind != TEXT:
            self.queue.put_nowait({"type": "websocket.receive", "bytes": payload})
            return
        try:
            self.queue.put_nowait({"type": "websocket.receive", "text": payload.decode()})
        except UnicodeDecodeError:
            self.conn.fail(BAD_DATA, "text that is not UTF-8")
            self.handle_parser_exception()

    def _stop_reading(self) -> None:
        if not self.read_paused:
            self.read_paused = True
            self.transport.pause_reading()

    def _go_on_reading(self) -> None:
        if self.read_paused and self.queue.empty() and self.writable.is_set():
            self.read_paused = False
            self.transport.resume_reading()
