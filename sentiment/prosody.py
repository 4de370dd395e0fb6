"""Samples and their pitch track to what the voice did: pitch, level, colour, rhythm. Pure.

Nothing here is fit to tell one person from another, and nothing is kept.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from streams.records import Embedding

Floats = NDArray[np.float32]

FEATURES = (
    "pitch_st",
    "pitch_high_st",
    "pitch_range_st",
    "pitch_motion_st",
    "level_db",
    "level_spread_db",
    "tilt_db",
    "high_tilt_db",
    "voiced_share",
    "speech_share",
    "rhythm_hz",
    "voiced_run_s",
)
"""What the classifier sees of the prosody, in this order. NaN where it could not be measured."""

LOWEST_PITCH_HZ, HIGHEST_PITCH_HZ = 60.0, 550.0
REFERENCE_HZ = 100.0
"""Pitches are semitones above this."""
SPEECH_RANGE_DB = 28.0
"""A frame this far below the loud ones is a pause."""
SPEECH_FLOOR_DB = -65.0
ANALYSED_S = 6.0
"""Longer utterances are judged by their last seconds: the cost is bounded, and emotion builds up."""
MIN_VOICED_FRAMES = 8
SYLLABLE_DIP_DB = 2.0
LOW_BAND_HZ, MIDDLE_BAND_HZ, HIGH_BAND_HZ = (300.0, 1000.0), (1000.0, 3400.0), (2000.0, 3400.0)
"""Inside the telephone band, so that a wide-band line measures the same."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PitchTrack:
    """Pitch and level, one value per hop of `hop_s`."""

    hop_s: float
    pitch_hz: NDArray[np.float64]
    voicing: NDArray[np.float64]
    """0 to 1; voiced from 0.5."""
    level_db: NDArray[np.float64]
    """dB relative to full scale."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VoiceMeasures:
    """One utterance measured, not yet compared with anything."""

    features: Floats
    """In the order of `FEATURES`."""
    voiced_s: float
    speech_s: float

    def value(self, name: str) -> float | None:
        """One feature by name, or none where it could not be measured."""
        found = float(self.features[FEATURES.index(name)])
        return None if np.isnan(found) else found

    @property
    def pitch_hz(self) -> float | None:
        """Median pitch."""
        semitones = self.value("pitch_st")
        return None if semitones is None else REFERENCE_HZ * 2 ** (semitones / 12)


def feature_row(measures: VoiceMeasures, embedding: Embedding) -> Floats:
    """All that the classifier is shown of one utterance: prosody first, then mean and deviation of the states."""
    return np.concatenate([measures.features, embedding.mean, embedding.deviation]).astype(np.float32)


def analysed(samples: Floats, rate_hz: int) -> Floats:
    """The part of an utterance that is measured: all of it, or its last seconds."""
    return samples[-int(ANALYSED_S * rate_hz) :]


def measure(samples: Floats, rate_hz: int, track: PitchTrack) -> VoiceMeasures:
    """Measure one utterance. `samples` are mono, -1 to 1, the very ones `track` was made from."""
    speech = track.level_db >= max(float(np.percentile(track.level_db, 95)) - SPEECH_RANGE_DB, SPEECH_FLOOR_DB)
    in_range = (track.pitch_hz >= LOWEST_PITCH_HZ) & (track.pitch_hz <= HIGHEST_PITCH_HZ)
    voiced = speech & in_range & (track.voicing >= 0.5)
    values = (
        *_pitch(track.pitch_hz, voiced),
        *_level(track.level_db, speech),
        *_colour(samples, rate_hz),
        *_rhythm(track, speech, voiced),
    )
    return VoiceMeasures(
        features=np.array(values, dtype=np.float32),
        voiced_s=float(voiced.sum()) * track.hop_s,
        speech_s=float(speech.sum()) * track.hop_s,
    )


def _pitch(pitch_hz: NDArray[np.float64], voiced: NDArray[np.bool_]) -> tuple[float, float, float, float]:
    """Median, 90th percentile, range and median step from frame to frame, in semitones."""
    if voiced.sum() < MIN_VOICED_FRAMES:
        return (np.nan,) * 4
    semitones = 12 * np.log2(pitch_hz[voiced] / REFERENCE_HZ)
    low, middle, high = np.percentile(semitones, [10, 50, 90])
    neighbours = np.diff(np.flatnonzero(voiced)) == 1
    steps = np.abs(np.diff(semitones))[neighbours]
    return float(middle), float(high), float(high - low), float(np.median(steps)) if len(steps) else np.nan


def _level(level_db: NDArray[np.float64], speech: NDArray[np.bool_]) -> tuple[float, float]:
    """Mean power over speech, and how much it moves, in dB."""
    if not speech.any():
        return np.nan, np.nan
    loud = level_db[speech]
    return 10 * float(np.log10(np.mean(10 ** (loud / 10)))), float(loud.std())


def _colour(samples: Floats, rate_hz: int) -> tuple[float, float]:
    """How bright the voice is: middle and high bands against the low one, in dB. A strained voice is brighter."""
    window = int(0.032 * rate_hz)
    frames = len(samples) // window
    if frames < MIN_VOICED_FRAMES:
        return np.nan, np.nan
    shaped = samples[: frames * window].reshape(frames, window) * np.hanning(window).astype(np.float32)
    power = (np.abs(np.fft.rfft(shaped, axis=1)) ** 2).sum(axis=0)
    hertz = np.fft.rfftfreq(window, 1 / rate_hz).astype(np.float64)
    low, middle, high = (_band(power, hertz, band) for band in (LOW_BAND_HZ, MIDDLE_BAND_HZ, HIGH_BAND_HZ))
    if low <= 0 or middle <= 0 or high <= 0:
        return np.nan, np.nan
    return 10 * float(np.log10(middle / low)), 10 * float(np.log10(high / low))


def _band(power: NDArray[np.float64], hertz: NDArray[np.float64], band: tuple[float, float]) -> float:
    return float(power[(hertz >= band[0]) & (hertz < band[1])].sum())


def _rhythm(
    track: PitchTrack, speech: NDArray[np.bool_], voiced: NDArray[np.bool_]
) -> tuple[float, float, float, float]:
    """Voiced share of speech, speech share of the utterance, syllable-like beats a second, mean voiced run."""
    frames = int(speech.sum())
    if frames < MIN_VOICED_FRAMES:
        return (np.nan,) * 4
    runs = int((np.diff(np.concatenate(([False], voiced)).astype(np.int8)) == 1).sum())
    return (
        float(voiced.sum()) / frames,
        frames / len(speech),
        _beats(track.level_db, speech) / (frames * track.hop_s),
        float(voiced.sum()) * track.hop_s / runs if runs else np.nan,
    )


def _beats(level_db: NDArray[np.float64], speech: NDArray[np.bool_]) -> int:
    """How many peaks of the smoothed level stand clear of the dip before them."""
    smooth = np.convolve(level_db, np.ones(3) / 3, mode="same")
    beats, dip, rising = 0, np.inf, False
    for level, spoken in zip(smooth, speech, strict=True):
        dip = min(dip, level)
        if spoken and not rising and level > dip + SYLLABLE_DIP_DB:
            beats, rising, peak = beats + 1, True, level
        elif rising:
            peak = max(peak, level)
            if level < peak - SYLLABLE_DIP_DB:
                rising, dip = False, level
    return beats
