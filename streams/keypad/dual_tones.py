"""How far a sound is two tones of a telephone's keypad (ITU-T Q.23), window by window. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

LINE_HZ = 8_000
"""Nothing of a key lies above half of this: what has a higher rate is averaged down to it."""
WINDOW_S = 0.024
HOP_S = 0.008
LOW_HZ, HIGH_HZ = (697.0, 770.0, 852.0, 941.0), (1209.0, 1336.0, 1477.0, 1633.0)
_LOW_BAND_HZ, _HIGH_BAND_HZ = (640.0, 1000.0), (1140.0, 1720.0)
"""Where the stronger tone of each group is looked for: a little beyond what is taken for a key."""
_BAND_HZ = (220.0, 3600.0)
"""What a telephone carries; hum below it counts for nothing."""
_LOBE = 2
"""A tone's energy lies in the strongest bin of the spectrum and so many on either side."""
LEAST_SHARE = 0.35
"""With less in the two tones, nobody asks for a third."""
FAINT_RMS = 10.0
"""Of samples of 16 bits, -70 dB: nothing softer is a key."""

Floats = NDArray[np.float32]
Indexes = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Windows:
    """One value per window in each field."""

    share: Floats
    """Of the energy that a telephone carries, what the strongest low and the strongest high tone have; 0 if faint."""
    other: Floats
    """The same of the strongest third: a voice has one, at another harmonic. 1 where the two tones have little."""
    low_hz: Floats
    high_hz: Floats
    off: Floats
    """How far the worse of both is from the nearest tone of a key, relative to that."""
    twist_db: Floats
    """How much stronger the high tone is than the low."""
    key: Indexes
    """Number of the nearest key, row by row: for comparing neighbours, never to be kept."""

    @property
    def has_fourth_column(self) -> Flags:
        """It would be one of A to D, which no telephone at home has."""
        return np.equal(self.key % len(HIGH_HZ), len(HIGH_HZ) - 1)


class Spectrum:
    """Measures windows of one rate. Holds no sound: may be shared."""

    def __init__(self, rate_hz: int) -> None:
        self.every = max(1, rate_hz // LINE_HZ)
        """So many samples are averaged to one."""
        own_hz = rate_hz / self.every
        self.window, self.hop = round(WINDOW_S * own_hz), round(HOP_S * own_hz)
        """Samples of it, after averaging."""
        self._size = 1 << (self.window - 1).bit_length()
        self._bin_hz = own_hz / self._size
        self._shape = np.hanning(self.window + 1)[: self.window].astype(np.float32)
        self._faint = np.float32(FAINT_RMS**2 * self._size / 2 * np.sum(self._shape**2))

    def count(self, samples: int) -> int:
        """How many whole windows there are in so many."""
        return max(0, (samples - self.window) // self.hop + 1)

    def windows(self, audio: Floats) -> Windows:
        """All whole windows of `audio`, which is averaged already, each a hop after the one before."""
        shape, strides = (self.count(len(audio)), self.window), (self.hop * audio.itemsize, audio.itemsize)
        cut = np.lib.stride_tricks.as_strided(audio, shape, strides, writeable=False)
        spectrum = np.fft.rfft(cut * self._shape, self._size, axis=1).astype(np.complex64, copy=False)
        first, last = self._bins(_BAND_HZ)
        power: Floats = spectrum.real[:, : last + _LOBE] ** 2 + spectrum.imag[:, : last + _LOBE] ** 2
        whole: Floats = power[:, first:last].sum(axis=1)
        low, high = (_Peak.of(power, *self._bins(band)) for band in (_LOW_BAND_HZ, _HIGH_BAND_HZ))
        both = np.where(whole > self._faint, low.energy + high.energy, 0)
        share: Floats = (both / np.maximum(whole, self._faint)).astype(np.float32, copy=False)
        low_hz, high_hz = low.hz(self._bin_hz), high.hz(self._bin_hz)
        row, low_off = _nearest(low_hz, LOW_HZ)
        column, high_off = _nearest(high_hz, HIGH_HZ)
        return Windows(
            share=share,
            other=_others(power[:, first:last], whole, [peak.bins - first for peak in (low, high)], share),
            low_hz=low_hz,
            high_hz=high_hz,
            off=np.maximum(low_off, high_off),
            twist_db=10 * np.log10(np.maximum(high.energy, 1e-3) / np.maximum(low.energy, 1e-3)),
            key=row * len(HIGH_HZ) + column,
        )

    def _bins(self, band_hz: tuple[float, float]) -> tuple[int, int]:
        return int(band_hz[0] / self._bin_hz), int(np.ceil(band_hz[1] / self._bin_hz)) + 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Peak:
    bins: Indexes
    """The strongest."""
    place: Floats
    """In bins, and parts of one."""
    energy: Floats

    def hz(self, bin_hz: float) -> Floats:
        """The pitch."""
        return self.place * np.float32(bin_hz)

    @classmethod
    def of(cls, power: Floats, first: int, last: int) -> Self:
        """The strongest bin of a band, per window."""
        strongest = power[:, first:last].argmax(axis=1) + first
        lobe = power[np.arange(len(power))[:, None], strongest[:, None] + np.arange(-_LOBE, _LOBE + 1)]
        before, own, after = np.log(lobe[:, _LOBE - 1 : _LOBE + 2] + 1e-3).T
        beside = 0.5 * (before - after) / np.minimum(before - 2 * own + after, -1e-6)
        place = (strongest + np.clip(beside, -0.6, 0.6)).astype(np.float32)
        return cls(bins=strongest, place=place, energy=lobe.sum(axis=1))


def _others(power: Floats, whole: Floats, tones: Sequence[Indexes], share: Floats) -> Floats:
    """Per window, how much of its energy the strongest tone besides these has."""
    found = np.ones(len(whole), np.float32)
    asked = np.flatnonzero(share > LEAST_SHARE)
    if len(asked):
        rest, rows = power[asked], np.arange(len(asked))[:, None]
        for strongest in tones:
            rest[rows, strongest[asked][:, None] + np.arange(-_LOBE - 1, _LOBE + 2)] = 0
        third = np.clip(rest.argmax(axis=1), _LOBE, rest.shape[1] - _LOBE - 1)
        found[asked] = rest[rows, third[:, None] + np.arange(-_LOBE, _LOBE + 1)].sum(axis=1) / whole[asked]
    return found


def _nearest(found_hz: Floats, tones_hz: tuple[float, ...]) -> tuple[Indexes, Floats]:
    """Per window the nearest tone, and how far it is from it."""
    tones = np.asarray(tones_hz, np.float32)
    nearest = np.searchsorted((tones[1:] + tones[:-1]) / 2, found_hz)
    return nearest, np.abs(found_hz / tones[nearest] - 1)
