"""What colour a voice has: bright or dark, clear or rough, moving or still. Measured inside the telephone band. Pure.

A strained voice is brighter: its high bands come up against the low ones, and its harmonics stand clearer.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]

LOWEST_HZ, HIGHEST_HZ = 280.0, 3450.0
"""Inside the telephone band, so that a wide-band line measures the same."""
WINDOW_S = 0.032
MEL_BANDS = 16
CEPSTRA = 8
PEAKS_HZ = ((300.0, 1500.0), (1500.0, 3400.0))
BANDS_HZ = ((300.0, 500.0), (500.0, 1000.0), (1000.0, 2000.0), (2000.0, 3400.0))
LOUDEST = 90.0
"""Percentile of the frames' level above which louder frames weigh no more."""
FLOOR = 1e-12
MIN_FRAMES = 8

TIMBRE = (
    "tilt_db",
    "tilt_spread_db",
    "tilt_high_db",
    "mid_tilt_db",
    "high_tilt_db",
    "low_tilt_db",
    "peak_tilt_db",
    "centroid",
    "centroid_spread",
    "flatness",
    *(f"cepstrum_{order}" for order in range(1, CEPSTRA + 1)),
    *(f"cepstrum_spread_{order}" for order in range(CEPSTRA + 1)),
    *(f"cepstrum_motion_{order}" for order in range(CEPSTRA + 1)),
    "clarity_db",
    "clarity_spread_db",
)
"""The figures that `timbre` gives, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frames:
    """Windows of one utterance, one per frame of its pitch track, and their spectra."""

    rate_hz: int
    windows: Floats
    power: Floats
    """Frames by frequencies."""
    hertz: Numbers

    @classmethod
    def cut(cls, samples: NDArray[np.float32], rate_hz: int, count: int, hop_s: float) -> "Frames":
        """`count` windows, the first around the first sample."""
        size = round(WINDOW_S * rate_hz)
        starts = np.round(np.arange(count) * hop_s * rate_hz).astype(np.int64)
        needed = max(len(samples), int(starts[-1]) + size if count else 0)
        padded = np.zeros(needed + size, dtype=np.float32)
        padded[size // 2 : size // 2 + len(samples)] = samples
        windows = sliding_window_view(padded, size)[starts]
        spectra = np.fft.rfft(windows * _hann(size), axis=1)
        power = (spectra.real**2 + spectra.imag**2 + FLOOR).astype(np.float32, copy=False)
        return cls(rate_hz=rate_hz, windows=windows, power=power, hertz=_hertz(size, rate_hz))

    def band(self, band: tuple[float, float]) -> slice:
        """Its frequencies, the upper end left out."""
        first, last = np.searchsorted(self.hertz, band)
        return slice(int(first), int(last))


@cache
def _hann(size: int) -> Floats:
    """A window that sums to 1."""
    shape = np.hanning(size)
    return np.asarray(shape / shape.sum(), dtype=np.float32)


@cache
def _hertz(size: int, rate_hz: int) -> Numbers:
    return np.arange(size // 2 + 1, dtype=np.float64) * (rate_hz / size)


def timbre(frames: Frames, pitch_hz: Numbers, speech: Mask, voiced: Mask) -> tuple[float, ...]:
    """One figure for each of `TIMBRE`; NaN where there is too little to measure."""
    if speech.sum() < MIN_FRAMES:
        return (np.nan,) * len(TIMBRE)
    heard = voiced if voiced.sum() >= MIN_FRAMES else speech
    return (
        *_tilts(frames, heard),
        *_spectrum(frames, heard),
        *_cepstra(frames, speech, heard),
        *_clarity(frames, pitch_hz, voiced),
    )


def _tilts(frames: Frames, rows: Mask) -> tuple[float, ...]:
    """High bands against low ones, in dB, louder frames weighing more."""
    power = frames.power[rows]
    bands = np.stack([power[:, frames.band(each)].sum(axis=1) for each in BANDS_HZ]).astype(np.float64)
    lowest, low, middle, high = 10 * np.log10(bands)
    bottom, top, whole = 10 * np.log10([bands[0] + bands[1], bands[2] + bands[3], bands.sum(axis=0)])
    weight = _weight(whole)
    deep, bright = (10 * np.log10(power[:, frames.band(each)].max(axis=1)) for each in PEAKS_HZ)
    tilt = top - bottom
    return (
        float(tilt @ weight),
        float(tilt.std()),
        *percentiles(tilt, 90),
        float((middle - bottom) @ weight),
        float((high - bottom) @ weight),
        float((low - lowest) @ weight),
        float((deep - bright) @ weight),
    )


def percentiles(values: Numbers, *shares: float) -> list[float]:
    """As numpy's, between the nearest two; for a few hundred values far quicker."""
    ordered = np.sort(values)
    places = np.array(shares) / 100 * (len(ordered) - 1)
    found: list[float] = np.interp(places, np.arange(len(ordered)), ordered).tolist()
    return found


def _weight(level_db: Numbers) -> Numbers:
    (loudest,) = percentiles(level_db, LOUDEST)
    amplitude = 10 ** (np.minimum(level_db, loudest) / 20)
    weight: Numbers = amplitude / amplitude.sum()
    return weight


def _spectrum(frames: Frames, rows: Mask) -> tuple[float, float, float]:
    """Where the middle of the spectrum lies, how much that moves, and how flat the spectrum is."""
    inside = frames.band((LOWEST_HZ, np.nextafter(HIGHEST_HZ, np.inf)))
    share = frames.power[rows, inside]
    share = share / share.sum(axis=1, keepdims=True)
    centre = np.log(share @ frames.hertz[inside])
    flatness = -np.einsum("ij,ij->i", share, np.log(share + np.float32(FLOOR))) / np.log(share.shape[1])
    return float(centre.mean()), float(centre.std()), float(flatness.mean())


def _cepstra(frames: Frames, speech: Mask, heard: Mask) -> tuple[float, ...]:
    """Mean over voiced frames, spread over speech, and mean step from frame to frame."""
    bank, cosines = _mel_bank(frames.rate_hz, len(frames.hertz)), _cosines()
    # the floor is that of a quiet line: digital silence must not look like a wild movement
    cepstra = 10 * np.log10(frames.power @ bank + np.float32(1e-9)) @ cosines
    steps = np.abs(cepstra[1:] - cepstra[:-1])[speech[1:]]
    moving = steps.mean(axis=0) if len(steps) else np.full(CEPSTRA + 1, np.nan)
    return (*cepstra[heard].mean(axis=0)[1:], *cepstra[speech].std(axis=0), *moving)


@cache
def _mel_bank(rate_hz: int, bins: int) -> Floats:
    """Frequencies by triangles of equal width on the mel scale."""
    hertz = np.arange(bins) * rate_hz / (2 * (bins - 1))
    lowest, highest = (2595 * float(np.log10(1 + end / 700)) for end in (LOWEST_HZ, HIGHEST_HZ))
    corners = 700 * (10 ** (np.linspace(lowest, highest, MEL_BANDS + 2) / 2595) - 1)
    left, middle, right = corners[:-2, None], corners[1:-1, None], corners[2:, None]
    rising, falling = (hertz - left) / (middle - left), (right - hertz) / (right - middle)
    return np.ascontiguousarray(np.clip(np.minimum(rising, falling), 0, None).T, dtype=np.float32)


@cache
def _cosines() -> Floats:
    """Bands by orders."""
    places = np.pi / MEL_BANDS * (np.arange(MEL_BANDS) + 0.5)
    return np.asarray(np.sqrt(2 / MEL_BANDS) * np.cos(places[:, None] * np.arange(CEPSTRA + 1)), dtype=np.float32)


def _clarity(frames: Frames, pitch_hz: Numbers, voiced: Mask) -> tuple[float, float]:
    """How far the harmonics stand above the noise, in dB: a breathy or rough voice is less clear."""
    if voiced.sum() < MIN_FRAMES:
        return np.nan, np.nan
    windows = frames.windows[voiced]
    size = windows.shape[1]
    lag = np.clip(np.round(frames.rate_hz / pitch_hz[voiced]).astype(np.int64), 8, size // 2)
    windows = windows - windows.mean(axis=1, keepdims=True)
    padded = np.zeros((len(windows), 2 * size), dtype=np.float32)
    padded[:, :size] = windows
    # at the one lag that matters: much quicker than the whole autocorrelation
    later = sliding_window_view(padded, size, axis=1)[np.arange(len(windows)), lag]
    alike = np.einsum("ij,ij->i", windows, later)
    share = alike / (np.einsum("ij,ij->i", windows, windows) + FLOOR) * size / (size - lag)
    share = np.clip(share, 0.01, 0.99)
    clear = 10 * np.log10(share / (1 - share))
    return float(clear.mean()), float(clear.std())
