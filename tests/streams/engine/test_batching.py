"""Which windows share the next pass."""

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from streams.engine.batching import CROWDED_PASS_AUDIO_S, PASS_AUDIO_S, Batch, Kind, PassLimits, Waiting, next_batch

EIGHT = PassLimits(windows=8, audio_s=8.0, workers=4)
queues = st.lists(
    st.builds(
        Waiting,
        kind=st.sampled_from(Kind),
        since_s=st.floats(min_value=0, max_value=20),
        due_s=st.floats(min_value=0, max_value=30) | st.just(inf),
        duration_s=st.floats(min_value=0.3, max_value=15),
        surplus=st.booleans(),
    ),
    max_size=25,
)
some_limits = st.builds(
    PassLimits,
    windows=st.integers(min_value=1, max_value=8),
    audio_s=st.sampled_from([PASS_AUDIO_S, inf]),
    workers=st.integers(min_value=1, max_value=4),
    kinds=st.sampled_from([tuple(Kind), (Kind.FINAL, Kind.EARLY), (Kind.FINAL, Kind.EARLY, Kind.PARTIAL)]),
)


def waiting(
    kind: Kind = Kind.FINAL,
    *,
    since_s: float = 0.0,
    due_s: float = inf,
    duration_s: float = 1.0,
    surplus: bool = False,
) -> Waiting:
    return Waiting(kind=kind, since_s=since_s, due_s=due_s, duration_s=duration_s, surplus=surplus)


def test_nothing_waits() -> None:
    """An empty queue gives an empty batch."""
    assert next_batch([], 0.0, EIGHT) == Batch(taken=(), stale=())


def test_the_most_certain_go_first_and_the_oldest_leads() -> None:
    """What may turn out to be of no use waits behind what is wanted."""
    queue = [
        waiting(Kind.LATER),
        waiting(Kind.PARTIAL, since_s=0.1),
        waiting(Kind.EARLY, since_s=0.2),
        waiting(since_s=0.9),
        waiting(since_s=0.5),
    ]

    assert next_batch(queue, 1.0, EIGHT).taken == (4, 3)
    assert next_batch(queue[:3], 1.0, EIGHT).taken == (2,)
    assert next_batch(queue[:2], 1.0, EIGHT).taken == (1,)


def test_a_pass_holds_so_much_audio() -> None:
    """Nobody waits for more; what does not fit lets a shorter one through, and leads the next pass."""
    queue = [waiting(duration_s=5.0), waiting(duration_s=4.0), waiting(duration_s=2.9)]

    assert next_batch(queue, 0.0, EIGHT).taken == (0, 2)
    assert next_batch(queue[1:2], 0.0, EIGHT).taken == (0,)


def test_a_window_longer_than_that_travels_alone() -> None:
    """It has to go some time."""
    assert next_batch([waiting(duration_s=14.0), waiting()], 0.0, EIGHT).taken == (0,)


def test_where_finals_pile_up_each_worker_takes_its_share() -> None:
    """Up to a bound, and for them alone: nobody waits longer for guesses that pile up."""
    finals = [waiting(duration_s=4.0, since_s=number) for number in range(6)]
    partials = [waiting(Kind.PARTIAL, duration_s=4.0, since_s=number) for number in range(6)]

    assert next_batch(finals[:2], 9.0, PassLimits(windows=8, workers=2)).taken == (0,)
    assert next_batch(finals[:4], 9.0, PassLimits(windows=8, workers=2)).taken == (0, 1)
    assert next_batch(finals, 9.0, PassLimits(windows=8, workers=1)).taken == (0, 1, 2, 3)
    assert next_batch(finals, 9.0, PassLimits(windows=8, workers=4)).taken == (0,)
    assert next_batch(partials, 9.0, PassLimits(windows=8, workers=1)).taken == (0,)


def test_an_accelerator_takes_as_many_windows_as_it_may() -> None:
    """There the encoder works on all of them at once."""
    queue = [waiting(duration_s=14.0) for _ in range(5)]

    assert next_batch(queue, 0.0, PassLimits(windows=4, audio_s=inf)).taken == (0, 1, 2, 3)


def test_one_for_later_goes_alone_and_only_when_it_may() -> None:
    """A live window that comes then waits for one, not for eight."""
    queue = [waiting(Kind.LATER, since_s=0.5), waiting(Kind.LATER, since_s=0.1)]

    assert next_batch(queue, 1.0, EIGHT).taken == (1,)
    assert next_batch(queue, 1.0, PassLimits(windows=8, kinds=(Kind.FINAL, Kind.PARTIAL))) == Batch(taken=(), stale=())


def test_what_has_waited_too_long_is_dropped() -> None:
    """Of every kind."""
    queue = [waiting(kind, due_s=due_s) for kind in Kind for due_s in (1.0, 2.0)]

    assert next_batch(queue, 1.5, EIGHT).stale == (0, 2, 4, 6)


def test_the_surplus_of_a_call_waits_behind_the_others_of_its_kind() -> None:
    """However old it is; less certain windows still wait behind it."""
    queue = [waiting(surplus=True), waiting(since_s=0.5), waiting(Kind.EARLY)]

    assert next_batch(queue, 1.0, PassLimits(windows=1)).taken == (1,)
    assert next_batch(queue, 1.0, EIGHT).taken == (1, 0)


@given(queue=queues, now_s=st.floats(min_value=20, max_value=25), limits=some_limits)
def test_every_batch_is_fair(queue: list[Waiting], now_s: float, limits: PassLimits) -> None:
    """Whatever waits: the most urgent one is in, with others of its kind, and only what is overdue is dropped."""
    batch = next_batch(queue, now_s, limits)
    usable = [index for index in range(len(queue)) if index not in batch.stale and queue[index].kind in limits.kinds]
    taken = [queue[index] for index in batch.taken]

    assert len(set(batch.taken)) == len(batch.taken) <= limits.windows
    assert set(batch.taken) <= set(usable)
    assert list(batch.stale) == [index for index, job in enumerate(queue) if job.due_s < now_s]
    assert bool(batch.taken) == bool(usable)
    assert len({job.kind for job in taken}) <= 1
    finals_s = sum(queue[index].duration_s for index in usable if queue[index].kind is Kind.FINAL)
    room_s = max(limits.audio_s, min(CROWDED_PASS_AUDIO_S, finals_s / limits.workers))
    assert len(taken) <= 1 or sum(job.duration_s for job in taken) <= room_s + 1e-6
    assert len(taken) <= 1 or taken[0].kind is not Kind.LATER
    for index in usable:
        first, other = taken[0], queue[index]
        assert (first.kind, first.surplus, first.since_s) <= (other.kind, other.surplus, other.since_s)
