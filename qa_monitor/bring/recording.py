"""Adapter: recordings read bit by bit, through libsndfile: WAV, FLAC, MP3, Ogg and what else it knows."""

from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import soundfile

from qa_monitor.bring.in_order import InOrder, Source
from qa_monitor.bring.records import BringError
from qa_monitor.store.port import Blocks

LOWEST_RATE_HZ = 8_000
HIGHEST_RATE_HZ = 192_000
KEPT_RATE_HZ = 48_000
"""What is recorded at a higher rate is brought down to this one: nobody hears what is lost, and the disk is spared."""
LONGEST_S = 4 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a recording holds."""

    channels: int
    rate_hz: int
    """At which it is read."""
    duration_s: float


class OpenRecording:
    """One file, open. To be used from one thread at a time; close it, or use it as a context."""

    def __init__(self, path: Path) -> None:
        """Raises `BringError` for what is no recording of a call."""
        try:
            self._file = soundfile.SoundFile(path)
        except (soundfile.LibsndfileError, OSError) as error:
            raise BringError(f"found no recording ({error}); allowed: WAV, FLAC, MP3 or Ogg") from error
        channels, rate_hz = self._file.channels, self._file.samplerate
        found = Shape(channels=channels, rate_hz=rate_hz, duration_s=self._file.frames / rate_hz)
        problem = _problem(found)
        if problem is not None:
            self._file.close()
            raise BringError(problem)
        self.shape = replace(found, rate_hz=min(rate_hz, KEPT_RATE_HZ))
        source = Source(channels=channels, rate_hz=rate_hz, take=self._next, restart=self._restart)
        self._in_order = InOrder(source, self.shape.rate_hz)

    def read(self, first: int, count: int) -> Blocks:
        """These samples of all channels, cut to what there is. Raises `BringError` for a file that is cut off."""
        return self._in_order.read(first, count)

    def _next(self, count: int) -> Blocks:
        try:
            found: Blocks = self._file.read(count, dtype="int16", always_2d=True)
        except soundfile.LibsndfileError as error:
            raise BringError(f"the recording cannot be read on from sample {self._file.tell()} ({error})") from error
        return found

    def _restart(self) -> None:
        self._file.seek(0)

    def __enter__(self) -> "OpenRecording":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def _problem(shape: Shape) -> str | None:
    if shape.channels not in (1, 2):
        return f"channels: found {shape.channels}; allowed: 1 or 2"
    if not LOWEST_RATE_HZ <= shape.rate_hz <= HIGHEST_RATE_HZ:
        return f"rate: found {shape.rate_hz} Hz; allowed: {LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ} Hz"
    if not 0.0 < shape.duration_s <= LONGEST_S:
        return f"length: found {shape.duration_s:.1f} s; allowed: more than 0, at most {LONGEST_S:.0f} s"
    return None
