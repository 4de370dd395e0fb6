"""How much of a sound lies in lines that keep their pitch: much of music and tones, next to nothing of speech. Pure.

A voice glides: even a drawn-out vowel changes its pitch by more than half a percent within a tenth of a second, and
its overtones by as many hertz more. Notes stay where they are for as long as they sound.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log10

import numpy as np
from numpy.typing import NDArray

from streams.activity.vad import CHUNK, RATE_HZ

WINDOW = 4 * CHUNK
"""Samples that are looked at together: 0.128 s, lines 7.8 Hz apart."""
HELD_STEPS = 5
"""So many steps in a row, 0.16 s, a line must keep its pitch to count."""
FAINT_DB = -50.0
"""Quieter windows are not looked into."""
_LOW, _HIGH = 25, 436
"""The band between 195 and 3,400 Hz, in lines: what every telephone carries."""
_AROUND = 10
_EDGE = _AROUND + 1
"""So many lines are needed at both ends of the band."""
_ABOVE_AROUND = 3.0
"""A peak has so many times the power of the lines around it …"""
_BELOW_TOP = 1e-3
"""… and lies at most 30 dB under the strongest."""
_DRIFT, _DRIFT_LINES = 0.004, 0.3
"""A line keeps its pitch while it stays within this share of it, and within so many lines."""
_SETTLES = 0.1
_FULL = float(WINDOW) ** 2 / 16
"""Power of the loudest sine in one window, by its spectrum."""

_BESIDE = np.array([[-1], [0], [1]])
_AT_ONCE = 8
"""Windows of one transform. Results of 128 KiB or more are given back to the machine and fetched again every time:
that costs three times what the transform does."""
_NONE = (0.0, 0.0)

Floats = NDArray[np.float32]
Peaks = list[tuple[int, float, float]]
"""Of each peak the line it is in, its pitch in lines, and its power."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One step of 32 ms and the 96 ms before it."""

    level_db: float
    """Of the telephone band, below the loudest sine."""
    steady: float
    """Share of the power in lines that keep their pitch, 0 to 1."""
    pure: float
    """Share of the power in the two strongest of these lines."""
    pitches_hz: tuple[float, float]
    """The strongest and the second of them; 0 where there is none."""


SILENT = Moment(level_db=-120.0, steady=0.0, pure=0.0, pitches_hz=(0.0, 0.0))


class SteadyLines:
    """Told every step of one channel at 16 kHz, in order. Private to it."""

    def __init__(self) -> None:
        self._past = np.zeros(WINDOW - CHUNK, np.float32)
        self._held: dict[int, tuple[int, float]] = {}
        """The peaks of the last step by their line: how many steps they have kept their pitch, and what it is."""

    def feed(self, steps: Floats) -> list[Moment]:
        """One moment for each step of 512 samples; `steps` are laid end to end."""
        audio = np.concatenate([self._past, steps])
        self._past = audio[len(audio) - len(self._past) :].copy()  # a part of it would keep all of it
        loud = _loud(audio)
        looked_into = _looked_into(audio, np.flatnonzero(loud))
        return [self._moment(*next(looked_into)) if one else self._silent() for one in loud.tolist()]

    def _silent(self) -> Moment:
        self._held = {}
        return SILENT

    def _moment(self, peaks: Peaks, whole: float) -> Moment:
        level_db = 10 * log10(max(whole / _FULL, 1e-12))
        kept = sorted(self._hold(peaks), reverse=True)
        if not kept:
            return Moment(level_db=level_db, steady=0.0, pure=0.0, pitches_hz=(0.0, 0.0))
        first, second = [*kept, _NONE][:2]
        return Moment(
            level_db=level_db,
            steady=min(1.0, sum(power for power, _ in kept) / whole),
            pure=min(1.0, (first[0] + second[0]) / whole),
            pitches_hz=(first[1] * RATE_HZ / WINDOW, second[1] * RATE_HZ / WINDOW),
        )

    def _hold(self, peaks: Peaks) -> list[tuple[float, float]]:
        """Power and pitch of those that have kept it for long enough. A few numbers: arrays would cost more."""
        before, self._held, kept = self._held, {}, []
        for line, pitch, power in peaks:
            nearest, steps, was = min(_DRIFT_LINES, _DRIFT * line), 0, pitch
            for known in (line - 1, line, line + 1):
                if known in before and abs(before[known][1] - pitch) <= nearest:
                    steps, was = before[known]
                    nearest = abs(was - pitch)
            self._held[line] = steps + 1, was + _SETTLES * (pitch - was)
            if steps + 1 >= HELD_STEPS:
                kept.append((power, pitch))
        return kept


@cache
def _shape() -> Floats:
    """How much each sample of a window weighs."""
    return np.asarray(np.hanning(WINDOW + 1)[:-1], np.float32)


def _loud(audio: Floats) -> NDArray[np.bool_]:
    """Which windows are worth looking into."""
    steps = audio.reshape(-1, CHUNK)
    powers = np.einsum("ij,ij->i", steps, steps)
    within = np.lib.stride_tricks.sliding_window_view(powers, WINDOW // CHUNK).sum(axis=1)
    loud: NDArray[np.bool_] = within > WINDOW * 10 ** (FAINT_DB / 10)
    return loud


def _looked_into(audio: Floats, rows: NDArray[np.intp]) -> Iterator[tuple[Peaks, float]]:
    """The peaks of these windows, and the power of the whole band."""
    views = np.lib.stride_tricks.sliding_window_view(audio, WINDOW)[::CHUNK]
    for start in range(0, len(rows), _AT_ONCE):
        windows = views[rows[start : start + _AT_ONCE]] * _shape()
        spectra = np.square(np.abs(np.fft.rfft(windows, axis=1)[:, _LOW - _EDGE : _HIGH + _EDGE])) + np.float32(1e-9)
        yield from zip(_peaks(spectra), spectra[:, _EDGE:-_EDGE].sum(axis=1).tolist(), strict=True)


def _peaks(spectra: Floats) -> list[Peaks]:
    """The lines of each row that stand out."""
    # one behind the other and not row by row: an index each, and sums that only matter by their differences
    count, width = spectra.shape
    powers, sums = spectra.ravel(), np.cumsum(spectra, dtype=np.float64)
    least = (_BELOW_TOP * spectra[:, _EDGE:-_EDGE].max(axis=1)).repeat(width)[1:-1]
    band = powers[1:-1]
    tops = np.flatnonzero((band > powers[:-2]) & (band >= powers[2:]) & (band > least)) + 1
    tops = tops[(tops % width >= _EDGE) & (tops % width < width - _EDGE)]
    around = (sums[tops + _AROUND] - sums[tops - _EDGE]) / (2 * _AROUND + 1)
    tops = tops[powers[tops] > _ABOVE_AROUND * around]
    three = powers[tops + _BESIDE]
    logs = np.log(three)
    lines = tops % width + (_LOW - _EDGE)
    pitches = lines + 0.5 * (logs[0] - logs[2]) / (logs[0] - 2 * logs[1] + logs[2])
    found = list(zip(lines.tolist(), pitches.tolist(), three.sum(axis=0).tolist(), strict=True))
    ends = np.searchsorted(tops, np.arange(count + 1) * width).tolist()
    return [found[start:end] for start, end in pairwise(ends)]
