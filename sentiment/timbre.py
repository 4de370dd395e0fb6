"""What colour a voice has: bright or dark, clear or rough, moving or still. Measured inside the telephone band. Pure.

A strained voice is brighter: its high bands come up against the low ones, and its harmonics stand clearer.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]

LOWEST_HZ, HIGHEST_HZ = 280.0, 3450.0
"""Inside the telephone band, so that a wide-band line measures the same."""
WINDOW_S = 0.032
MEL_BANDS = 16
CEPSTRA = 8
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
    windows: Numbers
    power: Numbers
    """Frames by frequencies."""
    hertz: Numbers

    @classmethod
    def cut(cls, samples: NDArray[np.float32], rate_hz: int, count: int, hop_s: float) -> "Frames":
        """`count` windows, the first around the first sample."""
        size = round(WINDOW_S * rate_hz)
        starts = np.round(np.arange(count) * hop_s * rate_hz).astype(np.int64)
        needed = max(len(samples), int(starts[-1]) + size if count else 0)
        padded = np.zeros(needed + size)
        padded[size // 2 : size // 2 + len(samples)] = samples
        windows = padded[starts[:, None] + np.arange(size)]
        shape = np.hanning(size)
        spectra = np.fft.rfft(windows * (shape / shape.sum()), axis=1)
        power = spectra.real**2 + spectra.imag**2 + FLOOR
        return cls(rate_hz=rate_hz, windows=windows, power=power, hertz=_hertz(size, rate_hz))

    def band_db(self, band: tuple[float, float], rows: Mask) -> Numbers:
        """Level of a band in the chosen frames."""
        inside = (self.hertz >= band[0]) & (self.hertz < band[1])
        level: Numbers = 10 * np.log10(self.power[np.ix_(rows, inside)].sum(axis=1))
        return level


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
    lowest, low, middle, high = (frames.band_db(band, rows) for band in BANDS_HZ)
    bottom, top = _together(lowest, low), _together(middle, high)
    weight = _weight(_together(bottom, top))
    peaks = _peak_db(frames, (300.0, 1500.0), rows) - _peak_db(frames, (1500.0, 3400.0), rows)
    tilt = top - bottom
    return (
        float(tilt @ weight),
        float(tilt.std()),
        float(np.percentile(tilt, 90)),
        float((middle - bottom) @ weight),
        float((high - bottom) @ weight),
        float((low - lowest) @ weight),
        float(peaks @ weight),
    )


def _together(one_db: Numbers, other_db: Numbers) -> Numbers:
    total: Numbers = 10 * np.log10(10 ** (one_db / 10) + 10 ** (other_db / 10))
    return total


def _weight(level_db: Numbers) -> Numbers:
    amplitude = 10 ** (np.minimum(level_db, np.percentile(level_db, LOUDEST)) / 20)
    weight: Numbers = amplitude / amplitude.sum()
    return weight


def _peak_db(frames: Frames, band: tuple[float, float], rows: Mask) -> Numbers:
    inside = (frames.hertz >= band[0]) & (frames.hertz < band[1])
    peak: Numbers = 10 * np.log10(frames.power[np.ix_(rows, inside)].max(axis=1))
    return peak


def _spectrum(frames: Frames, rows: Mask) -> tuple[float, float, float]:
    """Where the middle of the spectrum lies, how much that moves, and how flat the spectrum is."""
    inside = (frames.hertz >= LOWEST_HZ) & (frames.hertz <= HIGHEST_HZ)
    share = frames.power[np.ix_(rows, inside)]
    share = share / share.sum(axis=1, keepdims=True)
    centre = np.log(share @ frames.hertz[inside])
    flatness = -(share * np.log(share + FLOOR)).sum(axis=1) / np.log(inside.sum())
    return float(centre.mean()), float(centre.std()), float(flatness.mean())


def _cepstra(frames: Frames, speech: Mask, heard: Mask) -> tuple[float, ...]:
    """Mean over voiced frames, spread over speech, and mean step from frame to frame."""
    bank, cosines = _mel_bank(frames.rate_hz, len(frames.hertz)), _cosines()
    # the floor is that of a quiet line: digital silence must not look like a wild movement
    cepstra = 10 * np.log10(frames.power @ bank.T + 1e-9) @ cosines.T
    steps = np.abs(np.diff(cepstra, axis=0))[speech[1:]]
    moving = steps.mean(axis=0) if len(steps) else np.full(CEPSTRA + 1, np.nan)
    return (*cepstra[heard].mean(axis=0)[1:], *cepstra[speech].std(axis=0), *moving)


@cache
def _mel_bank(rate_hz: int, bins: int) -> Numbers:
    """Triangles of equal width on the mel scale."""
    hertz = np.arange(bins) * rate_hz / (2 * (bins - 1))
    lowest, highest = (2595 * float(np.log10(1 + end / 700)) for end in (LOWEST_HZ, HIGHEST_HZ))
    corners = 700 * (10 ** (np.linspace(lowest, highest, MEL_BANDS + 2) / 2595) - 1)
    left, middle, right = corners[:-2, None], corners[1:-1, None], corners[2:, None]
    rising, falling = (hertz - left) / (middle - left), (right - hertz) / (right - middle)
    bank: Numbers = np.clip(np.minimum(rising, falling), 0, None)
    return bank


@cache
def _cosines() -> Numbers:
    places = np.pi / MEL_BANDS * (np.arange(MEL_BANDS) + 0.5)
    found: Numbers = np.sqrt(2 / MEL_BANDS) * np.cos(places * np.arange(CEPSTRA + 1)[:, None])
    return found


def _clarity(frames: Frames, pitch_hz: Numbers, voiced: Mask) -> tuple[float, float]:
    """How far the harmonics stand above the noise, in dB: a breathy or rough voice is less clear."""
    if voiced.sum() < MIN_FRAMES:
        return np.nan, np.nan
    windows = frames.windows[voiced]
    size = windows.shape[1]
    lag = np.clip(np.round(frames.rate_hz / pitch_hz[voiced]).astype(np.int64), 8, size // 2)
    windows = windows - windows.mean(axis=1, keepdims=True)
    # at the one lag that matters: for a hundred windows much quicker than the whole autocorrelation
    alike = np.array([window[:-by] @ window[by:] for window, by in zip(windows, lag.tolist(), strict=True)])
    share = alike / (np.sum(windows**2, axis=1) + FLOOR) * size / (size - lag)
    share = np.clip(share, 0.01, 0.99)
    clear = 10 * np.log10(share / (1 - share))
    return float(clear.mean()), float(clear.std())
