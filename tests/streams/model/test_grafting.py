"""Silence behind what was encoded: each row its own states first, then silence, never a position twice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.model.grafting import FULL_POSITIONS, grafted
from streams.model.recipe import Graft, Recipe

SILENCE = -np.repeat(np.arange(FULL_POSITIONS, dtype=np.float32)[:, None], 2, axis=1) - 1
"""Position n holds -1 - n, so that it can be told where it came from."""
lengths = st.lists(st.integers(1, FULL_POSITIONS), min_size=1, max_size=5)


@given(lengths, st.sampled_from(Graft), st.integers(0, 120), st.integers(0, 80))
def test_each_row_is_its_own_states_and_then_silence_further_and_further_on(
    own: list[int], graft: Graft, near: int, far: int
) -> None:
    """What came after second n was silence after second n."""
    recipe = Recipe(graft=graft, near=near, far=far)
    states = [np.ones((length, 2), np.float32) for length in own]

    batch = grafted(states, SILENCE, recipe)

    assert batch.shape[0] == len(own)
    assert max(own) <= batch.shape[1] <= FULL_POSITIONS
    for row, length in zip(batch, own, strict=True):
        assert (row[:length] == 1).all()
        positions = -row[length:, 0] - 1
        assert (positions >= length).all()
        assert (np.diff(positions) > 0).all()


@pytest.mark.parametrize("seconds", [1, 5, 15])
def test_the_spread_silence_reaches_second_thirty(seconds: int) -> None:
    """However short the row is: the decoder sees where the silence ends."""
    (row,) = grafted([np.ones((50 * seconds, 2), np.float32)], SILENCE, Recipe())

    assert len(row) == 50 * seconds + 250
    assert -row[-1, 0] - 1 == FULL_POSITIONS - 1
    assert (-row[50 * seconds : 50 * seconds + 200, 0] - 1 == np.arange(50 * seconds, 50 * seconds + 200)).all()
