"""Adapter: an asyncio TCP connection as the `Socket` that `ingest.py` serves: messages are bytes cut anywhere."""

import asyncio
import socket

from streams.refusals import ABNORMAL, NORMAL, Close
from streams.sockets.ingest import Gone

READ_BYTES = 16_384
MOST_UNSENT = 16_384
"""Bytes that the other side has not taken yet; what comes on top is left out, so that nothing waits for it."""
_KEEPALIVE = {"TCP_KEEPIDLE": 15, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 5}
"""Seconds, seconds, times: a peer whose machine has gone is found out within 45 s."""


class TcpSocket:
    """One accepted connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        try:
            _keep_alive(writer.get_extra_info("socket"))
        except OSError:
            return  # it has gone already: the first read will say so

    async def receive(self) -> str | bytes | Gone:
        """Some bytes; `Gone` with 1000 where the other side closed in an orderly way, else with 1006."""
        try:
            data = await self._reader.read(READ_BYTES)
        except OSError:
            return Gone(code=ABNORMAL)
        return data or Gone(code=NORMAL)

    async def send(self, message: str | bytes) -> bool:
        """False where the other side has gone."""
        if self._writer.transport.is_closing():
            return False
        if self._writer.transport.get_write_buffer_size() <= MOST_UNSENT:
            self._writer.write(message.encode() if isinstance(message, str) else message)
        return True

    async def close(self, close: Close) -> None:
        """Close; TCP carries no reason. What the other side has not taken by now is thrown away."""
        if self._writer.transport.get_write_buffer_size():
            self._writer.transport.abort()
        self._writer.close()
        try:
            await self._writer.wait_closed()
        except OSError:
            return  # it had gone already


def _keep_alive(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEPALIVE.items():
        if hasattr(socket, name):  # not every system lets them be set
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
