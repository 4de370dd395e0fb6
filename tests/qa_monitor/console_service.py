"""The real service for tests in a browser, in a thread with an event loop of its own, and calls played into it."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from qa_monitor.config import Settings, load_settings
from qa_monitor.demo.playing import plan_bundled
from qa_monitor.server import running_server
from qa_monitor.simulator.scenario import PlannedCall, StreamProtocol
from qa_monitor.simulator.sender import Line, SentCall, play

T = TypeVar("T")
READY_WITHIN_S = 120
ENDED_WITHIN_S = 180


class Service:
    """Starts, stops and starts again on the same port and data. Made by `service`."""

    def __init__(self, settings: Settings, loop: asyncio.AbstractEventLoop) -> None:
        self._settings, self._loop = settings, loop
        self._stop = asyncio.Event()
        self._running: Future[None] | None = None
        self._playing: Future[list[SentCall]] | None = None
        self.url = ""
        self.calls = {call.truth.language.value: call.planned for call in plan_bundled("browser", quick=True)}
        """The two calls that can be played, by language."""

    def start(self) -> None:
        """Return when the service takes calls."""
        ready: Future[str] = Future()
        self._running = self._submit(self._serve(ready))
        self._running.add_done_callback(lambda done: _tell(ready, done))
        self.url = ready.result(READY_WITHIN_S)
        port = int(self.url.rpartition(":")[2])
        self._settings = self._settings.model_copy(update={"port": port})

    def stop(self) -> None:
        """Return when everything has ended."""
        if self._running is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._running.result(READY_WITHIN_S)
            self._running = None

    def start_calls(self) -> None:
        """Both calls begin, at the pace of speech, one by each protocol; once per service."""
        if self._playing is None:
            self._playing = self._submit(self._play())

    def wait_for_calls(self) -> None:
        """Return when both calls have been played to their end."""
        self.start_calls()
        assert self._playing is not None
        assert [sent.error for sent in self._playing.result(ENDED_WITHIN_S)] == [None, None]

    def close(self) -> None:
        """Stop, and calls with it."""
        if self._playing is not None:
            self._playing.cancel()
        self.stop()

    async def _serve(self, ready: "Future[str]") -> None:
        self._stop = asyncio.Event()
        async with running_server(self._settings) as url:
            ready.set_result(url)
            await self._stop.wait()

    async def _play(self) -> list[SentCall]:
        protocols = {"en": StreamProtocol.PCM, "fr": StreamProtocol.TWILIO}
        sending = [self._send(call, protocols[language]) for language, call in self.calls.items()]
        return [sent for calls in await asyncio.gather(*sending) for sent in calls]

    async def _send(self, call: PlannedCall, protocol: StreamProtocol) -> list[SentCall]:
        return await play([call], Line(url=self.url, protocol=protocol))

    def _submit(self, work: Coroutine[None, None, T]) -> "Future[T]":
        return asyncio.run_coroutine_threadsafe(work, self._loop)


@contextmanager
def service(data_dir: Path, *, open_loopback: bool = True) -> Iterator[Service]:
    """The service on a free port of the loopback address, ready, until the block ends."""
    settings = load_settings(
        host="127.0.0.1", port=0, data_dir=data_dir, open_loopback=open_loopback, audiosocket_port="off"
    )
    with _loop_in_a_thread() as loop:
        running = Service(settings, loop)
        try:
            running.start()
            yield running
        finally:
            running.close()


@contextmanager
def _loop_in_a_thread() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=_run(loop), name="service", daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


def _run(loop: asyncio.AbstractEventLoop) -> Callable[[], None]:
    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_forever()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    return run


def _tell(ready: "Future[str]", done: "Future[None]") -> None:
    """A service that could not start says why."""
    if not ready.done():
        ready.set_exception(done.exception() or RuntimeError("the service ended before it was ready"))
