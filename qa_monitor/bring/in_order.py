"""Adapter: soxr. A recording read from its start to its end, and brought down where its rate is needlessly high.

Nowhere is a place in the file looked up: decoders of MP3 and Ogg need what came before to get a second right (measured:
0.16 s of wrong sound after each jump). What was read lately may be asked for once more.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import soxr

from qa_monitor.store.port import Blocks

READ_S = 10.0
"""Taken from the file together."""
BACK_S = 2.0
"""What was read this recently is still here; for what is older the file is begun anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that is open."""

    channels: int
    rate_hz: int
    take: Callable[[int], Blocks]
    """The next samples, cut to what there is."""
    restart: Callable[[], None]
    """Go back to the first one."""


class InOrder:
    """Of one file; the same samples come out in whatever pieces they are asked for. For one thread at a time."""

    def __init__(self, source: Source, rate_hz: int) -> None:
        """`rate_hz`: at which it is read."""
        self._source, self._rate_hz = source, rate_hz
        self._begin()

    def read(self, first: int, count: int) -> Blocks:
        """So many samples from this one on, cut to what there is."""
        if first < self._from:
            self._source.restart()
            self._begin()
        while not self._over and self._from + len(self._kept) < first + count:
            self._more()
            self._forget(first - round(BACK_S * self._rate_hz))
        start = first - self._from
        return np.ascontiguousarray(self._kept[start : start + count])

    def _begin(self) -> None:
        rate_hz, channels = self._source.rate_hz, self._source.channels
        lower = rate_hz != self._rate_hz
        self._stream = soxr.ResampleStream(rate_hz, self._rate_hz, channels, dtype="int16") if lower else None
        self._from, self._over = 0, False
        self._kept: Blocks = np.zeros((0, channels), np.int16)

    def _more(self) -> None:
        wanted = round(READ_S * self._source.rate_hz)
        block = self._source.take(wanted)
        self._over = len(block) < wanted
        if self._stream is not None:
            block = self._stream.resample_chunk(block, last=self._over).reshape(-1, self._source.channels)
        self._kept = np.concatenate([self._kept, block])

    def _forget(self, before: int) -> None:
        count = min(len(self._kept), max(0, before - self._from))
        self._kept, self._from = self._kept[count:], self._from + count
