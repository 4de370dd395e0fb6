"""Level and tonality of a stretch of audio."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from bench.sounds.noises import cadence, dtmf, hold_music, tone, white_noise
from streams.model.gates import Doubt
from streams.samples.loudness import level_db, tonality
from streams.samples.resample import Resampler


def at_16_khz(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    return Resampler(8000).feed(samples, last=True)


def test_the_level_is_that_of_the_louder_half() -> None:
    """Pauses do not make a speaker quiet."""
    loud = np.full(16_000, 0.1, np.float32)

    assert level_db(loud) == pytest.approx(-20.0)
    assert level_db(np.concatenate([loud, np.zeros_like(loud)])) == pytest.approx(-20.0, abs=0.2)


@pytest.mark.parametrize("length", [0, 100, 16_000])
def test_digital_silence_has_a_finite_level(length: int) -> None:
    """And so has a stretch too short to be measured."""
    assert level_db(np.zeros(length, np.float32)) == -120.0


@pytest.mark.parametrize(
    "samples",
    [tone(3.0), tone(3.0, hz=1000.0), cadence(1.5, tones_hz=(440.0, 480.0), on_s=1.5, off_s=1.0)],
    ids=["440 Hz", "1 kHz", "ring-back"],
)
def test_tones_are_tonal(samples: NDArray[np.int16]) -> None:
    """Nearly all the energy in a few unmoving peaks."""
    assert tonality(at_16_khz(samples)) > Doubt().tonal


@pytest.mark.parametrize("samples", [white_noise(3.0, level_db=-30.0), hold_music(6.0), dtmf(3.0)])
def test_other_noise_is_left_to_the_other_guards(samples: NDArray[np.int16]) -> None:
    """What moves is not called tonal, or speech would be too."""
    assert tonality(at_16_khz(samples)) < Doubt().tonal


def test_speech_is_not_tonal(demo_calls: tuple[Path, ...]) -> None:
    """Not even 0.6 s on one vowel: else a short answer would be lost."""
    for file in demo_calls:
        samples, _ = soundfile.read(file, dtype="int16")
        for channel in (0, 1):
            audio = at_16_khz(samples[:, channel])
            pieces = [audio[start : start + 9600] for start in range(0, len(audio) - 9600, 9600)]
            assert max(tonality(piece) for piece in pieces if level_db(piece) > -50) < Doubt().tonal, file.stem


@pytest.mark.parametrize("length", [0, 511, 4 * 512 - 1, 16_000])
def test_too_little_audio_is_not_tonal(length: int) -> None:
    """Nothing to tell a peak by, and no division by nothing."""
    assert tonality(np.zeros(length, np.float32)) == 0.0
