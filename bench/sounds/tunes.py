"""Music for people who wait: made from formulas and a seed, so that no recording is needed. 8 kHz, int16."""

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from streams.records import Samples

RATE_HZ = 8000
LEVEL_DB = -20.0
Wave = NDArray[np.float64]
_SCALE = (0, 2, 4, 5, 7, 9, 11)
_BEAT_S = 0.5


class Style(StrEnum):
    """How a tune is made."""

    CHORDS = "chords"
    """Held chords, one after the other."""
    MELODY = "melody"
    """Plucked notes over a bass, with drums."""
    PIANO = "piano"
    """Broken chords that die away, and pauses."""
    DANCE = "dance"
    """Drums, a bass and short chords: few notes are held."""


def tune(style: Style, seed: int, duration_s: float, *, level_db: float = LEVEL_DB) -> Samples:
    """A tune of its own for every seed; mean level below full scale. It sounds from its first sample on."""
    generator = np.random.default_rng(seed)
    wave = np.zeros(round((duration_s + 6) * RATE_HZ))
    root_hz = float(220.0 * 2 ** (generator.integers(-5, 7) / 12))
    _MAKERS[style](wave, root_hz, duration_s, generator)
    wave = wave[: round(duration_s * RATE_HZ)]
    wave *= 10 ** (level_db / 20) / np.sqrt(np.mean(np.square(wave)))
    return np.clip(np.round(wave * 32767), -32768, 32767).astype(np.int16)


def _chords(wave: Wave, root_hz: float, duration_s: float, generator: Generator) -> None:
    for bar in range(int(duration_s / 2) + 1):
        degree = int(generator.integers(0, 6))
        for step in (0, 2, 4):
            _lay(wave, 2.0 * bar, _note(_hz(root_hz, degree + step), 2.1, generator, decay_s=6.0))


def _melody(wave: Wave, root_hz: float, duration_s: float, generator: Generator) -> None:
    at_s = 0.0
    while at_s < duration_s:
        length_s = float(generator.choice([0.25, 0.5, 0.5, 1.0]))
        _lay(wave, at_s, _note(_hz(root_hz, int(generator.integers(4, 12))), length_s, generator, decay_s=0.8))
        at_s += length_s
    for beat in range(int(duration_s / _BEAT_S) + 1):
        if beat % 4 == 0:
            _lay(wave, beat * _BEAT_S, _note(_hz(root_hz, int(generator.integers(0, 5))), 2.0, generator, decay_s=1.5))
        _lay(wave, beat * _BEAT_S, _drum(generator))


def _piano(wave: Wave, root_hz: float, duration_s: float, generator: Generator) -> None:
    for bar in range(int(duration_s / 3) + 1):
        degree = int(generator.integers(0, 6))
        for number, step in enumerate((0, 2, 4, 7, 4, 2)):
            _lay(wave, 3.0 * bar + 0.4 * number, _note(_hz(root_hz, degree + step), 1.5, generator, decay_s=0.7))


def _dance(wave: Wave, root_hz: float, duration_s: float, generator: Generator) -> None:
    for beat in range(int(duration_s / 0.25) + 1):
        _lay(wave, beat * 0.25, _drum(generator))
        if beat % 2 == 0:
            for step in (0, 2, 4):
                _lay(wave, beat * 0.25, _note(_hz(root_hz, step + beat // 8 % 4), 0.45, generator, decay_s=0.5))


_MAKERS: dict[Style, Callable[[Wave, float, float, Generator], None]] = {
    Style.CHORDS: _chords,
    Style.MELODY: _melody,
    Style.PIANO: _piano,
    Style.DANCE: _dance,
}


def _hz(root_hz: float, degree: int) -> float:
    return root_hz * 2 ** ((_SCALE[degree % 7] + 12 * (degree // 7)) / 12)


def _note(hz: float, length_s: float, generator: Generator, *, decay_s: float) -> Wave:
    times: Wave = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    wave: Wave = np.zeros(len(times))
    for number in range(1, 7):
        if number * hz < 3600:
            wave += np.sin(2 * np.pi * number * hz * times + generator.uniform(0, 6.28)) / number**1.3
    edges = np.minimum(1.0, np.minimum(times / 0.01, (length_s - times) / 0.03))
    fading: Wave = wave * edges * np.exp(-times / decay_s)
    return fading


def _drum(generator: Generator) -> Wave:
    times: Wave = np.arange(round(0.12 * RATE_HZ)) / RATE_HZ
    stroke: Wave = 0.8 * generator.standard_normal(len(times)) * np.exp(-times / 0.03)
    return stroke


def _lay(wave: Wave, at_s: float, note: Wave) -> None:
    start = round(at_s * RATE_HZ)
    if start < len(wave):
        wave[start : start + len(note)] += note[: len(wave) - start]
