"""A system that is told of flags: a real HTTP server of a few lines, which answers as it is told."""

import asyncio
import json
import ssl
from collections import deque
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from random import Random
from typing import Any

from qa_monitor.delivery.targets import Filter, Target

SECRET = bytes(range(32))
LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One request."""

    line: str
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes

    @property
    def key(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> Any:  # JSON, looked into by tests
        return json.loads(self.body)


@dataclass(slots=True, kw_only=True)
class Receiver:
    """Keeps what it gets. `answers` are given in turn, then `usual`."""

    port: int = 0
    answers: deque[str] = field(default_factory=deque)
    """Status lines with further headers, such as `503 Busy`; `hang` says nothing, `drop` hangs up."""
    usual: str = "204 No Content"
    received: list[Received] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    open: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def until(self, count: int, within_s: float = 20.0) -> list[Received]:
        """So many requests."""
        async with asyncio.timeout(within_s):
            while len(self.received) < count:
                self.news.clear()
                await self.news.wait()
        return list(self.received)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        task = asyncio.current_task()
        assert task is not None
        self.open.add(task)
        try:
            await self._answer(reader, writer)
        finally:
            self.open.discard(task)
            writer.close()

    async def end(self) -> None:
        """Hang up on everybody."""
        for task in self.open:
            task.cancel()
        await asyncio.gather(*self.open, return_exceptions=True)
        await asyncio.sleep(0)  # what was closed is let go of in the next round of the loop

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            line, *rest = head.strip().split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        self.received.append(Received(line=line, headers=headers, body=body))
        self.news.set()
        answer = self.answers.popleft() if self.answers else self.usual
        if answer == "hang":
            await reader.read()
        elif answer != "drop":
            writer.write(f"HTTP/1.1 {answer}\r\ncontent-length: 0\r\n\r\n".encode())


@asynccontextmanager
async def a_receiver(
    answers: Iterable[str] = (), *, usual: str = "204 No Content", tls: ssl.SSLContext | None = None
) -> AsyncIterator[Receiver]:
    """Listens on this machine until the block ends."""
    receiver = Receiver(answers=deque(answers), usual=usual)
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        await receiver.end()


def a_target(
    url: str, name: str = "crm", *, wanted: Filter | None = None, words: bool = False, attempts: int = 20
) -> Target:
    """One on this machine."""
    return Target(
        name=name,
        url=url,
        secrets=(SECRET,),
        wanted=wanted or Filter(),
        words=words,
        networks=LOOPBACK,
        attempts=attempts,
    )


class Least(Random):
    """No chance at all: waits are as short as they get."""

    def random(self) -> float:
        return 0.0
