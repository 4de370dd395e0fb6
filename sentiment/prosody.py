"""Samples and their pitch track to what the voice did: pitch, level, colour, rhythm. Pure.

Nothing here is fit to tell one person from another, and nothing is kept.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sentiment.timbre import TIMBRE, Frames, percentiles, timbre
from streams.records import Embedding

Floats = NDArray[np.float32]
Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]

PITCH = (
    "pitch_st",
    "pitch_low_st",
    "pitch_high_st",
    "pitch_top_st",
    "pitch_range_st",
    "pitch_spread_st",
    "pitch_motion_st",
    "pitch_rise_st_s",
    "pitch_fall_st_s",
    "pitch_slope_st_s",
    "pitch_tremor_st",
    "pitch_certainty",
)
LEVEL = (
    "level_db",
    "level_spread_db",
    "level_peak_db",
    "level_motion_db",
    "level_rise_db",
    "level_fall_db",
    "shimmer_db",
)
RHYTHM = ("voiced_share", "speech_share", "rhythm_hz", "voiced_run", "voiced_runs_hz", "slow_movement", "fast_movement")
FEATURES = (*PITCH, *LEVEL, *RHYTHM, *TIMBRE)
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
SLOPE_SPAN_S = 0.4


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


def feature_row(measures: VoiceMeasures, embedding: Embedding | None, width: int) -> Floats:
    """All that the classifier is shown of one utterance: prosody first, then mean and deviation of the states.

    NaN for the states, of which there are `width`, where there is no embedding.
    """
    unknown = np.full(2 * width, np.nan, dtype=np.float32)
    states = unknown if embedding is None else np.concatenate([embedding.mean, embedding.deviation])
    return np.concatenate([measures.features, states]).astype(np.float32)


def analysed(samples: Floats, rate_hz: int) -> Floats:
    """The part of an utterance that is measured: all of it, or its last seconds."""
    return samples[-int(ANALYSED_S * rate_hz) :]


def measure(samples: Floats, rate_hz: int, track: PitchTrack) -> VoiceMeasures:
    """Measure one utterance. `samples` are mono, -1 to 1, the very ones `track` was made from."""
    speech = track.level_db >= max(percentiles(track.level_db, 95)[0] - SPEECH_RANGE_DB, SPEECH_FLOOR_DB)
    in_range = (track.pitch_hz >= LOWEST_PITCH_HZ) & (track.pitch_hz <= HIGHEST_PITCH_HZ)
    voiced = speech & in_range & (track.voicing >= 0.5)
    frames = Frames.cut(samples, rate_hz, len(track.pitch_hz), track.hop_s)
    values = (
        *_pitch(track, voiced),
        *_level(track, speech, voiced),
        *_rhythm(track, speech, voiced),
        *timbre(frames, track.pitch_hz, speech, voiced),
    )
    return VoiceMeasures(
        features=np.array(values, dtype=np.float32),
        voiced_s=float(voiced.sum()) * track.hop_s,
        speech_s=float(speech.sum()) * track.hop_s,
    )


def _pitch(track: PitchTrack, voiced: Mask) -> tuple[float, ...]:
    """How high, over what range and how fast it moves, in semitones; and how sure the detector was."""
    if voiced.sum() < MIN_VOICED_FRAMES:
        return (np.nan,) * len(PITCH)
    semitones = 12 * np.log2(track.pitch_hz[voiced] / REFERENCE_HZ)
    lowest, low, middle, high, top = percentiles(semitones, 10, 20, 50, 90, 97)
    places = np.flatnonzero(voiced)
    steps = np.diff(semitones)[np.diff(places) == 1]
    return (
        middle,
        low,
        high,
        top,
        high - lowest,
        float(semitones.std()),
        _median(np.abs(steps)),
        _mean(steps[steps > 0]) / track.hop_s,
        _mean(steps[steps < 0]) / track.hop_s,
        _slope(places.astype(np.float64) * track.hop_s, semitones),
        _median(np.abs(np.diff(steps))),
        float(track.voicing[voiced].mean()),
    )


def _slope(at_s: Numbers, values: Numbers) -> float:
    """Of the straight line through them, per second; NaN over too short a span to say."""
    away = at_s - at_s.mean()
    return float(away @ values / (away @ away)) if at_s[-1] - at_s[0] >= SLOPE_SPAN_S else np.nan


def _mean(values: Numbers) -> float:
    return float(values.mean()) if len(values) else np.nan


def _median(values: Numbers) -> float:
    return float(np.median(values)) if len(values) else np.nan


def _level(track: PitchTrack, speech: Mask, voiced: Mask) -> tuple[float, ...]:
    """Mean power over speech in dB, how far it goes and how fast it moves, and how it flutters within voice."""
    if not speech.any():
        return (np.nan,) * len(LEVEL)
    loud = track.level_db[speech]
    steps = np.diff(track.level_db)
    within, fluttering = steps[speech[1:]], np.abs(steps)[voiced[1:] & voiced[:-1]]
    middle, peak = percentiles(loud, 50, 95)
    return (
        10 * float(np.log10(np.mean(10 ** (loud / 10)))),
        float(loud.std()),
        peak - middle,
        _mean(np.abs(within)),
        _mean(within[within > 0]),
        _mean(within[within < 0]),
        _mean(fluttering),
    )


def _rhythm(track: PitchTrack, speech: Mask, voiced: Mask) -> tuple[float, ...]:
    """Voiced share of speech, speech share of the utterance, beats a second, voiced runs, how the level moves."""
    frames = int(speech.sum())
    if frames < MIN_VOICED_FRAMES:
        return (np.nan,) * len(RHYTHM)
    runs = int((np.diff(np.concatenate(([False], voiced)).astype(np.int8)) == 1).sum())
    return (
        float(voiced.sum()) / frames,
        frames / len(speech),
        _beats(track.level_db, speech) / (frames * track.hop_s),
        float(np.log(voiced.sum() * track.hop_s / runs)) if runs else np.nan,
        runs / (frames * track.hop_s),
        *_movement(track),
    )


def _movement(track: PitchTrack) -> tuple[float, float]:
    """How much of the level's rise and fall is as fast as syllables (4 to 8 Hz), and faster, against what is slower."""
    level_db = np.maximum(track.level_db, percentiles(track.level_db, 95)[0] - SPEECH_RANGE_DB - 7)
    power = np.abs(np.fft.rfft((level_db - level_db.mean()) * np.hanning(len(level_db)), 1024)) ** 2
    hertz = np.fft.rfftfreq(1024, track.hop_s)
    slow, syllables, fast = (power[(hertz >= low) & (hertz < high)].sum() for low, high in ((1, 4), (4, 8), (8, 16)))
    if slow <= 0 or syllables <= 0 or fast <= 0:
        return np.nan, np.nan
    return float(np.log(syllables / slow)), float(np.log(fast / (slow + syllables)))


def _beats(level_db: Numbers, speech: Mask) -> int:
    """How many peaks of the smoothed level stand clear of the dip before them."""
    smooth = np.convolve(level_db, np.ones(3) / 3, mode="same")
    beats, dip, peak, rising = 0, np.inf, -np.inf, False
    for level, spoken in zip(smooth.tolist(), speech.tolist(), strict=True):
        if level < dip:
            dip = level
        if not rising:
            if spoken and level > dip + SYLLABLE_DIP_DB:
                beats, rising, peak = beats + 1, True, level
        elif level > peak:
            peak = level
        elif level < peak - SYLLABLE_DIP_DB:
            rising, dip = False, level
    return beats
