"""Adapter: a recording of one speaker, at any rate and depth, to mono samples at 16 kHz; by libsndfile and soxr."""

from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from sentiment.prosody import Floats
from streams.samples.codec import Encoding, decode, encode
from streams.samples.resample import SPEECH_RATE_HZ

TELEPHONE_HZ = 8000
HIGHEST_RATE_HZ = 192_000
ALIKE = 0.95
"""Channels that correlate so much carry one voice, by two microphones or with some effect."""
SILENT = 1e-3
"""A channel this far below the loudest carries nothing."""


class OneVoiceError(Exception):
    """A file cannot be taken for the voice of one speaker."""

    def __init__(self, path: Path, found: str) -> None:
        self.path, self.found = path, found
        super().__init__(path, found)

    def __str__(self) -> str:
        return f"{self.path}: {self.found}"


def one_voice(path: Path, *, telephone: bool) -> Floats:
    """16 kHz mono, -1 to 1; nothing where the file is empty. `telephone`: passed through 8 kHz G.711 first.

    Raises OneVoiceError where the file is not audio, or holds more than one voice.
    """
    sides, rate_hz = _read(path)
    if not np.isfinite(sides).all():
        raise OneVoiceError(path, "some samples are not numbers")
    samples = _only_voice(path, sides)
    if not len(samples):
        return samples.astype(np.float32)
    samples = samples - samples.mean()  # what a bad sound card adds to everything, and no telephone carries
    samples /= max(1.0, float(np.abs(samples).max()))  # a float file may go beyond full scale
    if telephone:
        narrow = np.round(32767 * soxr.resample(samples, rate_hz, TELEPHONE_HZ))
        coded = encode(np.clip(narrow, -32768, 32767).astype(np.int16), Encoding.MULAW)
        samples, rate_hz = decode(coded, Encoding.MULAW) / 32768, TELEPHONE_HZ
    wide = samples if rate_hz == SPEECH_RATE_HZ else soxr.resample(samples, rate_hz, SPEECH_RATE_HZ)
    return wide.astype(np.float32)


def _read(path: Path) -> tuple[NDArray[np.float64], int]:
    if not path.is_file():
        raise OneVoiceError(path, "no such file")
    try:
        # as float: whole numbers would be read from a float file as they stand, that is as silence
        sides, rate_hz = soundfile.read(path, dtype="float64", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        raise OneVoiceError(path, f"not readable as audio ({error})") from error
    if not TELEPHONE_HZ <= rate_hz <= HIGHEST_RATE_HZ:
        raise OneVoiceError(path, f"{rate_hz} Hz, where {TELEPHONE_HZ} to {HIGHEST_RATE_HZ} Hz can be judged")
    return sides, int(rate_hz)


def _only_voice(path: Path, sides: NDArray[np.float64]) -> NDArray[np.float64]:
    """The channels that carry anything, as one. Raises OneVoiceError where they differ."""
    if not len(sides):
        return np.zeros(0)
    loud = sides.std(axis=0)
    heard = sides[:, loud > SILENT * loud.max()]
    if not heard.shape[1]:
        return sides[:, 0]
    for other in heard.T[1:]:
        if np.corrcoef(heard[:, 0], other)[0, 1] < ALIKE:
            raise OneVoiceError(path, "different channels, and nobody can tell whose voice is to be judged")
    mixed: NDArray[np.float64] = heard.mean(axis=1)
    return mixed
