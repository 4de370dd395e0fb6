"""A console for tests: reads an event stream into a list, and waits for what must come."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One server-sent event."""

    event: str
    id: str | None
    data: dict[str, object]


@dataclass(slots=True)
class Listener:
    """Everything one connection was told so far."""

    told: list[Told] = field(default_factory=list)
    ended: bool = False
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def of(self, *events: str) -> list[Told]:
        """The events of these names, in order."""
        return [one for one in self.told if one.event in events]

    @property
    def last_id(self) -> str:
        """What a console would resume from."""
        return [one.id for one in self.told if one.id is not None][-1]

    async def until(self, met: Callable[[Told], bool], within_s: float = 30.0) -> Told:
        """The first event, past ones included, for which `met` is true."""
        looked = 0
        async with asyncio.timeout(within_s):
            while True:
                for one in self.told[looked:]:
                    looked += 1
                    if met(one):
                        return one
                self._news.clear()
                await self._news.wait()

    def add(self, told: Told) -> None:
        self.told.append(told)
        self._news.set()


@asynccontextmanager
async def console(
    url: str, path: str = "/v1/flags/stream", *, after: str | None = None, token: str | None = None
) -> AsyncIterator[Listener]:
    """Follow an event stream until the block ends."""
    headers = {name: value for name, value in (("Last-Event-ID", after), ("Authorization", token)) if value}
    listener = Listener()
    timeout = httpx.Timeout(30, read=None)
    async with httpx.AsyncClient(base_url=url, timeout=timeout) as client, asyncio.TaskGroup() as group:
        opened = asyncio.Event()
        reading = group.create_task(_read(client, path, headers, listener, opened))
        await opened.wait()
        try:
            yield listener
        finally:
            reading.cancel()


async def _read(
    client: httpx.AsyncClient, path: str, headers: dict[str, str], listener: Listener, opened: asyncio.Event
) -> None:
    fields: dict[str, str] = {}
    async with client.stream("GET", path, headers=headers) as response:
        assert response.status_code == 200, response.status_code
        opened.set()
        try:
            async for line in response.aiter_lines():
                name, _, value = line.partition(":")
                if name:
                    fields[name] = value.removeprefix(" ")
                elif not line and "data" in fields:
                    listener.add(Told(event=fields["event"], id=fields.get("id"), data=json.loads(fields["data"])))
                    fields = {}
        except httpx.RemoteProtocolError:
            pass  # the service went away without a word: what a killed one does
        listener.ended = True
