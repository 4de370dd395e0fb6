"""How much of an utterance reached the end of the scale: there it lost the movement that a feeling is told by. Pure."""

import numpy as np

from sentiment.prosody import Floats

FULL_FROM = 0.9
"""Of full scale. Cut-off waves that were resampled no longer end where they were cut."""


def clipped_share(samples: Floats) -> float:
    """Share of samples (-1 to 1) at the end of the scale; 0 where there is none."""
    return float(np.mean(np.abs(samples) >= FULL_FROM)) if len(samples) else 0.0
