"""The whole service for a test: in a thread of this process, or in a process of its own."""

import asyncio
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import httpx

from alerts.rulebook import STARTER_RULES, load_rulebook
from qa_monitor.app import open_application
from qa_monitor.application import Application
from qa_monitor.config import Settings, load_settings
from qa_monitor.rules.ruleset import RuleSet, a_set
from qa_monitor.server import running_server
from streams.engine.engine import SpeechEngine

START_WITHIN_S = 120.0
STOP_WITHIN_S = 60.0


def settings_for(folder: Path, **changes: object) -> Settings:
    """Loopback on a free port without log-in, unless the test says otherwise."""
    starter_rules()
    given: dict[str, object] = {"host": "127.0.0.1", "port": 0, "open_loopback": True, "audiosocket_port": "off"}
    return load_settings(data_dir=folder, **(given | changes))


@cache
def starter_rules() -> RuleSet:
    """The rules that come with the product. As long as they are in use, a service that starts has less to do."""
    return a_set(load_rulebook([STARTER_RULES]))


@dataclass(slots=True, kw_only=True)
class Running:
    """A service that answers."""

    url: str
    parts: Application
    """Its insides. Its thread is not the test's: only look."""
    settings: Settings


@contextmanager
def running(settings: Settings, make_engine: Callable[[Settings], SpeechEngine] | None = None) -> Iterator[Running]:
    """Serve in a thread until the block ends; what went wrong there is raised here."""
    outcome: queue.Queue[Running | BaseException] = queue.Queue()
    stop: list[Callable[[], object]] = []

    async def serve() -> None:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        stop.append(lambda: loop.call_soon_threadsafe(ended.set))
        seen: list[Application] = []
        async with running_server(settings, _noted(seen, make_engine)) as url:
            outcome.put(Running(url=url, parts=seen[0], settings=settings))
            await ended.wait()

    def work() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:
            outcome.put(error)

    thread = threading.Thread(target=work, name="service")
    thread.start()
    started = outcome.get(timeout=START_WITHIN_S)
    if isinstance(started, BaseException):
        raise started
    try:
        yield started
    finally:
        stop[0]()
        thread.join(STOP_WITHIN_S)
        assert not thread.is_alive(), "the service did not end"
        if not outcome.empty():
            raise AssertionError("the service failed") from outcome.get()  # type: ignore[misc]  # only errors are left


def _noted(
    seen: list[Application], make_engine: Callable[[Settings], SpeechEngine] | None
) -> Callable[[Settings], AbstractAsyncContextManager[Application]]:
    """The application as it is opened in production, kept in `seen`."""

    @asynccontextmanager
    async def opening(settings: Settings) -> AsyncIterator[Application]:
        opened = open_application(settings, make_engine) if make_engine else open_application(settings)
        async with opened as parts:
            seen.append(parts)
            yield parts

    return opening


@dataclass(slots=True, kw_only=True)
class ServiceProcess:
    """`qa-monitor serve` as an operator starts it."""

    process: subprocess.Popen[str]
    url: str
    errors: Path
    """Where its standard error goes."""

    def log(self) -> str:
        """What it logged so far."""
        return self.errors.read_text()

    def end(self, number: signal.Signals, within_s: float = STOP_WITHIN_S) -> int:
        """Send a signal and wait for the exit code."""
        self.process.send_signal(number)
        return self.process.wait(within_s)


@dataclass(slots=True, kw_only=True)
class Starting:
    """How to start one."""

    data_dir: Path
    options: tuple[str, ...] = ("--open-loopback",)
    env: Mapping[str, str] = field(default_factory=dict)
    prelude: str = ""
    """Python that runs before the command line does."""

    def arguments(self) -> list[str]:
        """The command."""
        code = f"{self.prelude}\nfrom qa_monitor.cli import main\nmain()\n"
        options = ["serve", "--port", "0", "--data-dir", str(self.data_dir), *self.options]
        return [sys.executable, "-c", code, *options]


@contextmanager
def process(starting: Starting, errors: Path) -> Iterator[ServiceProcess]:
    """A service in a process of its own, ready for calls; killed at the end where it still runs."""
    with (
        errors.open("a") as stderr,
        subprocess.Popen(
            starting.arguments(),
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env={**os.environ, "COLUMNS": "200", **starting.env},
        ) as child,
    ):
        try:
            url = _address(child, errors)
            _wait_until_ready(url)
            yield ServiceProcess(process=child, url=url, errors=errors)
        finally:
            if child.poll() is None:
                child.kill()


def _address(child: "subprocess.Popen[str]", errors: Path) -> str:
    assert child.stdout is not None
    for line in child.stdout:
        if "listens on" in line:
            return line.split("listens on", 1)[1].strip()
    raise AssertionError(f"the service did not start: {errors.read_text()}")


def _wait_until_ready(url: str) -> None:
    give_up_s = time.monotonic() + START_WITHIN_S
    while True:
        try:
            if httpx.get(f"{url}/readyz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass  # not yet
        assert time.monotonic() < give_up_s, "the service is not ready"
        time.sleep(0.05)
