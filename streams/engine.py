"""The one speech engine all calls share: a bounded queue, a few worker threads, measured lag.

When the queue is full: a partial is refused at once (the next one replaces it); a final pushes the oldest waiting
partial out; with no partial left to push out it is refused and the caller says that this stretch was not heard.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from streams.batching import Kind, Waiting, next_batch
from streams.whisper import RATE_HZ, Recognised, SpeechModel, Window

_PAIRING_S = 0.004
"""How long a lone window waits for company while other windows are in work."""


class EngineFull(Exception):
    """The queue is full: this window will not be transcribed live."""


class Overtaken(Exception):
    """A partial waited until it was of no use, or made room for a final."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """A result with where its time went, in wall seconds."""

    recognised: Recognised
    queued_s: float
    speech_s: float
    batch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineLoad:
    """How busy the engine is."""

    waiting: int
    oldest_s: float
    """Age of the oldest waiting window, wall seconds."""
    passes: int
    windows: int
    audio_s: float
    """Audio transcribed so far."""
    busy_s: float
    """Worker seconds spent so far."""
    dropped_partials: int
    refused_finals: int
    failed: int
    """Windows the model could not transcribe."""
    last_error: str | None
    """What went wrong last, without any content of a call."""


@dataclass(slots=True)
class _Job:
    window: Window
    kind: Kind
    since_s: float
    future: "Future[Pass]" = field(default_factory=Future)

    @property
    def waiting(self) -> Waiting:
        return Waiting(kind=self.kind, since_s=self.since_s, duration_s=len(self.window.audio) / RATE_HZ)


class SpeechEngine:
    """Transcribes windows of all calls. Safe to call from any thread; `close` it once."""

    def __init__(
        self,
        model: SpeechModel,
        *,
        workers: int,
        batch_size: int = 8,
        positions: int = 750,
        queue_size: int = 256,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model, self._batch_size, self._positions = model, batch_size, positions
        self._queue_size, self._clock = queue_size, clock
        self._jobs: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._in_work = 0
        self._counts = {"passes": 0, "windows": 0, "dropped": 0, "refused": 0, "failed": 0}
        self._last_error: str | None = None
        self._audio_s = self._busy_s = 0.0
        self._threads = [
            threading.Thread(target=self._work, name=f"speech-{number}", daemon=True) for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, window: Window, kind: Kind) -> "Future[Pass]":
        """Queue a window. The future ends in a `Pass`, `Overtaken` for a partial, or what the model raised.

        Raises EngineFull. Cancelling the future before its pass begins takes the window out.
        """
        job = _Job(window=window, kind=kind, since_s=self._clock())
        with self._changed:
            if self._closed:
                raise EngineFull("the speech engine is closed")
            self._jobs = deque(job for job in self._jobs if not job.future.cancelled())
            if len(self._jobs) >= self._queue_size:
                self._make_room(kind)
            self._jobs.append(job)
            self._changed.notify()
        return job.future

    def load(self) -> EngineLoad:
        """A snapshot for metrics and the console."""
        with self._changed:
            waiting = [job for job in self._jobs if not job.future.cancelled()]
            return EngineLoad(
                waiting=len(waiting),
                oldest_s=max((self._clock() - job.since_s for job in waiting), default=0.0),
                passes=self._counts["passes"],
                windows=self._counts["windows"],
                audio_s=self._audio_s,
                busy_s=self._busy_s,
                dropped_partials=self._counts["dropped"],
                refused_finals=self._counts["refused"],
                failed=self._counts["failed"],
                last_error=self._last_error,
            )

    def close(self) -> None:
        """Stop the workers after their present pass; waiting windows are cancelled."""
        with self._changed:
            self._closed = True
            for job in self._jobs:
                job.future.cancel()
            self._jobs.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _make_room(self, kind: Kind) -> None:
        partials = [job for job in self._jobs if job.kind is Kind.PARTIAL]
        if kind is Kind.PARTIAL or not partials:
            self._counts["dropped" if kind is Kind.PARTIAL else "refused"] += 1
            raise EngineFull(f"{len(self._jobs)} windows are waiting")
        self._drop(min(partials, key=lambda job: job.since_s))

    def _drop(self, job: _Job) -> None:
        self._jobs.remove(job)
        self._counts["dropped"] += 1
        if job.future.set_running_or_notify_cancel():
            job.future.set_exception(Overtaken())

    def _work(self) -> None:
        while True:
            batch = self._take()
            if batch is None:
                return
            if batch:
                self._transcribe(batch)

    def _take(self) -> list[_Job] | None:
        """The next batch; empty when all candidates were stale or cancelled; none when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or self._closed)
            if self._closed:
                return None
            if self._in_work and len(self._jobs) < self._batch_size:
                self._changed.wait_for(lambda: len(self._jobs) >= self._batch_size or self._closed, _PAIRING_S)
            jobs = list(self._jobs)
            choice = next_batch([job.waiting for job in jobs], self._clock(), self._batch_size)
            for index in choice.stale:
                self._drop(jobs[index])
            taken = [jobs[index] for index in choice.taken]
            for job in taken:
                self._jobs.remove(job)
            running = [job for job in taken if job.future.set_running_or_notify_cancel()]
            self._in_work += len(running)
            return running

    def _transcribe(self, batch: list[_Job]) -> None:
        began_s = self._clock()
        try:
            results = self._model.recognise([job.window for job in batch], self._positions)
        except Exception as error:  # the model's failure belongs to these windows: workers go on
            self._done(batch, began_s)
            with self._changed:
                self._counts["failed"] += len(batch)
                self._last_error = type(error).__name__
            for job in batch:
                job.future.set_exception(error)
            return
        ended_s = self._done(batch, began_s)
        for job, recognised in zip(batch, results, strict=True):
            job.future.set_result(
                Pass(
                    recognised=recognised,
                    queued_s=began_s - job.since_s,
                    speech_s=ended_s - began_s,
                    batch=len(batch),
                )
            )

    def _done(self, batch: list[_Job], began_s: float) -> float:
        ended_s = self._clock()
        with self._changed:
            self._in_work -= len(batch)
            self._counts["passes"] += 1
            self._counts["windows"] += len(batch)
            self._audio_s += sum(job.waiting.duration_s for job in batch)
            self._busy_s += ended_s - began_s
        return ended_s
