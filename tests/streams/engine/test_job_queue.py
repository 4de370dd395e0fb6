"""The queue all calls share, whatever happens to it: bounded, fair, and nothing in it is lost or answered twice."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from streams.engine.batching import STALE_PARTIAL_S, Kind, PassLimits
from streams.engine.job_queue import (
    FAIR_SHARE,
    FAIR_WAITING,
    LATER_PLACES,
    EngineFull,
    Job,
    JobQueue,
    Overtaken,
    TooLate,
    a_job,
)
from tests.streams.scripted import a_window

PLACES = 12
DEADLINE_S = 8.0
EIGHT = PassLimits(windows=8)


def a_waiting(kind: Kind, now_s: float = 0.0, *, source: str | None = None) -> Job:
    return a_job(a_window(0.1), kind, now_s=now_s, deadline_s=DEADLINE_S, source=source)


def a_queue(*jobs: Job, places: int = PLACES) -> JobQueue:
    queue = JobQueue(places)
    for job in jobs:
        assert queue.add(job) is None
    return queue


def test_an_early_window_becomes_a_final_and_keeps_its_turn() -> None:
    """It came before the final that was asked for at once; its deadline counts from the endpoint."""
    early, final = a_waiting(Kind.EARLY, 0.0), a_waiting(Kind.FINAL, 0.2)
    queue = a_queue(early, final)

    assert queue.promote(early.future, now_s=0.3, deadline_s=DEADLINE_S)

    assert early.age_s(1.0) == pytest.approx(0.7)
    assert queue.overdue(8.25) == (final,)
    assert queue.take(8.25, EIGHT).jobs == (early,)


def test_promoting_twice_or_too_late_changes_nothing() -> None:
    """The deadline of a final is not put off, and what has left is not here."""
    early = a_waiting(Kind.EARLY)
    queue = a_queue(early)
    assert queue.promote(early.future, now_s=1.0, deadline_s=DEADLINE_S)
    assert queue.promote(early.future, now_s=5.0, deadline_s=DEADLINE_S)

    assert early.waiting.due_s == 9.0
    queue.take(5.0, EIGHT)
    assert not queue.promote(early.future, now_s=5.0, deadline_s=DEADLINE_S)


def test_an_early_window_that_was_given_up_costs_nothing() -> None:
    """Speech went on: it is out, and cannot be made a final."""
    early = a_waiting(Kind.EARLY)
    queue = a_queue(early)
    assert early.future.cancel()

    assert not queue.promote(early.future, now_s=0.3, deadline_s=DEADLINE_S)
    assert queue.take(0.3, EIGHT).jobs == ()


def test_a_final_costs_the_oldest_partial_first_and_then_the_newest_early_window() -> None:
    """Guesses go before words, and the early window that has longest to its endpoint goes before the others."""
    jobs = [a_waiting(kind, at_s) for kind in (Kind.EARLY, Kind.PARTIAL) for at_s in (0.0, 0.1)]
    queue = a_queue(*jobs, places=4)

    gone = [queue.add(a_waiting(Kind.FINAL, 0.5)) for _ in range(4)]

    assert gone == [jobs[2], jobs[3], jobs[1], jobs[0]]
    with pytest.raises(EngineFull):
        queue.add(a_waiting(Kind.FINAL, 0.6))


def test_an_early_window_costs_partials_only() -> None:
    """Its final is asked for at the endpoint, so being refused does no harm."""
    partial = a_waiting(Kind.PARTIAL)
    queue = a_queue(partial, a_waiting(Kind.EARLY), places=2)

    assert queue.add(a_waiting(Kind.EARLY)) is partial
    with pytest.raises(EngineFull):
        queue.add(a_waiting(Kind.EARLY))


def test_one_call_never_fills_the_queue() -> None:
    """Beyond its share it makes room among its own, or is refused; others still find a place."""
    own = [a_waiting(Kind.EARLY, source="call-1") for _ in range(PLACES // FAIR_SHARE)]
    queue = a_queue(*own)

    assert queue.add(a_waiting(Kind.FINAL, source="call-1")) in own
    with pytest.raises(EngineFull):
        queue.add(a_waiting(Kind.PARTIAL, source="call-1"))
    assert queue.add(a_waiting(Kind.PARTIAL, source="call-2")) is None


def test_a_call_that_floods_does_not_delay_the_others() -> None:
    """What comes on top of many waiting goes behind everybody else's, and stays there while the flood is served."""
    flood = [a_waiting(Kind.FINAL, 0.0, source="call-1") for _ in range(FAIR_WAITING + 4)]
    other = a_waiting(Kind.FINAL, 1.0, source="call-2")
    queue = a_queue(*flood, other, places=100)
    four = PassLimits(windows=4)

    turns = [queue.take(1.0, four).jobs for _ in range(4)]

    assert turns == [tuple(flood[:4]), tuple(flood[4:8]), (other, *flood[8:11]), tuple(flood[11:])]


def test_windows_for_later_have_their_own_few_places() -> None:
    """They push nothing out, and nothing pushes them out."""
    queue = a_queue(*(a_waiting(Kind.LATER) for _ in range(LATER_PLACES)))

    with pytest.raises(EngineFull):
        queue.add(a_waiting(Kind.LATER))
    for _ in range(PLACES):
        assert queue.add(a_waiting(Kind.FINAL)) is None
    assert len(list(queue)) == PLACES + LATER_PLACES


def test_windows_for_later_are_never_too_late() -> None:
    """They are late already."""
    later, final = a_waiting(Kind.LATER), a_waiting(Kind.FINAL)
    queue = a_queue(later, final)

    assert queue.overdue(3600.0) == (final,)


@pytest.mark.parametrize(("kind", "error"), [(Kind.FINAL, TooLate), (Kind.EARLY, TooLate), (Kind.PARTIAL, Overtaken)])
def test_it_is_said_why_something_was_given_up(kind: Kind, error: type[Exception]) -> None:
    """A final too late is transcribed after the call, a partial never."""
    assert isinstance(a_waiting(kind).useless, error)


class Queue(RuleBasedStateMachine):
    """Calls submit, promote, cancel; workers take; time passes. A model of plain lists says what must be so."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = JobQueue(PLACES)
        self.now_s = 0.0
        self.inside: list[Job] = []
        self.outside: list[Job] = []
        """Taken, dropped or pushed out: each once."""

    def left(self, *jobs: Job) -> None:
        for job in jobs:
            assert job not in self.outside
            self.inside.remove(job)
            self.outside.append(job)

    @rule(kind=st.sampled_from(Kind), source=st.sampled_from([None, "call-1", "call-2"]))
    def submit(self, kind: Kind, source: str | None) -> None:
        job = a_waiting(kind, self.now_s, source=source)
        try:
            gone = self.queue.add(job)
        except EngineFull:
            own = [one for one in self.inside if one.source == source is not None]
            crowd = own if len(own) >= PLACES // FAIR_SHARE else self.inside
            assert kind is not Kind.FINAL or all(one.waiting.kind in (Kind.FINAL, Kind.LATER) for one in crowd)
            return
        self.inside.append(job)
        if gone is not None:
            assert gone.waiting.kind > kind
            self.left(gone)

    @precondition(lambda self: self.inside)
    @rule(data=st.data())
    def promote(self, data: st.DataObject) -> None:
        job = data.draw(st.sampled_from(self.inside + self.outside))
        was = job.waiting.kind
        known = self.queue.promote(job.future, now_s=self.now_s, deadline_s=DEADLINE_S)
        assert known == (job in self.inside)
        assert job.waiting.kind is (Kind.FINAL if known and was is Kind.EARLY else was)

    @precondition(lambda self: self.inside)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        job = data.draw(st.sampled_from(self.inside))
        assert job.future.cancel()
        self.left(job)

    @rule(seconds=st.sampled_from([0.1, 1.0, 5.0]))
    def time_passes(self, seconds: float) -> None:
        self.now_s += seconds

    @rule(kinds=st.sampled_from([tuple(Kind), (Kind.FINAL, Kind.EARLY)]))
    def take(self, kinds: tuple[Kind, ...]) -> None:
        waited = list(self.inside)
        assert self.queue.has_work(kinds) == any(job.waiting.kind in kinds for job in waited)
        taken = self.queue.take(self.now_s, PassLimits(windows=8, kinds=kinds))
        self.left(*taken.jobs, *taken.stale)
        assert all(self.now_s > job.waiting.due_s for job in taken.stale)
        usable = [job for job in waited if job not in taken.stale and job.waiting.kind in kinds]
        assert {job.waiting.kind for job in taken.jobs} == {min(job.waiting.kind for job in usable)} if usable else True
        assert bool(taken.jobs) == bool(usable)

    @rule()
    def drop_what_is_overdue(self) -> None:
        self.left(*self.queue.overdue(self.now_s))
        assert all(self.now_s <= job.waiting.due_s for job in self.inside)

    @invariant()
    def nothing_is_lost_and_the_queue_is_bounded(self) -> None:
        assert set(self.queue) == set(self.inside)
        later = sum(job.waiting.kind is Kind.LATER for job in self.inside)
        assert later <= LATER_PLACES
        assert len(self.inside) - later <= PLACES
        for source in ("call-1", "call-2"):
            own = [job for job in self.inside if job.source == source and job.waiting.kind is not Kind.LATER]
            assert len(own) <= PLACES // FAIR_SHARE

    @invariant()
    def partials_do_not_outlive_their_use(self) -> None:
        partials = [job.waiting for job in self.inside if job.waiting.kind is Kind.PARTIAL]
        assert all(one.due_s == one.since_s + STALE_PARTIAL_S for one in partials)


TestQueue = Queue.TestCase
TestQueue.settings = settings(max_examples=60, stateful_step_count=40, deadline=None, derandomize=True)
