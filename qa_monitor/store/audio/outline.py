"""The outline of audio, computed as it comes: lowest and highest of each 1/50 s per channel. Pure."""

import numpy as np
from numpy.typing import NDArray

PER_SECOND = 50

Slices = NDArray[np.int8]
"""Shape (slices, channels, 2): lowest and highest, -128 to 127."""


class Outline:
    """Feed it the samples of one call in order; it gives each slice once, when the slice is full."""

    def __init__(self, channels: int, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._slices = 0
        """Given so far."""
        self._rest: NDArray[np.int16] = np.zeros((0, channels), dtype=np.int16)
        """Samples of the slice that is not full yet."""

    def feed(self, block: NDArray[np.int16]) -> Slices:
        """The slices that these samples, of shape (samples, channels), complete."""
        samples = np.concatenate([self._rest, block])
        begin = self._start_of(self._slices)
        complete = (begin + len(samples)) * PER_SECOND // self._rate_hz - self._slices
        starts = [self._start_of(self._slices + number) - begin for number in range(complete + 1)]
        self._rest = samples[starts[-1] :].copy()
        self._slices += complete
        return extremes(samples[: starts[-1]], starts[:-1])

    def finish(self) -> Slices:
        """The last slice, short as it is."""
        rest, self._rest = self._rest, self._rest[:0]
        return extremes(rest, [0] if len(rest) else [])

    def _start_of(self, number: int) -> int:
        """First sample of a slice, rounded up: rates need not be multiples of 50."""
        return -(-number * self._rate_hz // PER_SECOND)


def extremes(samples: NDArray[np.int16], starts: list[int]) -> Slices:
    """Lowest and highest from each start to the next."""
    if not starts:
        return np.zeros((0, samples.shape[1], 2), dtype=np.int8)
    lowest = np.minimum.reduceat(samples, starts, axis=0)
    highest = np.maximum.reduceat(samples, starts, axis=0)
    return (np.stack([lowest, highest], axis=2) >> 8).astype(np.int8)
