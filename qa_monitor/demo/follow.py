"""Adapter: reads the service's own event streams and API over HTTP, through httpx, as a console would."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TypeVar

import httpx

from qa_monitor.schemas.calls import CallDetailJson
from qa_monitor.schemas.flags import FlagJson
from qa_monitor.schemas.utterances import UtteranceJson
from streams.records import CallId

T = TypeVar("T")

POLL_S = 0.2
TIMEOUT_S = 30.0


class FollowError(Exception):
    """The service did not answer as it should; the message says what was asked and what came back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerEvent:
    """One server-sent event."""

    event: str
    data: str


class EventReader:
    """Lines of an event stream to events. State of one connection."""

    def __init__(self) -> None:
        self._event = "message"
        self._data: list[str] = []

    def feed(self, line: str) -> ServerEvent | None:
        """Take one line without its end; an empty one completes an event that has data."""
        if not line:
            event = ServerEvent(event=self._event, data="\n".join(self._data)) if self._data else None
            self._event, self._data = "message", []
            return event
        name, _, value = line.partition(":")
        if name == "event":
            self._event = value.removeprefix(" ")
        elif name == "data":
            self._data.append(value.removeprefix(" "))
        return None


class Console:
    """A connection to the service. Times handed on are the arrival on the clock `now_s`."""

    def __init__(self, url: str, token: str | None = None, now_s: Callable[[], float] = time.monotonic) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = httpx.AsyncClient(base_url=url, headers=headers, timeout=TIMEOUT_S)
        self._now_s = now_s

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def ready(self, within_s: float) -> None:
        """Wait until the service is ready to take calls. Raises `FollowError`."""
        await self._poll(self._is_ready, within_s, "the service is not ready")

    async def flags(self, connected: asyncio.Event, on_flag: Callable[[FlagJson, float], None]) -> None:
        """Follow the feed until cancelled; `connected` is set once the snapshot has come."""
        async for event, at_s in self._events("/v1/flags/stream"):
            if event.event == "flag":
                on_flag(FlagJson.model_validate_json(event.data), at_s)
            elif event.event == "snapshot":
                connected.set()
        raise FollowError("/v1/flags/stream: the service ended the feed")

    async def utterances(self, call_id: CallId, on_utterance: Callable[[UtteranceJson, float], None]) -> None:
        """Follow one live call until it has ended."""
        async for event, at_s in self._events(f"/v1/calls/{call_id}/stream"):
            if event.event == "utterance":
                on_utterance(UtteranceJson.model_validate_json(event.data), at_s)
            elif event.event == "ended":
                return

    async def known(self, call_id: CallId, within_s: float) -> None:
        """Wait until the service knows the call. Raises `FollowError`."""
        await self._poll(lambda: self._detail(call_id), within_s, f"call {call_id} is unknown to the service")

    async def ended(self, call_id: CallId, within_s: float) -> CallDetailJson:
        """Everything known about a call once it has ended. Raises `FollowError`."""
        return await self._poll(lambda: self._ended_detail(call_id), within_s, f"call {call_id} has not ended")

    async def _is_ready(self) -> bool | None:
        try:
            response = await self._client.get("/readyz")
        except httpx.TransportError:
            return None  # still starting
        return True if response.status_code == httpx.codes.OK else None

    async def _ended_detail(self, call_id: CallId) -> CallDetailJson | None:
        detail = await self._detail(call_id)
        return detail if detail is not None and detail.call.ended_at is not None else None

    async def _detail(self, call_id: CallId) -> CallDetailJson | None:
        response = await self._client.get(f"/v1/calls/{call_id}")
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        _checked(response)
        return CallDetailJson.model_validate_json(response.content)

    async def _poll(self, look: Callable[[], Awaitable[T | None]], within_s: float, problem: str) -> T:
        """Look again and again until there is something."""
        give_up_s = self._now_s() + within_s
        while (found := await look()) is None:
            if self._now_s() > give_up_s:
                raise FollowError(f"{problem} after {within_s:.0f} s")
            await asyncio.sleep(POLL_S)
        return found

    async def _events(self, path: str) -> AsyncIterator[tuple[ServerEvent, float]]:
        reader = EventReader()
        async with self._client.stream("GET", path, timeout=httpx.Timeout(TIMEOUT_S, read=None)) as response:
            _checked(response)
            async for line in response.aiter_lines():
                event = reader.feed(line)
                if event is not None:
                    yield event, self._now_s()


def _checked(response: httpx.Response) -> None:
    if response.status_code != httpx.codes.OK:
        raise FollowError(f"{response.request.url}: answered {response.status_code} {response.reason_phrase}")
