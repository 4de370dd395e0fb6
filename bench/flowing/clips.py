"""Real speech cut to where it begins and ends, without long pauses: what generated calls are made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from bench.transcribing.telephone_prompts import Choice, prompts_of
from streams.records import Language

LINE_HZ = 8_000
LEVEL_DB = -25.0
SHORTEST_S, LONGEST_S = 2.5, 8.0
_FRAME = LINE_HZ // 100
_UNDER_TOP_DB = 25.0
"""Speech begins and ends with frames at most this much quieter than the loudest: what is fainter is breath."""
_PAUSE_UNDER_DB = 28.0
_LONGEST_PAUSE_S = 0.35
Wave = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Voices:
    """Clips of the two speakers of a call."""

    customer: tuple[Wave, ...]
    agent: tuple[Wave, ...]

    def third(self, part: int, *, inside: bool) -> "Voices":
        """Every third clip, or all the others."""
        return Voices(customer=_thirds(self.customer, part, inside), agent=_thirds(self.agent, part, inside))


def voices(data: Path) -> Voices:
    """Agents speak telephone prompts, French and English; customers the ten actors of the emotional database."""
    prompts = [clip for language in Language for clip in prompts_of(language, Choice())]
    agent = [soxr.resample(clip.audio, 16_000, LINE_HZ) for clip in prompts]
    return Voices(customer=tuple(_usable(_actors(data))), agent=tuple(_usable(agent)))


def _actors(data: Path) -> Iterator[Wave]:
    for path in sorted((data / "emodb").glob("*.flac")):
        samples, rate_hz = soundfile.read(path)
        yield soxr.resample(samples, rate_hz, LINE_HZ)


def _usable(clips: Sequence[Wave] | Iterator[Wave]) -> Iterator[Wave]:
    for clip in clips:
        trimmed = _trimmed(np.asarray(clip, np.float64))
        if SHORTEST_S <= len(trimmed) / LINE_HZ <= LONGEST_S and _longest_pause_s(trimmed) <= _LONGEST_PAUSE_S:
            yield trimmed * 10 ** (LEVEL_DB / 20) / np.sqrt(np.mean(np.square(trimmed)))


def _trimmed(clip: Wave) -> Wave:
    levels = _levels_db(clip)
    loud = np.flatnonzero(levels > levels.max() - _UNDER_TOP_DB)
    return clip[loud[0] * _FRAME : (loud[-1] + 1) * _FRAME]


def _longest_pause_s(clip: Wave) -> float:
    levels = _levels_db(clip)
    longest = current = 0
    for level in levels:
        current = current + 1 if level < levels.max() - _PAUSE_UNDER_DB else 0
        longest = max(longest, current)
    return longest * _FRAME / LINE_HZ


def _levels_db(clip: Wave) -> Wave:
    frames = clip[: len(clip) // _FRAME * _FRAME].reshape(-1, _FRAME)
    levels: Wave = 10 * np.log10(np.maximum(np.mean(np.square(frames), axis=1), 1e-12))
    return levels


def _thirds(clips: tuple[Wave, ...], part: int, inside: bool) -> tuple[Wave, ...]:
    return tuple(clip for number, clip in enumerate(clips) if (number % 3 == part) is inside)
