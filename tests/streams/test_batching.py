"""Which windows share the next pass."""

from hypothesis import given
from hypothesis import strategies as st

from streams.batching import LENGTH_SPREAD_S, STALE_PARTIAL_S, Batch, Kind, Waiting, next_batch

queues = st.lists(
    st.builds(
        Waiting,
        kind=st.sampled_from(Kind),
        since_s=st.floats(min_value=0, max_value=20),
        duration_s=st.floats(min_value=0.3, max_value=15),
    ),
    max_size=20,
)


def waiting(kind: Kind = Kind.FINAL, *, since_s: float = 0.0, duration_s: float = 3.0) -> Waiting:
    return Waiting(kind=kind, since_s=since_s, duration_s=duration_s)


def test_nothing_waits() -> None:
    """An empty queue gives an empty batch."""
    assert next_batch([], 0.0, 8) == Batch(taken=(), stale=())


def test_finals_go_first_and_the_oldest_leads() -> None:
    """A partial never travels with finals: its turn comes."""
    queue = [waiting(Kind.PARTIAL, since_s=0.1), waiting(since_s=0.9), waiting(since_s=0.5)]

    assert next_batch(queue, 1.0, 8).taken == (2, 1)


def test_windows_of_very_different_length_travel_apart() -> None:
    """A short one would pay for the long one's padding."""
    queue = [waiting(duration_s=1.0), waiting(duration_s=12.0), waiting(duration_s=3.9)]

    assert next_batch(queue, 0.0, 8).taken == (0, 2)


def test_a_partial_is_stale_after_two_seconds() -> None:
    """The next one has overtaken it by then."""
    queue = [waiting(Kind.PARTIAL, since_s=0.0), waiting(Kind.PARTIAL, since_s=0.1)]

    assert next_batch(queue, STALE_PARTIAL_S + 0.05, 8) == Batch(taken=(1,), stale=(0,))


@given(queue=queues, now_s=st.floats(min_value=20, max_value=25), limit=st.integers(min_value=1, max_value=8))
def test_every_batch_is_fair(queue: list[Waiting], now_s: float, limit: int) -> None:
    """Whatever waits: the most urgent one is in, companions resemble it, and finals are never dropped."""
    batch = next_batch(queue, now_s, limit)
    usable = set(range(len(queue))) - set(batch.stale)

    assert len(set(batch.taken)) == len(batch.taken) <= limit
    assert set(batch.taken) <= usable
    assert all(queue[index].kind is Kind.PARTIAL for index in batch.stale)
    assert bool(batch.taken) == bool(usable)
    for index in batch.taken:
        first = queue[batch.taken[0]]
        assert queue[index].kind is first.kind
        assert abs(queue[index].duration_s - first.duration_s) <= LENGTH_SPREAD_S
    for index in usable:
        first = queue[batch.taken[0]]
        assert (first.kind, first.since_s) <= (queue[index].kind, queue[index].since_s)
