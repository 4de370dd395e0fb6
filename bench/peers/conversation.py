"""One channel's talk with a peer over a websocket: what each adapter must say, and the loop that says it.

An adapter is sans-I/O: it makes messages and reads them. Only `converse` touches the network and the clock.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

import numpy as np
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from .port import PATIENCE_S, Chunk, OnFinal, PeerError, PeerFinal

WELCOME_S = 60.0
"""How long a server may take to say that it is ready for a stream; models are loaded by then."""

Message = str | bytes


class Conversation(Protocol):
    """The state of one channel. Times are `time.monotonic()`."""

    def opening(self) -> list[Message]:
        """What is said first."""

    @property
    def welcome(self) -> bool:
        """Whether the server is ready for sound."""

    def sound(self, chunk: Chunk) -> list[Message]:
        """The messages that carry a chunk."""

    def closing(self) -> list[Message]:
        """What is said after the last chunk, so that the server tells all it has."""

    def hear(self, message: Message, at_s: float) -> list[PeerFinal]:
        """What a message of the server makes final. Raises PeerError where it refuses the stream."""

    @property
    def over(self) -> bool:
        """Whether the server has said that nothing more follows."""

    def remains(self, at_s: float) -> list[PeerFinal]:
        """What was only ever shown as provisional when the stream was given up."""


def pcm16(chunk: Chunk) -> bytes:
    """16-bit little-endian samples, as most servers want them."""
    return (np.clip(chunk, -1, 1) * 32767).astype("<i2").tobytes()


async def converse(url: str, talk: Conversation, chunks: AsyncIterator[Chunk], on_final: OnFinal) -> None:
    """Stream `chunks` and hand on every final as it comes, until the talk is over or patience ends.

    Raises PeerError when the server is not there, refuses the stream or breaks it off before its end.
    """
    async with _begun(url, talk, on_final) as (socket, listening):
        async for chunk in chunks:
            if listening.done():
                break
            await _send(socket, talk.sound(chunk))
        if not listening.done():
            await _send(socket, talk.closing())
        await asyncio.wait({listening}, timeout=PATIENCE_S)
        if listening.done():
            listening.result()  # raises what went wrong
    for final in talk.remains(time.monotonic()):
        on_final(final)


async def greet(url: str, talk: Conversation) -> None:
    """Begin a stream and leave again: some servers load their model for the first one. Raises PeerError."""
    async with _begun(url, talk, lambda final: None):
        pass


@asynccontextmanager
async def _begun(
    url: str, talk: Conversation, on_final: OnFinal
) -> AsyncIterator[tuple[ClientConnection, "asyncio.Task[None]"]]:
    """A connection whose server has said that it is ready, and the task that listens to it."""
    try:
        # no keep-alive: an overloaded server that answers late is late, not gone
        async with connect(url, max_size=None, compression=None, ping_interval=None, open_timeout=WELCOME_S) as socket:
            ready = asyncio.Event()
            listening = asyncio.create_task(_listen(socket, talk, ready, on_final))
            try:
                await _send(socket, talk.opening())
                await _welcomed(ready, listening)
                yield socket, listening
            finally:
                listening.cancel()
                await asyncio.wait({listening})
    except (OSError, TimeoutError, InvalidHandshake, ConnectionClosed) as error:
        raise PeerError(f"{url}: {type(error).__name__}: {error}") from error


async def _welcomed(ready: asyncio.Event, listening: "asyncio.Task[None]") -> None:
    waiting = asyncio.create_task(ready.wait())
    done, _ = await asyncio.wait({waiting, listening}, timeout=WELCOME_S, return_when=asyncio.FIRST_COMPLETED)
    if waiting in done:
        return
    waiting.cancel()
    if listening in done:
        listening.result()  # raises what went wrong
    raise PeerError("the server was not ready for a stream in time")


async def _send(socket: ClientConnection, messages: list[Message]) -> None:
    for message in messages:
        await socket.send(message)


async def _listen(socket: ClientConnection, talk: Conversation, ready: asyncio.Event, on_final: OnFinal) -> None:
    if talk.welcome:
        ready.set()
    async for message in socket:
        for final in talk.hear(message, time.monotonic()):
            on_final(final)
        if talk.welcome:
            ready.set()
        if talk.over:
            return
    if not talk.over:
        raise PeerError("the server closed the stream before its end")
