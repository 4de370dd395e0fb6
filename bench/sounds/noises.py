"""What is heard on a line when nobody speaks: made from formulas, so that no recording is needed. 8 kHz, int16."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from streams.records import Samples

RATE_HZ = 8000
Wave = NDArray[np.float64]
Maker = Callable[[float], Samples]
_DTMF_HZ = {
    "1": (697, 1209),
    "2": (697, 1336),
    "3": (697, 1477),
    "4": (770, 1209),
    "5": (770, 1336),
    "6": (770, 1477),
    "7": (852, 1209),
    "8": (852, 1336),
    "9": (852, 1477),
    "*": (941, 1209),
    "0": (941, 1336),
    "#": (941, 1477),
}
_PITCHES = (220.0, 246.94, 261.63, 293.66, 329.63, 392.0, 440.0, 523.25, 587.33, 659.26)
_CHORDS = ((130.81, 164.81, 196.0), (110.0, 130.81, 164.81), (174.61, 220.0, 261.63), (98.0, 123.47, 146.83))


def digital_silence(duration_s: float) -> Samples:
    """Nothing at all."""
    return np.zeros(round(duration_s * RATE_HZ), np.int16)


def white_noise(duration_s: float, *, level_db: float) -> Samples:
    """Hiss of the given level, dB relative to full scale."""
    generator = np.random.default_rng(20)
    return _samples(generator.standard_normal(round(duration_s * RATE_HZ)) * _gain(level_db))


def tone(duration_s: float, *, hz: float = 440.0, level_db: float = -15.0) -> Samples:
    """A tuning fork, or a dial tone."""
    return _samples(np.sin(2 * np.pi * hz * _times(duration_s)) * _gain(level_db) * np.sqrt(2))


def cadence(duration_s: float, *, tones_hz: tuple[float, ...], on_s: float, off_s: float) -> Samples:
    """Ring-back: tones that come and go."""
    times = _times(duration_s)
    wave: Wave = np.sum([np.sin(2 * np.pi * hz * times) for hz in tones_hz], axis=0)
    return _samples(wave * (times % (on_s + off_s) < on_s) * _gain(-18.0))


def dtmf(duration_s: float) -> Samples:
    """Somebody presses a key every 0.3 s, for 0.1 s."""
    generator = np.random.default_rng(21)
    wave = np.zeros(round(duration_s * RATE_HZ))
    press = _times(0.1)
    for start in range(0, len(wave) - len(press), round(0.3 * RATE_HZ)):
        low, high = _DTMF_HZ[str(generator.choice(list(_DTMF_HZ)))]
        both = np.sin(2 * np.pi * low * press) + np.sin(2 * np.pi * high * press)
        wave[start : start + len(press)] = both * _gain(-16.0)
    return _samples(wave)


def hold_music(duration_s: float) -> Samples:
    """Chords of plucked strings under a melody with vibrato that wanders like a voice."""
    generator = np.random.default_rng(22)
    wave = np.zeros(round(duration_s * RATE_HZ) + 4 * RATE_HZ)
    for bar in range(int(duration_s / 2)):
        for hz in _CHORDS[bar % len(_CHORDS)]:
            _lay(wave, 2.0 * bar, _plucked(hz, 2.2, decay_s=0.9) * 0.3)
        at_s = 2.0 * bar
        while at_s < 2.0 * (bar + 1):
            length_s = float(generator.choice([0.25, 0.5, 0.75, 1.0]))
            _lay(wave, at_s, _sung(float(generator.choice(_PITCHES)), length_s))
            at_s += length_s
    wave = wave[: round(duration_s * RATE_HZ)]
    return _samples(wave / np.abs(wave).max() * 0.5)


NOISES: Mapping[str, Maker] = MappingProxyType(
    {
        "silence": digital_silence,
        "faint hiss": lambda duration_s: white_noise(duration_s, level_db=-55.0),
        "loud hiss": lambda duration_s: white_noise(duration_s, level_db=-30.0),
        "440 Hz": tone,
        "hold music": hold_music,
        "French ring-back": lambda duration_s: cadence(duration_s, tones_hz=(440.0,), on_s=1.5, off_s=3.5),
        "American ring-back": lambda duration_s: cadence(duration_s, tones_hz=(440.0, 480.0), on_s=2.0, off_s=4.0),
        "keys": dtmf,
    }
)


def _plucked(hz: float, length_s: float, *, decay_s: float) -> Wave:
    times = _times(length_s)
    harmonics = [np.sin(2 * np.pi * number * hz * times) / number**1.2 for number in range(1, 7) if number * hz < 3800]
    wave: Wave = np.sum(harmonics, axis=0) * np.exp(-times / decay_s) * np.minimum(1.0, times / 0.005)
    return wave


def _sung(hz: float, length_s: float) -> Wave:
    """A bowed or sung note: vibrato of half a semitone, harmonics, soft beginning and end."""
    times = _times(length_s)
    phase = 2 * np.pi * hz * times + 0.03 * hz / 5.5 * np.sin(2 * np.pi * 5.5 * times)
    harmonics = [np.sin(number * phase) / number for number in range(1, 9) if number * hz < 3600]
    swell = np.minimum(1.0, np.minimum(times / 0.05, (length_s - times) / 0.08))
    wave: Wave = np.sum(harmonics, axis=0) * swell
    return wave


def _lay(wave: Wave, at_s: float, note: Wave) -> None:
    start = round(at_s * RATE_HZ)
    wave[start : start + len(note)] += note[: len(wave) - start]


def _times(duration_s: float) -> Wave:
    times: Wave = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    return times


def _gain(level_db: float) -> float:
    return float(10 ** (level_db / 20))


def _samples(wave: Wave) -> Samples:
    return np.clip(np.round(wave * 32767), -32768, 32767).astype(np.int16)
