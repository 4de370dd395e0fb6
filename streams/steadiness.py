"""How much of a sound lies in lines that keep their pitch: much of music and tones, next to nothing of speech. Pure.

A voice glides: even a drawn-out vowel changes its pitch by more than half a percent within a tenth of a second, and
its overtones by as many hertz more. Notes stay where they are for as long as they sound.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from streams.vad import CHUNK, RATE_HZ

WINDOW = 4 * CHUNK
"""Samples that are looked at together: 0.128 s, lines 7.8 Hz apart."""
HELD_STEPS = 5
"""So many steps in a row, 0.16 s, a line must keep its pitch to count."""
FAINT_DB = -50.0
"""Quieter windows are not looked into."""
_LOW, _HIGH = 25, 436
"""The band between 195 and 3,400 Hz, in lines: what every telephone carries."""
_AROUND = 10
_ABOVE_AROUND = 3.0
"""A peak has so many times the power of the lines around it …"""
_BELOW_TOP = 1e-3
"""… and lies at most 30 dB under the strongest."""
_DRIFT, _DRIFT_LINES = 0.004, 0.3
"""A line keeps its pitch while it stays within this share of it, and within so many lines."""
_SETTLES = 0.1
_FULL = float(WINDOW) ** 2 / 16
"""Power of the loudest sine in one window, by its spectrum."""

Floats = NDArray[np.float32]


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
        self._held = np.zeros(_HIGH - _LOW + 2, np.int32)
        """For every line, how many steps it has kept its pitch, with room at both ends."""
        self._pitch = np.zeros(_HIGH - _LOW + 2)
        """What that pitch is, in lines."""

    def feed(self, steps: Floats) -> list[Moment]:
        """One moment for each step of 512 samples; `steps` are laid end to end."""
        audio = np.concatenate([self._past, steps])
        self._past = audio[len(audio) - len(self._past) :].copy()  # a part of it would keep all of it
        views = np.lib.stride_tricks.sliding_window_view(audio, WINDOW)[::CHUNK]
        power = np.square(views).mean(axis=1)
        loud = 10 * np.log10(np.maximum(power, 1e-12)) > FAINT_DB
        if not loud.any():
            self._held[:] = 0
            return [SILENT] * len(views)
        found = iter(self._looked_into(views[loud], loud))
        return [next(found) if one else SILENT for one in loud]

    def _looked_into(self, views: Floats, loud: NDArray[np.bool_]) -> list[Moment]:
        spectra = np.square(np.abs(np.fft.rfft(views * _shape(), axis=1))) + np.float32(1e-9)
        peaks, pitches = _peaks(spectra[:, _LOW - 1 - _AROUND : _HIGH + 1 + _AROUND])
        band = spectra[:, _LOW:_HIGH]
        whole = band.sum(axis=1)
        moments, row = [], 0
        for is_loud in loud.tolist():
            if not is_loud:
                self._held[:] = 0
                continue
            places = np.flatnonzero(peaks[row])
            kept = places[self._hold(places, pitches[row, places]) >= HELD_STEPS]
            around = spectra[row, kept + _LOW - 1] + spectra[row, kept + _LOW + 1]
            moments.append(_moment(band[row, kept] + around, kept + pitches[row, kept], float(whole[row])))
            row += 1
        return moments

    def _hold(self, places: NDArray[np.intp], offsets: Floats) -> NDArray[np.int32]:
        """For how many steps each of these peaks has kept its pitch."""
        pitch = places + offsets
        nearest = np.full(len(places), np.inf)
        before = np.zeros(len(places), np.int32)
        was = pitch.copy()
        for shift in (0, 1, 2):
            known = places + shift
            away = np.where(self._held[known] > 0, np.abs(self._pitch[known] - pitch), np.inf)
            nearer = away < nearest
            nearest = np.where(nearer, away, nearest)
            before = np.where(nearer, self._held[known], before)
            was = np.where(nearer, self._pitch[known], was)
        keeps = nearest <= np.minimum(_DRIFT_LINES, _DRIFT * (places + _LOW))
        held: NDArray[np.int32] = np.where(keeps, before + 1, 1).astype(np.int32)
        self._held[:] = 0
        self._held[places + 1] = held
        self._pitch[places + 1] = np.where(keeps, was + _SETTLES * (pitch - was), pitch)
        return held


@cache
def _shape() -> Floats:
    """How much each sample of a window weighs."""
    return np.asarray(np.hanning(WINDOW + 1)[:-1], np.float32)


def _peaks(spectra: Floats) -> tuple[NDArray[np.bool_], Floats]:
    """Which lines of the band stand out, and how far the peak lies from the line, in lines."""
    sums = np.cumsum(np.pad(spectra, ((0, 0), (1, 0))), axis=1, dtype=np.float64)
    width = 2 * _AROUND + 1
    around = (sums[:, width:] - sums[:, :-width])[:, 1:-1] / width
    logs = np.log(spectra[:, _AROUND : len(spectra[0]) - _AROUND])
    left, middle, right = logs[:, :-2], logs[:, 1:-1], logs[:, 2:]
    band = spectra[:, _AROUND + 1 : len(spectra[0]) - _AROUND - 1]
    stands_out = (band > _ABOVE_AROUND * around) & (band > _BELOW_TOP * band.max(axis=1, keepdims=True))
    peaks = (middle > left) & (middle >= right) & stands_out
    bend = left - 2 * middle + right
    offsets = np.where(peaks, 0.5 * (left - right) / np.where(peaks, bend, 1), 0)
    return peaks, offsets.astype(np.float32)


def _moment(powers: Floats, pitches: Floats, whole: float) -> Moment:
    order = np.argsort(powers)[::-1][:2]
    strongest = [(float(pitches[one]) + _LOW) * RATE_HZ / WINDOW for one in order]
    return Moment(
        level_db=10 * float(np.log10(max(whole / _FULL, 1e-12))),
        steady=min(1.0, float(powers.sum()) / whole),
        pure=min(1.0, float(powers[order].sum()) / whole),
        pitches_hz=(strongest[0] if strongest else 0.0, strongest[1] if len(strongest) > 1 else 0.0),
    )
