"""The recent audio of a channel, kept in pieces."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from streams.activity.recent import RecentAudio


@given(
    st.integers(0, 50),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 120), st.integers(0, 120)), max_size=20),
)
def test_it_gives_what_one_long_array_would(start: int, rounds: list[tuple[int, int, int, int]]) -> None:
    """As long as it was not told to forget it."""
    recent, everything, forgotten = RecentAudio(start), np.arange(start, dtype=np.float32), start
    for length, forget, begin, end in rounds:
        piece = np.arange(len(everything), len(everything) + length, dtype=np.float32)
        recent.append(piece)
        everything = np.concatenate([everything, piece])
        forgotten = max(forgotten, min(len(everything), forgotten + forget))
        recent.forget(forgotten)

        first = max(begin, forgotten)
        np.testing.assert_array_equal(recent.between(first, end), everything[first:end])


def test_what_is_given_out_is_a_copy() -> None:
    """Nobody can change what is heard later."""
    recent = RecentAudio()
    recent.append(np.ones(10, np.float32))

    recent.between(2, 5)[:] = 0

    assert recent.between(0, 10).tolist() == [1.0] * 10


def test_only_what_was_kept_is_given_out() -> None:
    """From before it or after it there is nothing."""
    recent = RecentAudio(100)
    recent.append(np.ones(10, np.float32))

    assert len(recent.between(90, 105)) == 5
    assert len(recent.between(105, 200)) == 5
    assert len(recent.between(300, 400)) == 0


def test_memory_ends_with_what_is_forgotten() -> None:
    """Up to the piece that is partly needed."""
    recent = RecentAudio()
    for _ in range(100):
        recent.append(np.zeros(512, np.float32))

    recent.forget(99 * 512 + 1)

    assert len(recent) == 512
