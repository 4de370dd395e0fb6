"""Adapter: sends planned calls over websockets, each message at its absolute time, so that delays never add up."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI

from qa_monitor.simulator.scenario import PlannedCall, StreamProtocol, TimedMessage, messages
from streams.records import CallId

REPORT_EVERY_S = 0.5
CLOSE_WITHIN_S = 5.0
WEB_SCHEMES = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}


class SimulationError(Exception):
    """A call could not be played to its end; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a call has been sent."""

    call_id: CallId
    sent_s: float
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCall:
    """A call that was played, or why it was not played to its end."""

    call_id: CallId
    started_at_s: float
    """On the sender's clock: when the call's second 0 was sent."""
    speed: float
    error: str | None = None

    def sent_at_s(self, second: float) -> float:
        """When the audio up to `second` of the call was due on the wire, on the sender's clock."""
        return self.started_at_s + second / self.speed


@dataclass(frozen=True, slots=True, kw_only=True)
class SendClock:
    """The time the sender lives by; tests pass their own."""

    now_s: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def wait_until(self, at_s: float) -> None:
        """Return at `at_s`, or at once when that has passed."""
        wait_s = at_s - self.now_s()
        if wait_s > 0:
            await self.sleep(wait_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Where and how calls are sent."""

    url: str
    """The service, for example `http://127.0.0.1:8080`, or the full address of a stream."""
    protocol: StreamProtocol = StreamProtocol.PCM
    speed: float = 1.0
    token: str | None = None

    def __post_init__(self) -> None:
        if self.speed <= 0:
            raise SimulationError(f"speed: must be above 0, found {self.speed}")

    @property
    def address(self) -> str:
        """The websocket address."""
        parts = urlsplit(self.url)
        if parts.scheme not in WEB_SCHEMES or not parts.netloc:
            raise SimulationError(f"url: an address such as http://127.0.0.1:8080 is needed, found {self.url!r}")
        path = parts.path if "/streams/" in parts.path else f"{parts.path.rstrip('/')}/v1/streams/{self.protocol}"
        return urlunsplit((WEB_SCHEMES[parts.scheme], parts.netloc, path, parts.query, ""))


OnProgress = Callable[[Progress], None]


async def play(
    calls: Sequence[PlannedCall],
    line: Line,
    *,
    on_progress: OnProgress = lambda _: None,
    clock: SendClock | None = None,
) -> list[SentCall]:
    """Play all calls at once, each from its own start. A call that fails says so in its result; the others go on."""
    clock = clock or SendClock()
    origin_s = clock.now_s()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_Playing(call, line, clock, on_progress).run(origin_s)) for call in calls]
    return [task.result() for task in tasks]


class _Playing:
    """One call on its way."""

    def __init__(self, call: PlannedCall, line: Line, clock: SendClock, on_progress: OnProgress) -> None:
        self._call = call
        self._line = line
        self._clock = clock
        self._on_progress = on_progress
        self._reported_s = 0.0

    async def run(self, origin_s: float) -> SentCall:
        await self._clock.wait_until(origin_s + self._call.starts_after_s)
        sent = SentCall(call_id=self._call.call_id, started_at_s=self._clock.now_s(), speed=self._line.speed)
        try:
            async with connect(self._line.address, additional_headers=self._headers(), compression=None) as socket:
                sent = SentCall(call_id=self._call.call_id, started_at_s=self._clock.now_s(), speed=self._line.speed)
                await self._send_all(socket, sent)
                await _closed(socket)
        except (OSError, InvalidHandshake, InvalidURI, ConnectionClosed, TimeoutError) as error:
            problem = f"call {self._call.call_id}: {explain(error, self._line.address)}"
            return SentCall(call_id=sent.call_id, started_at_s=sent.started_at_s, speed=sent.speed, error=problem)
        return sent

    def _headers(self) -> dict[str, str]:
        """Twilio can send no headers of its own: its token travels in the start message."""
        wanted = self._line.token and self._line.protocol is StreamProtocol.PCM
        return {"Authorization": f"Bearer {self._line.token}"} if wanted else {}

    async def _send_all(self, socket: ClientConnection, sent: SentCall) -> None:
        for message in messages(self._call, self._line.protocol, self._line.token):
            await self._clock.wait_until(sent.sent_at_s(message.at_s))
            await socket.send(message.data)
            self._report(message)

    def _report(self, message: TimedMessage) -> None:
        if message.at_s - self._reported_s >= REPORT_EVERY_S or message.at_s == self._call.duration_s:
            self._reported_s = message.at_s
            duration_s = self._call.duration_s
            self._on_progress(Progress(call_id=self._call.call_id, sent_s=message.at_s, duration_s=duration_s))


async def _closed(socket: ClientConnection) -> None:
    """Leave the service time to close by itself; a close code other than 1000 is an error."""
    try:
        async with asyncio.timeout(CLOSE_WITHIN_S):
            async for _ in socket:
                pass  # a monitor says nothing; reading until it hangs up
    except TimeoutError:
        await socket.close()


def explain(error: Exception, address: str) -> str:
    """What went wrong and what to do about it."""
    match error:
        case InvalidStatus() if error.response.status_code in (401, 403):
            return f"{address} refused the call ({error.response.status_code}): give the ingest token with --token"
        case InvalidStatus():
            return f"{address} answered {error.response.status_code} {error.response.reason_phrase}"
        case ConnectionClosed() if error.rcvd is not None:
            return f"the service closed the connection with {error.rcvd.code}: {error.rcvd.reason or 'no reason given'}"
        case ConnectionClosed():
            return "the connection broke without a close"
        case ConnectionRefusedError():
            return f"nothing listens at {address}: start the service with `qa-monitor serve`"
        case _:
            return f"{address}: {error}"
