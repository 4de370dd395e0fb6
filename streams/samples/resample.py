"""Adapter: one stateful resampler per channel, through soxr. Packet by packet without state would click.

And whole stretches at another pace.
"""

import numpy as np
import soxr
from numpy.typing import NDArray

from streams.records import Audio, Samples

SPEECH_RATE_HZ = 16_000


class Resampler:
    """Telephone samples of one channel to float32 at 16 kHz, -1 to 1. Private to the channel."""

    def __init__(self, rate_hz: int) -> None:
        self._stream = soxr.ResampleStream(rate_hz, SPEECH_RATE_HZ, 1, dtype="float32", quality="MQ")

    def feed(self, samples: Samples, *, last: bool = False) -> NDArray[np.float32]:
        """What can be given out by now; a few milliseconds stay inside until more comes, or until `last`."""
        out: NDArray[np.float32] = self._stream.resample_chunk(samples.astype(np.float32) / 32768, last=last)
        return out


def slower(audio: Audio, factor: float) -> Audio:
    """The same so many times as long, and so many times as low, as a tape at a slower speed."""
    stretched: Audio = soxr.resample(audio, SPEECH_RATE_HZ, SPEECH_RATE_HZ * factor, quality="MQ").astype(np.float32)
    return stretched
