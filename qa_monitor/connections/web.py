"""Requests over HTTP that come within their time, and event streams that are read."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from qa_monitor.connections.patience import PatientConfig

LEAST_BYTES_PER_S = 16_384
"""A body that comes at least as fast has all the time it needs: a recording may be a gigabyte."""
STREAMS = "/stream"
"""How the path of every event stream ends."""


class WebConnection(HttpToolsProtocol):
    """Requests over HTTP. A connection that sends none, or only a part of one, is closed; so is an unread stream."""

    config: PatientConfig
    _deadline: asyncio.TimerHandle | None = None
    _until_s = 0.0
    _unread: asyncio.TimerHandle | None = None

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
            self._unread = self.loop.call_later(self.config.patience.unread_s, self.transport.abort)

    def resume_writing(self) -> None:
        """It reads again."""
        super().resume_writing()
        self._read()

    def _read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _expect(self) -> None:
        self._until_s = self.loop.time() + self.config.patience.request_s
        self._deadline = self.loop.call_at(self._until_s, self._look)

    def _look(self) -> None:
        """Give up, unless enough has come meanwhile, or we ourselves take no more for now."""
        if self.flow is not None and self.flow.read_paused:
            self._until_s = max(self._until_s, self.loop.time() + self.config.patience.request_s)
        if self.loop.time() >= self._until_s:
            self.transport.abort()
        else:
            self._deadline = self.loop.call_at(self._until_s, self._look)

    def _met(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
