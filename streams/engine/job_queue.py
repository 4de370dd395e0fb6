"""The windows that wait for the speech model: a bounded queue, and what happens when it is full. Has no clock.

When there is no place left: a partial is refused (the next one replaces it); an early window pushes the oldest partial
out, or is refused (its final is asked for at the endpoint); a final pushes out the oldest partial, or else the newest
early window, and is refused only behind finals: then the caller knows that this stretch was not heard. A call that
holds a quarter of the places is treated as if the queue were full, so that one call never fills it. Windows for later
have a few places of their own and push nothing out. Whatever has waited until it is of no use is taken out.
"""

from collections.abc import Collection, Hashable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from math import inf

from streams.engine.batching import STALE_PARTIAL_S, Kind, PassLimits, Waiting, next_batch
from streams.model.window import Recognised, Window
from streams.samples.resample import SPEECH_RATE_HZ

LATER_PLACES = 4
"""Windows for later that may wait here; more wait where they come from."""
FAIR_SHARE = 4
"""One call holds at most one place in so many."""
FAIR_WAITING = 8
"""A call with so many waiting floods: two people speaking have a partial, an early window and two finals each."""


class EngineFull(Exception):
    """No place in the queue: this window will not be transcribed now."""


class Overtaken(Exception):
    """It made room for something more urgent, or a partial waited until it was of no use."""


class TooLate(Exception):
    """What was said so long ago is no longer transcribed live."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """A result with where its time went, in wall seconds."""

    recognised: Recognised
    queued_s: float
    speech_s: float
    batch: int


@dataclass(slots=True, kw_only=True, eq=False)
class Job:
    """One window in the queue, and where its result goes."""

    window: Window
    waiting: Waiting
    source: Hashable
    """The call it comes from; none: nobody knows, so it is taken for a call of its own."""
    final_since_s: float
    """When it became a final; infinite before that."""
    future: "Future[Pass]" = field(default_factory=Future)

    @property
    def said_s(self) -> float:
        """Length of what is to be transcribed, without company."""
        return len(self.window.audio) / SPEECH_RATE_HZ

    def age_s(self, now_s: float) -> float:
        """How long it has been late: nobody waits for an early window before its endpoint."""
        return max(0.0, now_s - self.final_since_s)

    @property
    def useless(self) -> Exception:
        """What its future ends in when it has waited too long."""
        return Overtaken() if self.waiting.kind is Kind.PARTIAL else TooLate()


def a_job(window: Window, kind: Kind, *, now_s: float, deadline_s: float, source: Hashable = None) -> Job:
    """A window as it enters the queue."""
    patience_s = {Kind.PARTIAL: STALE_PARTIAL_S, Kind.LATER: inf}.get(kind, deadline_s)
    waiting = Waiting(
        kind=kind,
        since_s=now_s,
        due_s=now_s + patience_s,
        duration_s=window.shown_s,
    )
    return Job(window=window, waiting=waiting, source=source, final_since_s=now_s if kind is Kind.FINAL else inf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What leaves the queue: for the next pass, and for good."""

    jobs: tuple[Job, ...]
    stale: tuple[Job, ...]


class JobQueue:
    """All waiting windows. Not safe to share between threads without a lock; answers no future itself."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._jobs: dict[Future[Pass], Job] = {}

    def __iter__(self) -> Iterator[Job]:
        return (job for job in self._jobs.values() if not job.future.cancelled())

    def has_work(self, kinds: Collection[Kind]) -> bool:
        """Whether `take` would find anything among these."""
        return any(job.waiting.kind in kinds for job in self)

    def add(self, job: Job) -> Job | None:
        """Queue it. Gives the one that had to make room, if one had to. Raises EngineFull."""
        self._forget_cancelled()
        gone = None
        if job.waiting.kind is Kind.LATER:
            self._check_later()
        else:
            gone = self._place(job)
        if gone is not None:
            del self._jobs[gone.future]
        self._jobs[job.future] = job
        return gone

    def _place(self, job: Job) -> Job | None:
        """Who goes so that this live one may come, if anybody has to. Raises EngineFull."""
        live = [one for one in self._jobs.values() if one.waiting.kind is not Kind.LATER]
        own = [one for one in live if one.source == job.source is not None]
        job.waiting = replace(job.waiting, surplus=len(own) >= FAIR_WAITING)
        if len(own) >= max(1, self._places // FAIR_SHARE):
            return _makes_room(job.waiting.kind, own)
        return _makes_room(job.waiting.kind, live) if len(live) >= self._places else None

    def take(self, now_s: float, limits: PassLimits) -> Taken:
        """The windows of the next pass, and those that have waited too long. Cancelled ones are gone."""
        self._forget_cancelled()
        jobs = list(self._jobs.values())
        batch = next_batch([job.waiting for job in jobs], now_s, limits)
        taken = Taken(
            jobs=tuple(jobs[index] for index in batch.taken), stale=tuple(jobs[index] for index in batch.stale)
        )
        for job in (*taken.jobs, *taken.stale):
            del self._jobs[job.future]
        return taken

    def overdue(self, now_s: float) -> tuple[Job, ...]:
        """Those that have waited too long; they are taken out."""
        self._forget_cancelled()
        gone = tuple(job for job in self._jobs.values() if now_s > job.waiting.due_s)
        for job in gone:
            del self._jobs[job.future]
        return gone

    def promote(self, future: "Future[Pass]", *, now_s: float, deadline_s: float) -> bool:
        """An early window is a final from now on, and keeps its turn. False: it does not wait here."""
        job = self._jobs.get(future)
        if job is None or future.cancelled():
            return False
        if job.waiting.kind is Kind.EARLY:
            job.waiting = replace(job.waiting, kind=Kind.FINAL, due_s=now_s + deadline_s)
            job.final_since_s = now_s
        return True

    def clear(self) -> tuple[Job, ...]:
        """Everything that waits; the queue is empty then."""
        jobs = tuple(self._jobs.values())
        self._jobs.clear()
        return jobs

    def _forget_cancelled(self) -> None:
        for future in [future for future in self._jobs if future.cancelled()]:
            del self._jobs[future]

    def _check_later(self) -> None:
        waiting = sum(job.waiting.kind is Kind.LATER for job in self)
        if waiting >= LATER_PLACES:
            raise EngineFull(f"{waiting} windows for later are waiting")


def _makes_room(kind: Kind, crowd: list[Job]) -> Job:
    """Which of them goes so that one of this kind may come. Raises EngineFull when none should."""
    partials = [job for job in crowd if job.waiting.kind is Kind.PARTIAL]
    earlies = [job for job in crowd if job.waiting.kind is Kind.EARLY]
    if kind is not Kind.PARTIAL and partials:
        return min(partials, key=lambda job: job.waiting.since_s)
    if kind is Kind.FINAL and earlies:
        return max(earlies, key=lambda job: job.waiting.since_s)
    raise EngineFull(f"{len(crowd)} windows are waiting")
