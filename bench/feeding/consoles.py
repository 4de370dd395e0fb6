"""The consoles of the feed benchmark, all in one process of their own, over real sockets.

python -m bench.feeding.consoles URL CONSOLES    connects, then reads one order a line and answers each with a line.

    {"until": N}                every console has shown the change of this number
    {"stall": true}             one more console connects and reads nothing, again whenever it is cut; `false`: it goes
    {"stalled": true}           how often that one connected
    {"arrived": true}           when each change came to each console, of those not asked for before
    {"cuts": N, "within_s": S}  connections break at random moments, and are made again from where they were
    {"report": true}            what each console showed
"""

import asyncio
import json
import random
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

from bench.feeding.server import say
from bench.feeding.shown import Shown
from qa_monitor.connections.config import new_loop

PATH = "/v1/flags/stream"
AWAY_S = 0.1
"""Longest time a console is away once its connection broke."""
BACK_S = 25.0
"""After how long the one that reads nothing begins again: it is cut after 20 s."""


class NotServed(Exception):
    """The service answered with something else than a stream."""


@dataclass(slots=True, kw_only=True, eq=False)
class Console:
    """One page."""

    host: str
    port: int
    chance: random.Random
    shown: Shown = field(default_factory=Shown)
    came: list[tuple[str, str, float]] = field(default_factory=list)
    """Every change of a flag, with the moment it was read to its end."""
    unsaved: int = 0
    resyncs: int = 0
    connections: int = 0
    _writer: asyncio.StreamWriter | None = None

    async def follow(self, news: asyncio.Event) -> None:
        """Until cancelled; comes back whenever its connection breaks."""
        while True:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                await self._watch(news)
            await asyncio.sleep(self.chance.uniform(0.0, AWAY_S))

    def arrived(self) -> list[tuple[str, str, float]]:
        """What came since this was last asked."""
        came, self.came = self.came, []
        return came

    def cut(self) -> None:
        """Break the connection: what was not read to its end was never shown."""
        if self._writer is not None:
            self._writer.transport.abort()

    async def _watch(self, news: asyncio.Event) -> None:
        reader, self._writer = await asyncio.open_connection(self.host, self.port)
        self.connections += 1
        resume = "" if self.shown.last_id is None else f"Last-Event-ID: {self.shown.last_id}\r\n"
        self._writer.write(f"GET {PATH} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n{resume}\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise NotServed(head.split(b"\r\n")[0].decode())
        unread = b""
        while size := int(await reader.readuntil(b"\r\n"), 16):
            unread += (await reader.readexactly(size + 2))[:-2]
            *events, unread = unread.split(b"\r\n\r\n")
            for event in events:
                self._show(event)
            news.set()

    def _show(self, event: bytes) -> None:
        fields = dict(line.split(b": ", 1) for line in event.split(b"\r\n") if b": " in line)
        event_id = fields[b"id"].decode() if b"id" in fields else None
        kind = fields.get(b"event")
        self.resyncs += kind == b"resync"
        if kind != b"flag":
            self.shown.show(event_id, None)
            return
        data = json.loads(fields[b"data"])
        change = (data["flag_id"], data["state"])
        self.came.append((*change, monotonic()))
        # one that the disk kept waiting comes unsaved and without a number, then again: the page puts it in its place
        self.unsaved += not data["saved"]
        self.shown.show(event_id if data["saved"] else None, change if data["saved"] else None)


class Floor:
    """All consoles."""

    def __init__(self, url: str, count: int) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        assert parts.port is not None
        self._place = (parts.hostname, parts.port)
        self._news = asyncio.Event()
        self._chance = random.Random(7)
        self._stalled: asyncio.Task[None] | None = None
        self._stalled_times = 0
        self.consoles = [
            Console(host=parts.hostname, port=parts.port, chance=random.Random(number)) for number in range(count)
        ]

    async def work(self) -> None:
        """Follow, and do as told until the input ends."""
        async with asyncio.TaskGroup() as group:
            following = [group.create_task(console.follow(self._news)) for console in self.consoles]
            await self._until(lambda console: console.shown.last_id is not None)
            say({"ready": True})
            while line := await asyncio.to_thread(sys.stdin.readline):
                say(await self._obey(json.loads(line)))
            for task in following:
                task.cancel()

    async def _obey(self, order: Mapping[str, float]) -> object:
        if "until" in order:
            await self._until(lambda console: console.shown.number >= order["until"])
        elif "stall" in order:
            await self._stall(bool(order["stall"]))
        elif "cuts" in order:
            await self._cut(int(order["cuts"]), order["within_s"])
        elif "stalled" in order:
            return {"times": self._stalled_times}
        elif "arrived" in order:
            return {"came": [console.arrived() for console in self.consoles]}
        else:
            return {
                "shown": [console.shown.changes for console in self.consoles],
                "unsaved": sum(console.unsaved for console in self.consoles),
                "resyncs": sum(console.resyncs for console in self.consoles),
                "connections": sum(console.connections for console in self.consoles),
            }
        return {"done": True}

    async def _until(self, so: Callable[[Console], bool]) -> None:
        while not all(so(console) for console in self.consoles):
            self._news.clear()
            await self._news.wait()

    async def _stall(self, on: bool) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            await asyncio.wait([self._stalled])
            self._stalled = None
        if on:
            self._stalled = asyncio.create_task(self._stay_stalled())

    async def _stay_stalled(self) -> None:
        """Until cancelled; comes back after the service has cut it, of which nothing arrives where nothing is read."""
        loop = asyncio.get_running_loop()
        while True:
            with socket.socket() as stalled:
                stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                stalled.setblocking(False)
                await loop.sock_connect(stalled, self._place)
                await loop.sock_sendall(stalled, f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
                self._stalled_times += 1
                await asyncio.sleep(BACK_S)

    async def _cut(self, cuts: int, within_s: float) -> None:
        for _ in range(cuts):
            self._chance.choice(self.consoles).cut()
            await asyncio.sleep(self._chance.uniform(0.0, 2 * within_s / cuts))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(Floor(sys.argv[1], int(sys.argv[2])).work())
