"""What the encoder is shown: utterances and the silence after them, side by side in one of few widths. Pure."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from streams.model.grafting import FULL_POSITIONS
from streams.model.recipe import Recipe, Tail

WIDTH_STEP = 32
"""Windows are encoded in widths of so many frames: the tail is up to 0.16 s longer or shorter for it."""
Frames = NDArray[np.float32]
"""Mel bands by frames of 10 ms."""


def batch_of(frames: Sequence[Frames], recipe: Recipe, mels: int) -> Frames:
    """All in one array, as wide as the longest with its tail."""
    longest = max(frame.shape[1] for frame in frames) + recipe.tail_frames
    width = max(safe_width(longest, mels), longest - recipe.tail_frames)
    batch = np.zeros((len(frames), mels, width), np.float32)
    for row, frame in zip(batch, frames, strict=True):
        lay(row, frame, recipe.tail)
    return batch


def lay(row: Frames, frame: Frames, tail: Tail) -> None:
    """An utterance and the silence after it."""
    row[:] = frame.min() if tail is Tail.OWN_BAND else 0.0
    row[:, : frame.shape[1]] = frame


def safe_width(frames: int, mels: int) -> int:
    """The nearest of few widths, in frames, whose positions CTranslate2 cannot take for mel bands.

    For every width it has not met, oneDNN makes a convolution of its own: 3 ms and half a megabyte that it keeps.
    """
    width = min(max(1, round(frames / WIDTH_STEP)) * WIDTH_STEP, 2 * FULL_POSITIONS)
    return width + 2 if width // 2 == mels else width
