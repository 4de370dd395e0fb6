"""Adapter: the websockets that telephony opens, through websockets. Sending, breaking and holding them."""

import asyncio
import socket as sockets
import struct
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from qa_monitor.simulator.planned import Act, TimedAct

REFUSED_WITHIN_S = 10.0
"""How long a connection on which nothing was said is kept: the service is to close it after 5 s."""
SETTLE_S = 2.0
_BREAK_AT_ONCE = struct.pack("ii", 1, 0)


def connected(
    address: str, headers: Mapping[str, str], subprotocol: str | None, *, pings: bool
) -> AbstractAsyncContextManager[ClientConnection]:
    """A connection. `pings`: ask every 20 s whether the service still answers."""
    offered = None if subprotocol is None else [Subprotocol(subprotocol)]
    interval_s = 20.0 if pings else None
    return connect(
        address, additional_headers=headers, subprotocols=offered, compression=None, ping_interval=interval_s
    )


async def act_badly(socket: ClientConnection, item: TimedAct) -> str | None:
    """Break the connection, hold it or say nothing; what the service did wrong then, if anything."""
    if item.act is Act.RESET:
        break_off(socket.transport)
        return None
    if item.act is Act.HOLD:
        return await _hold(socket, item.length_s)
    try:
        async with asyncio.timeout(REFUSED_WITHIN_S):
            while True:
                await socket.recv()  # raises the service's close, which is what is waited for
    except TimeoutError:
        return f"the service kept a connection for {REFUSED_WITHIN_S:g} s on which nothing was said"


def break_off(transport: asyncio.BaseTransport) -> None:
    """End a TCP connection by a reset, with nothing said and nothing flushed."""
    raw = transport.get_extra_info("socket")
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, _BREAK_AT_ONCE)
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()


async def _hold(socket: ClientConnection, held_s: float) -> str | None:
    """Deaf and dumb: not even pings are answered. Then look whether the service is still there."""
    reading = socket.transport
    if not isinstance(reading, asyncio.ReadTransport):
        raise TypeError("a websocket that cannot stop reading")
    reading.pause_reading()
    await asyncio.sleep(held_s)
    reading.resume_reading()
    try:
        async with asyncio.timeout(SETTLE_S):
            await socket.wait_closed()
    except TimeoutError:
        return f"the service still held the half-open connection after {held_s:g} s"
    return None
