"""Adapter: event streams of the service over plain sockets, because a player beside the service must cost little."""

import asyncio
import time
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from qa_monitor.demo.follow import EventReader, ServerEvent

MOST_BYTES = 16 * 1024 * 1024
"""Of one event: a snapshot is one."""


class NoStream(Exception):
    """The service answered with something else than an event stream; `status` is its HTTP status."""

    def __init__(self, path: str, status: int) -> None:
        self.status = status
        super().__init__(f"{path}: answered {status}")


async def events_of(url: str, path: str) -> AsyncIterator[tuple[ServerEvent, float]]:
    """Each event with its arrival on the steady clock, until the service ends the stream. Raises `NoStream`."""
    parts = urlsplit(url)
    reading, writing = await asyncio.open_connection(parts.hostname, parts.port, limit=MOST_BYTES)
    try:
        request = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: text/event-stream\r\n\r\n"
        writing.write(request.encode())
        head = (await reading.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        if status != 200:
            raise NoStream(path, status)
        events = EventReader()
        async for line in _lines(reading):
            event = events.feed(line)
            if event is not None:
                yield event, time.monotonic()
    finally:
        writing.close()


async def _lines(reading: asyncio.StreamReader) -> AsyncIterator[str]:
    """Lines of a body sent in chunks, which may begin and end anywhere."""
    rest = b""
    while size := int((await reading.readline()).strip() or b"0", 16):
        rest += (await reading.readexactly(size + 2))[:-2]
        *whole, rest = rest.split(b"\n")
        for line in whole:
            yield line.rstrip(b"\r").decode()
