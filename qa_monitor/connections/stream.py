"""Websockets that carry audio, quicker than the library alone takes them."""

import asyncio
import logging

from uvicorn._types import ASGIReceiveEvent, ASGISendEvent
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState

from qa_monitor.connections.patience import PatientConfig
from streams.refusals import BAD_DATA, POLICY
from streams.sockets.frames import OTHER, TEXT, Frames

MOST_WAITING = 64
"""Messages of one connection that wait to be taken; then nothing more is read."""
MOST_EARLY = 65_536
"""Bytes of one connection that may come before its handshake was answered; then nothing more is read."""


class StreamConnection(WebSocketsSansIOProtocol):
    """A websocket. Whole plain messages, which is what audio comes in, take a short way; the library reads the rest.

    At most 64 messages wait; the next bytes are not read before all of them were taken.
    """

    def __init__(
        self,
        config: PatientConfig,
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
