"""Adapter: a starlette websocket as the `Socket` that `streams.sockets.ingest` serves."""

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from streams.refusals import ABNORMAL, Close
from streams.sockets.ingest import Gone


class StarletteSocket:
    """One accepted connection. Who may connect was decided, and `accept` was called, before this is built."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket

    async def receive(self) -> str | bytes | Gone:
        """The next message, or how the other side went away. A cancelled call loses none."""
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            return Gone(code=int(message.get("code", ABNORMAL)))
        text = message.get("text")
        return str(text) if text is not None else bytes(message["bytes"])

    async def send(self, message: str | bytes) -> bool:
        """False where the other side has gone."""
        if self._websocket.application_state is WebSocketState.DISCONNECTED:
            return False
        try:
            if isinstance(message, str):
                await self._websocket.send_text(message)
            else:
                await self._websocket.send_bytes(message)
        except WebSocketDisconnect:
            return False
        return True

    async def close(self, close: Close) -> None:
        """Close politely; nothing happens where the other side has gone."""
        ended = WebSocketState.DISCONNECTED
        if ended in (self._websocket.client_state, self._websocket.application_state):
            return
        try:
            await self._websocket.close(close.code, close.reason)
        except WebSocketDisconnect:
            return  # it went away between the question and the frame
