"""Cached states of silence behind what was encoded, so that the decoder sees the shape it was trained on. Pure."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from streams.model.recipe import Graft, Recipe

FULL_POSITIONS = 1500
"""Encoder positions of 30 s, the only length the model was trained on."""
POSITIONS_PER_S = 50
_ROOM_AFTER = 100
"""Room graft: positions of silence that even the longest utterance is followed by."""

States = NDArray[np.float32]


def grafted(own: Sequence[States], silence: States, recipe: Recipe) -> States:
    """One batch of shape (windows, positions, width), every row as long as the longest needs.

    `own`: states of each window, (positions, width), at most 1500; `silence`: states of 30 s that hold only silence.
    """
    longest = max(len(states) for states in own)
    shown = _shown(longest, recipe)
    batch = np.empty((len(own), shown, silence.shape[1]), np.float32)
    for row, states in zip(batch, own, strict=True):
        row[: len(states)] = states
        row[len(states) :] = silence[_chosen(len(states), shown - len(states), recipe)]
    return batch


def _shown(longest: int, recipe: Recipe) -> int:
    match recipe.graft:
        case Graft.NONE:
            return longest
        case Graft.ROOM:
            return min(FULL_POSITIONS, max(recipe.positions, longest + _ROOM_AFTER))
        case Graft.SPREAD:
            return min(FULL_POSITIONS, longest + recipe.near + recipe.far)


def _chosen(begin: int, count: int, recipe: Recipe) -> NDArray[np.intp]:
    """Which `count` positions of silence follow, none of them twice."""
    near = count if recipe.graft is not Graft.SPREAD else min(count, recipe.near)
    far = np.linspace(begin + near, FULL_POSITIONS - 1, count - near)
    return np.concatenate([np.arange(begin, begin + near), np.round(far)]).astype(np.intp)
