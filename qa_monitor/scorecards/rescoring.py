"""Stored calls scored once more: one job at a time, with progress, stopped at will, taken up where it was left."""

import asyncio
import contextlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from time import monotonic

import msgspec

from qa_monitor.backtest.jobs import ended, worker
from qa_monitor.records.errors import StoreError
from qa_monitor.scorecards.port import ScoreStore
from qa_monitor.scorecards.records import JobState, Rescoring
from qa_monitor.scorecards.worker import Line, Task


class Running(Exception):
    """Another job is running."""

    def __init__(self, job_id: str) -> None:
        super().__init__(f"re-scoring {job_id} is running: wait for it, or stop it")
        self.job_id = job_id


class Rescorings:
    """For one event loop. What runs when the service ends is stopped, and can go on."""

    def __init__(self, store: ScoreStore, clock: Callable[[], datetime], program: str) -> None:
        """`program`: the module that scores in a process of its own (see `worker.py`)."""
        self._store, self._clock, self._program = store, clock, program
        self._job: Rescoring | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._following: asyncio.Task[None] | None = None
        self._stopping = self._tell = False
        self._began_s = 0.0
        self._done_here = 0
        self.rate: float | None = None
        """Calls a second of the run under way or the last one; none before any is done."""

    async def latest(self) -> Rescoring | None:
        """The last one begun, as far as it has come. Raises `StoreError`."""
        if self._job is not None:
            return self._job
        kept = await self._store.rescoring()
        # an earlier run of the service left it: nobody works on it now
        return replace(kept, state=JobState.STOPPED) if kept and kept.state is JobState.RUNNING else kept

    async def start(self, task: Task, by: str, *, resume: bool, tell: bool = False) -> Rescoring:
        """Begin, or go on with the last one where that asked for the same calls and was stopped.

        `tell`: other systems are told of each score that comes out otherwise from here on.

        Raises `Running` while one is, and `StoreError`.
        """
        if self._job is not None and self._job.state is JobState.RUNNING:
            raise Running(self._job.job_id)
        last = await self.latest()
        if resume and last is not None and last.state is JobState.STOPPED and last.calls == task.calls:
            job = replace(last, state=JobState.RUNNING, by=by)
            task = msgspec.structs.replace(task, began_at=last.began_at, after=last.last_call_id)
        else:
            job = Rescoring(
                job_id=secrets.token_hex(8), calls=task.calls, by=by, began_at=task.began_at, state=JobState.RUNNING
            )
        await self._store.save_rescoring(job)
        self._job, self._stopping, self._tell = job, False, tell
        self._began_s, self._done_here, self.rate = monotonic(), job.done, None
        self._following = asyncio.create_task(self._follow(job, task))
        return job

    async def stop(self) -> Rescoring | None:
        """End what runs; what is over stays as it is. Raises `StoreError`."""
        if self._following is not None and not self._following.done():
            self._stopping = True
            if self._process is not None:
                await ended(self._process)
            await self._following
        return await self.latest()

    async def wait(self) -> None:
        """Return when nothing runs."""
        if self._following is not None:
            await self._following

    async def close(self) -> None:
        """The service ends."""
        await self.stop()

    async def _follow(self, job: Rescoring, task: Task) -> None:
        problem: str | None = "it broke off: see the service's errors"
        over = False
        try:
            self._process = process = await worker(self._program)
            if self._stopping:
                await ended(process)  # stopped while it was being started
            over = await self._listen(process, task)
            code = await process.wait()
            by_itself = f"the work ended by itself with code {code}: see the service's errors"
            problem = None if over or self._stopping else by_itself
        except (OSError, StoreError, _Refused) as error:
            problem = str(error)
            if self._process is not None:
                await ended(self._process)
        finally:
            self._process = None
            now = self._job or job
            state = JobState.DONE if over else JobState.FAILED if problem else JobState.STOPPED
            self._job = replace(now, state=state, problem=problem)
            with contextlib.suppress(StoreError):  # what cannot be kept begins anew after the next start
                await self._store.save_rescoring(self._job)

    async def _listen(self, process: asyncio.subprocess.Process, task: Task) -> bool:
        """Tell it what to do and keep what it says; gives whether it came to the end."""
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(ConnectionError):  # it has ended: how, its exit code says
            process.stdin.write(msgspec.json.encode(task))
            await process.stdin.drain()
            process.stdin.close()
        async for text in process.stdout:
            line = msgspec.json.decode(text, type=Line)
            if line.problem is not None:
                raise _Refused(line.problem)
            await self._keep(line)
            if line.over:
                return True
        return False

    async def _keep(self, line: Line) -> None:
        for scorecard in line.scorecards:
            await self._store.save_scorecard(scorecard, self._clock())
        assert self._job is not None
        kept = await self._store.save_scores(line.scores, tell=self._tell) if line.scores else None
        changed = self._job.changed + (kept.changed if kept else 0)
        if line.total or line.over:
            last = line.last or self._job.last_call_id
            self._job = replace(self._job, done=line.done, total=line.total, changed=changed, last_call_id=last)
            took_s = monotonic() - self._began_s
            self.rate = (line.done - self._done_here) / took_s if took_s > 0 else None
            await self._store.save_rescoring(self._job)


class _Refused(Exception):
    """The worker says why it cannot."""
