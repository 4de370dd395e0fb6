"""Back-tests asked for from a page: one at a time, in a process of its own, with progress, cancelled at will."""

import asyncio
import contextlib
import secrets
import sys
from collections import OrderedDict
from dataclasses import dataclass, field
from enum import StrEnum

from qa_monitor.backtest.schemas import BackTestJson, without_calls
from qa_monitor.backtest.worker import Line, Task
from streams.records import CallId

REMEMBERED = 8
"""Tests whose report can still be asked for."""
PATIENCE_S = 5.0
LONGEST_LINE = 64 * 1024 * 1024


class JobState(StrEnum):
    """Where a test is in its life."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Busy(Exception):
    """Another test is running."""

    def __init__(self, test_id: str) -> None:
        super().__init__(f"test {test_id} is running: wait for it, or cancel it")
        self.test_id = test_id


@dataclass(slots=True, kw_only=True)
class BackTest:
    """One test, as far as it has come. Its owner changes it; others only look."""

    test_id: str
    by: str = ""
    """Who asked for it."""
    state: JobState = JobState.RUNNING
    done: int = 0
    total: int = 0
    report: BackTestJson | None = None
    problem: str | None = None
    deleted: set[CallId] = field(default_factory=set)
    """Calls that were deleted since it began: the report has nothing of them."""


class BackTests:
    """For one event loop. Whatever still runs ends with `close`."""

    def __init__(self, program: str) -> None:
        """`program`: the module that does a test in a process of its own (see `worker.py`)."""
        self._program = program
        self._tests: OrderedDict[str, BackTest] = OrderedDict()
        self._process: asyncio.subprocess.Process | None = None
        self._following: set[asyncio.Task[None]] = set()
        """Of the test that runs, and of those before it whose process has yet to end."""

    def find(self, test_id: str) -> BackTest | None:
        """One of the last tests."""
        return self._tests.get(test_id)

    @property
    def running(self) -> BackTest | None:
        """The one that runs."""
        return next((test for test in self._tests.values() if test.state is JobState.RUNNING), None)

    def start(self, task: Task, by: str = "") -> BackTest:
        """Begin a test. Raises `Busy` while another one runs."""
        if self.running is not None:
            raise Busy(self.running.test_id)
        test = BackTest(test_id=secrets.token_hex(8), by=by)
        self._tests[test.test_id] = test
        while len(self._tests) > REMEMBERED:
            self._tests.popitem(last=False)
        self._process = None
        following = asyncio.create_task(self._follow(test, task))
        self._following.add(following)
        following.add_done_callback(self._following.discard)
        return test

    def forget(self, call_id: CallId) -> None:
        """A call was deleted: no report tells anything of it."""
        for test in self._tests.values():
            test.deleted.add(call_id)
            if test.report is not None:
                test.report = without_calls(test.report, test.deleted)

    async def cancel(self, test: BackTest) -> None:
        """End a test; one that is over stays as it is."""
        if test.state is JobState.RUNNING:
            test.state = JobState.CANCELLED
            await self._end()

    async def wait(self) -> None:
        """Return when nothing runs."""
        await asyncio.gather(*self._following)

    async def close(self) -> None:
        """End what runs, and wait for a process that has said its last word."""
        if self.running is not None:
            await self.cancel(self.running)
        await self.wait()

    async def _end(self) -> None:
        if self._process is not None:
            await ended(self._process)
        await self.wait()

    async def _follow(self, test: BackTest, task: Task) -> None:
        try:
            self._process = process = await worker(self._program)
            if test.state is not JobState.RUNNING:
                await ended(process)  # cancelled while it was being started
            code = await _listen(process, test, task)
            if test.state is JobState.RUNNING:
                test.problem = f"the test ended by itself with code {code}: see the service's errors"
        except OSError as error:
            test.problem = f"no process can be started for it: {error.strerror}"
        finally:
            if test.state is JobState.RUNNING:
                test.state = JobState.FAILED


async def worker(module: str) -> asyncio.subprocess.Process:
    """A Python module run as a process of its own, to be spoken to."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE,
    )


async def _listen(process: asyncio.subprocess.Process, test: BackTest, task: Task) -> int:
    """Tell it what to do and note what it says, until it ends; gives its exit code."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(ConnectionError):  # it has ended: how, its exit code says
        process.stdin.write(task.model_dump_json().encode())
        await process.stdin.drain()
        process.stdin.close()
    async for line in process.stdout:
        _note(test, Line.model_validate_json(line))
    return await process.wait()


async def ended(process: asyncio.subprocess.Process) -> None:
    """Ask it to end, which it does at once unless it is stuck."""
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(PATIENCE_S):
            await process.wait()
    except TimeoutError:
        process.kill()


def _note(test: BackTest, line: Line) -> None:
    if test.state is not JobState.RUNNING:
        return
    test.done, test.total = line.done, line.total
    test.report, test.problem = line.report, line.problem
    if test.report is not None:
        test.report = without_calls(test.report, test.deleted)
    if line.report is not None:
        test.state = JobState.DONE
    elif line.problem is not None:
        test.state = JobState.FAILED
