"""An utterance without the silence around it, where no voice activity has cut it out already. Pure."""

import numpy as np

from sentiment.prosody import Floats

FRAME_S = 0.02
BELOW_LOUD_DB = 35.0
"""A frame this far below the loud ones is silence at the ends."""
ABOVE_FLOOR_DB = 6.0
"""So is one hardly above the quietest: a noisy line has no digital silence."""
LOWEST_DB = -60.0
MARGIN_S = 0.1


def spoken_part(samples: Floats, rate_hz: int) -> Floats:
    """From the first sound to the last, with `MARGIN_S` around them; all of it where nothing stands out."""
    size = int(FRAME_S * rate_hz)
    frames = len(samples) // size
    if not frames:
        return samples
    power = np.mean(samples[: frames * size].reshape(frames, size).astype(np.float64) ** 2, axis=1)
    level_db = 10 * np.log10(power + 1e-12)
    quiet, loud = np.percentile(level_db, [5, 95])
    threshold_db = max(loud - BELOW_LOUD_DB, min(quiet + ABOVE_FLOOR_DB, loud - ABOVE_FLOOR_DB), LOWEST_DB)
    heard = np.flatnonzero(level_db >= threshold_db)
    if not len(heard):
        return samples
    margin = int(MARGIN_S * rate_hz)
    return samples[max(0, heard[0] * size - margin) : (heard[-1] + 1) * size + margin]
