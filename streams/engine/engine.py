"""The one speech engine all calls share: worker threads around a bounded queue, measured lag.

What waits its turn and for how long is said in `batching.py`, what happens when there is no place in `job_queue.py`.
A window the model fails on is tried once more, alone, so that it harms no other; then its failure is its caller's.
A window for later that takes long lets what is live go first in between.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from math import inf

from streams.engine.batching import PASS_AUDIO_S, Kind, PassLimits
from streams.engine.giving_way import GivingWay
from streams.engine.job_queue import EngineFull, Job, JobQueue, Overtaken, Pass, TooLate, a_job
from streams.engine.load import EngineLoad, LoadMeter
from streams.model.recipe import USUAL, Recipe
from streams.model.whisper import SpeechModel
from streams.model.window import Recognised, Window

__all__ = ["DEADLINE_S", "EngineFull", "EngineLoad", "Overtaken", "Pass", "SpeechEngine", "TooLate"]

DEADLINE_S = 8.0
"""A final that waited this long is not transcribed live any more."""
_PAIRING_S = 0.004
"""How long a lone window waits for company while other windows are in work."""


class SpeechEngine:
    """Transcribes windows of all calls. Safe to call from any thread; `close` it once."""

    def __init__(
        self,
        model: SpeechModel,
        *,
        workers: int,
        batch_size: int = 8,
        recipe: Recipe = USUAL,
        queue_size: int = 256,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.workers = workers
        self.cost = 0.0
        """Worker seconds per second of audio, set by who measured it before the first call; 0: nobody did."""
        self._model, self._batch_size, self._recipe, self._clock = model, batch_size, recipe, clock
        self._pass_audio_s = inf if recipe.encode_together else PASS_AUDIO_S
        self._queue = JobQueue(queue_size)
        self._meter = LoadMeter(workers)
        self._changed = threading.Condition()
        self._closed = False
        self._in_work: Counter[Kind] = Counter()
        """Passes."""
        # where there are several workers, one is kept free of partials, and one of windows for later and finals
        # together: finals find it free sooner, and a machine that has time for all of them has some left for others
        self._most_of_a_kind = max(1, workers - 1)
        self._threads = [
            threading.Thread(target=self._work, name=f"speech-{number}", daemon=True) for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self, window: Window, kind: Kind, *, deadline_s: float = DEADLINE_S, source: Hashable = None
    ) -> "Future[Pass]":
        """Queue a window of a call, the `source`: with one, no call can fill the queue or delay all others.

        The future ends in a `Pass`; `TooLate` for a final or early window older than its deadline; `Overtaken` for a
        partial that is, and for what made room; or what the model raised. Cancelling it before its pass begins takes
        the window out. Raises EngineFull.
        """
        with self._changed:
            if self._closed:
                raise EngineFull("the speech engine is closed")
            now_s = self._clock()
            overdue = self._queue.overdue(now_s)
            self._count(overdue, now_s)
            job = a_job(window, kind, now_s=now_s, deadline_s=deadline_s, source=source)
            refused, gone = None, None
            try:
                gone = self._queue.add(job)
                self._changed.notify()
            except EngineFull as full:
                refused = full
                self._meter.refused(kind)
            if gone is not None:
                self._meter.refused(gone.waiting.kind)
        _tell(overdue)
        if gone is not None:
            _end(gone, Overtaken())
        if refused is not None:
            raise refused
        return job.future

    def promote(self, future: "Future[Pass]", *, deadline_s: float = DEADLINE_S) -> bool:
        """The endpoint has come: an early window is a final, and its deadline counts from now.

        True also when its pass has begun or is over. False: it was given up, so submit the final anew.
        """
        with self._changed:
            if self._queue.promote(future, now_s=self._clock(), deadline_s=deadline_s) or future.running():
                return True
        if not future.done() or future.cancelled():
            return False
        return not isinstance(future.exception(), Overtaken | TooLate)

    def load(self) -> EngineLoad:
        """A snapshot for metrics and the console."""
        with self._changed:
            now_s = self._clock()
            overdue = self._queue.overdue(now_s)
            self._count(overdue, now_s)
            waiting = list(self._queue)
            live = [job for job in waiting if job.waiting.kind is not Kind.LATER]
            finals_s = sum(job.said_s for job in live if job.waiting.kind <= Kind.EARLY)
            load = self._meter.load(
                now_s,
                live_since_s=[job.waiting.since_s for job in live],
                ages_s=[job.age_s(now_s) for job in live if job.waiting.kind is Kind.FINAL],
                waiting=len(waiting),
                waiting_s=finals_s,
            )
        _tell(overdue)
        return load

    def close(self) -> None:
        """Stop the workers after their present pass; waiting windows are cancelled."""
        with self._changed:
            self._closed = True
            waiting = self._queue.clear()
            self._changed.notify_all()
        for job in waiting:
            job.future.cancel()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (batch := self._take()) is not None:
            self._do(batch)

    def _do(self, batch: Sequence[Job]) -> None:
        if batch and not self._pass(batch, last=False):
            for job in batch:
                self._pass([job], last=True)
        if batch:
            with self._changed:
                self._in_work[batch[0].waiting.kind] -= 1

    def _do_live(self) -> bool:
        """One pass of what waits live, in the middle of another for later. False: nothing waits."""
        with self._changed:
            live = [kind for kind in self._allowed if kind is not Kind.LATER]
            if self._closed or not self._queue.has_work(live):
                return False
            batch, stale = self._chosen(live)
        _tell(stale)
        self._do(batch)
        return True

    def _take(self) -> list[Job] | None:
        """The next batch; empty when all candidates were stale or cancelled; none when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._queue.has_work(self._allowed))
            if not self._closed and self._in_work.total() and len(list(self._queue)) < self._batch_size:
                self._changed.wait_for(lambda: self._closed or len(list(self._queue)) >= self._batch_size, _PAIRING_S)
            if self._closed:
                return None
            batch, stale = self._chosen(self._allowed)
        _tell(stale)
        return batch

    def _chosen(self, kinds: Collection[Kind]) -> tuple[list[Job], tuple[Job, ...]]:
        """Under the lock: the next batch of these kinds, in work from now on, and what is too late."""
        now_s = self._clock()
        limits = PassLimits(windows=self._batch_size, audio_s=self._pass_audio_s, workers=self.workers, kinds=kinds)
        taken = self._queue.take(now_s, limits)
        self._count(taken.stale, now_s)
        batch = [job for job in taken.jobs if job.future.set_running_or_notify_cancel()]
        if batch:
            self._in_work[batch[0].waiting.kind] += 1
        if self._queue.has_work(self._allowed):
            self._changed.notify()  # this worker may have been woken in another's place
        return batch, taken.stale

    @property
    def _allowed(self) -> tuple[Kind, ...]:
        """What one more worker may do now."""
        finals = self._in_work[Kind.FINAL] + self._in_work[Kind.EARLY]
        taken = {Kind.PARTIAL: self._in_work[Kind.PARTIAL], Kind.LATER: self._in_work[Kind.LATER] + finals}
        return tuple(kind for kind in Kind if taken.get(kind, 0) < self._most_of_a_kind)

    def _pass(self, batch: Sequence[Job], *, last: bool) -> bool:
        """Have the model transcribe them. Where it fails: the failure is theirs if this was the last try."""
        began_s, live = self._clock(), batch[0].waiting.kind is not Kind.LATER
        finals = [job for job in batch if job.waiting.kind <= Kind.EARLY]
        asked_s, shown_s = sum(job.said_s for job in finals), sum(job.waiting.duration_s for job in finals)
        with self._changed:
            begun = [] if last else [job.age_s(began_s) for job in batch if job.waiting.kind <= Kind.EARLY]
            self._meter.began(began_s, begun, live=live, finals_s=asked_s, again=last)
        way = GivingWay(self._do_live, self._clock)
        windows = [job.window if live else replace(job.window, pause=way) for job in batch]
        error: Exception | None = None
        results: Sequence[Recognised] = ()
        try:
            results = self._model.recognise(windows, self._recipe)
            if len(results) != len(batch):
                raise RuntimeError(f"the speech model gave {len(results)} results for {len(batch)} windows")
        except Exception as failure:  # whatever it is belongs to these windows: workers go on
            error = failure
        ended_s = self._clock() - way.seconds
        with self._changed:
            heard_s = [] if error is not None else [job.said_s for job in batch]
            again_s = sum(one.again_s for one in results)
            self._meter.ended(began_s, ended_s, heard_s, live=live, finals_s=shown_s, again_s=again_s)
            if error is not None and last:
                self._meter.failed(error)
        if error is not None:
            if last:
                batch[0].future.set_exception(error)
            return False
        for job, recognised in zip(batch, results, strict=True):
            queued_s = began_s - job.waiting.since_s
            job.future.set_result(
                Pass(recognised=recognised, queued_s=queued_s, speech_s=ended_s - began_s, batch=len(batch))
            )
        return True

    def _count(self, overdue: Iterable[Job], now_s: float) -> None:
        for job in overdue:
            if job.waiting.kind is Kind.FINAL:
                self._meter.late(now_s, job.age_s(now_s), job.said_s)
            else:
                self._meter.refused(job.waiting.kind)


def _tell(overdue: Iterable[Job]) -> None:
    """Never under the lock: who waits for a future may ask for the next window at once."""
    for job in overdue:
        _end(job, job.useless)


def _end(job: Job, error: Exception) -> None:
    if job.future.set_running_or_notify_cancel():
        job.future.set_exception(error)
