"""Adapter: audio files, through libsndfile."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from streams.records import Samples

LOWEST_RATE_HZ = 8_000
HIGHEST_RATE_HZ = 48_000
ALLOWED = f"WAV or FLAC with one or two channels, {LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ} Hz"


class RecordingError(Exception):
    """A file cannot be played."""

    def __init__(self, path: Path, found: str) -> None:
        self.path = path
        self.found = found
        super().__init__(path, found)

    def __str__(self) -> str:
        return f"{self.path}: {self.found}; allowed: {ALLOWED}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recording:
    """What a file holds: a row per moment, a column per channel, read-only."""

    samples: Samples
    rate_hz: int


def read_recording(path: Path) -> Recording:
    """Read a whole file. Raises `RecordingError` naming the file and what is allowed."""
    if not path.is_file():
        raise RecordingError(path, "no such file")
    try:
        samples, rate_hz = soundfile.read(path, dtype="int16", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        raise RecordingError(path, f"not readable as audio ({error})") from error
    if not 1 <= samples.shape[1] <= 2:
        raise RecordingError(path, f"{samples.shape[1]} channels")
    if not LOWEST_RATE_HZ <= rate_hz <= HIGHEST_RATE_HZ:
        raise RecordingError(path, f"{rate_hz} Hz")
    if not len(samples):
        raise RecordingError(path, "no audio")
    kept: Samples = np.ascontiguousarray(samples, np.int16)
    kept.flags.writeable = False
    return Recording(samples=kept, rate_hz=int(rate_hz))
