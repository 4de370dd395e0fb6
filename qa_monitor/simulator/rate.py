"""Adapter: whole recordings to another sample rate, through soxr."""

import numpy as np
import soxr

from streams.records import Samples


def to_rate(samples: Samples, from_hz: int, to_hz: int) -> Samples:
    """The same sound at another rate, a row per moment; read-only."""
    if from_hz == to_hz:
        return samples
    changed: Samples = np.asarray(soxr.resample(samples, from_hz, to_hz), np.int16)
    changed.flags.writeable = False
    return changed
