"""The server of the ingest benchmark, in a process of its own: the service's own sockets and dialects, nothing behind.

python -m bench.ingesting.server PROTOCOL [PROFILE]    tells its port, then what it measured, line by line.
"""

import asyncio
import contextlib
import cProfile
import json
import socket
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from bench.ingesting.frames import ORGANIZATION_ID
from qa_monitor.connections.config import ConnectionConfig, new_loop
from streams.protocols.audiohook.session import AudioHook
from streams.protocols.port import Dialect, Downlink
from streams.protocols.route import Route
from streams.protocols.twilio.session import Twilio
from streams.records import AudioFrame, CallEnded, CallEvent, CallStarted, Gap, GapReason
from streams.sockets.ingest import serve
from streams.sockets.websocket import StarletteSocket

TICK_S = 0.01


class Quiet(uvicorn.Server):
    """Leaves signals alone: whoever started this process ends it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None are listened to."""
        yield


class SteadyClock:
    """As the service's own: wall time that nobody sets."""

    def __init__(self) -> None:
        self._began, self._began_s = datetime.now(UTC), time.monotonic()

    def __call__(self) -> datetime:
        return self._began + timedelta(seconds=time.monotonic() - self._began_s)


class Tally:
    """What was heard, per call and channel. Nothing else is done with it: this measures ingest alone."""

    def __init__(self) -> None:
        self.samples: Counter[tuple[str, int]] = Counter()
        self.lost: Counter[tuple[str, int]] = Counter()
        self.started, self.ended = 0, 0
        self.reasons: Counter[str] = Counter()
        self.rejected: Counter[str] = Counter()

    def forget(self) -> None:
        """Begin to count anew."""
        self.started = self.ended = 0
        for counter in (self.samples, self.lost, self.reasons, self.rejected):
            counter.clear()

    def figures(self) -> dict[str, object]:
        """What is told about it."""
        samples: dict[str, dict[int, int]] = {}
        for (call_id, channel), count in self.samples.items():
            samples.setdefault(call_id, {})[channel] = count
        return {
            "samples": samples,
            "gaps": sum(self.lost.values()),
            "started": self.started,
            "ended": self.ended,
            "reasons": self.reasons,
            "rejected": self.rejected,
        }

    async def take(self, event: CallEvent) -> None:
        """One event of any call."""
        match event:
            case AudioFrame():
                self.samples[event.call_id, event.channel] += len(event.samples)
            case Gap(reason=GapReason.LOST):
                self.lost[event.call_id, event.channel] += 1
            case CallStarted():
                self.started += 1
            case CallEnded():
                self.ended += 1
                self.reasons[event.reason] += 1
            case _:
                pass


def everyone(token: str | None, call: CallStarted) -> CallStarted:
    """Lets every call in."""
    return call


def dialect_of(protocol: str) -> Callable[[datetime, Scope], Dialect]:
    """What speaks the protocol on one connection."""
    if protocol == "twilio":
        return lambda now, scope: Twilio(opened_at=now, admit=everyone, route=Route())
    return lambda now, scope: AudioHook(
        opened_at=now,
        admit=everyone,
        route=Route(),
        downlink=Downlink(flushed=True),
        session_id=scope["query_string"].decode(),
        organization_id=ORGANIZATION_ID,
    )


class Lag:
    """How late a ticker of 10 ms comes: the time for which the event loop was busy with something else."""

    def __init__(self) -> None:
        self.late_s: list[float] = []

    async def watch(self) -> None:
        """Until cancelled."""
        due_s = time.monotonic()
        while True:
            due_s = max(due_s + TICK_S, time.monotonic())
            await asyncio.sleep(due_s - time.monotonic())
            self.late_s.append(max(0.0, time.monotonic() - due_s))

    def figures(self) -> dict[str, float]:
        """In milliseconds."""
        late = sorted(self.late_s) or [0.0]
        return {
            "loop_lag_p50_ms": late[len(late) // 2] * 1000,
            "loop_lag_p99_ms": late[min(len(late) - 1, int(len(late) * 0.99))] * 1000,
            "loop_lag_max_ms": late[-1] * 1000,
        }


def rss_kib() -> int:
    """Memory of this process."""
    fields = Path("/proc/self/statm").read_text().split()
    return int(fields[1]) * 4


async def said(reader: asyncio.StreamReader) -> None:
    """Wait for a line of whoever started this process."""
    if not await reader.readline():
        raise SystemExit("left alone")


def tell(told: object) -> None:
    """One line to whoever started this process."""
    print(json.dumps(told), flush=True)


@contextlib.asynccontextmanager
async def serving(protocol: str, tally: Tally) -> AsyncIterator[int]:
    """The service's own connections and dialects on a free port."""
    clock, make = SteadyClock(), dialect_of(protocol)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        await websocket.accept()
        dialect = make(clock(), scope)
        try:
            await serve(StarletteSocket(websocket), dialect, tally.take, clock)
        finally:
            tally.rejected.update(dialect.rejected)

    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    server = Quiet(ConnectionConfig(app))
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield int(listening.getsockname()[1])
    finally:
        server.should_exit = True
        await task


@contextlib.contextmanager
def profiled(profile: str | None) -> Iterator[None]:
    """Write down where the time goes, where that is asked for."""
    if profile is None:
        yield
        return
    profiler = cProfile.Profile()
    profiler.enable()
    yield
    profiler.disable()
    profiler.dump_stats(profile)


async def measured(lines: asyncio.StreamReader, profile: str | None) -> dict[str, object]:
    """From one line of the standard input to the next, while all audio is sent."""
    lag = Lag()
    watching = asyncio.create_task(lag.watch())
    with profiled(profile):
        began_s, cpu_s = time.monotonic(), time.process_time()
        await said(lines)
        cpu_share = (time.process_time() - cpu_s) / (time.monotonic() - began_s)
    watching.cancel()
    return {"cpu_share": cpu_share, "loop": type(asyncio.get_running_loop()).__module__, **lag.figures()}


async def run(protocol: str, profile: str | None) -> None:
    """Serve; every line of the standard input is the next step."""
    tally, lines = Tally(), asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with serving(protocol, tally) as port:
        tell({"port": port})
        await said(lines)  # the warm-up is over
        tally.forget()
        before_kib = rss_kib()
        tell({})
        await said(lines)  # all calls are connected
        load = await measured(lines, profile)
        tell(load | {"kib": rss_kib() - before_kib})
        await said(lines)  # all connections are closed
        tell(tally.figures())


def main() -> None:
    """On the loop the service runs on."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(run(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None))


if __name__ == "__main__":
    main()
