"""The colour of sounds whose answers are known."""

import numpy as np
import pytest

from sentiment.pitch import PitchTracker
from sentiment.prosody import Floats, measure
from sentiment.timbre import TIMBRE
from tests.sentiment.builders import RATE_HZ, a_sound


@pytest.fixture(scope="module")
def tracker() -> PitchTracker:
    return PitchTracker()


def value(tracker: PitchTracker, sound: Floats, name: str, rate_hz: int = RATE_HZ) -> float:
    found = measure(sound, rate_hz, tracker.track(sound, rate_hz)).value(name)
    assert found is not None
    return found


def brightened(sound: Floats, rate_hz: int = RATE_HZ) -> Floats:
    """The same with 6 dB more in every octave."""
    spectrum = np.fft.rfft(sound) * np.fft.rfftfreq(len(sound), 1 / rate_hz) / 1000
    return np.fft.irfft(spectrum, len(sound)).astype(np.float32)


@pytest.mark.parametrize("name", ["tilt_db", "high_tilt_db", "centroid"])
def test_a_brighter_voice_measures_brighter(tracker: PitchTracker, name: str) -> None:
    sound = a_sound()

    assert value(tracker, brightened(sound), name) > value(tracker, sound, name)


def test_a_breathy_voice_is_less_clear(tracker: PitchTracker) -> None:
    sound = a_sound(level=0.1)
    breath = np.random.default_rng(2).normal(0, 0.02, len(sound)).astype(np.float32)

    assert value(tracker, sound + breath, "clarity_db") < value(tracker, sound, "clarity_db") - 3


def test_how_loud_it_is_does_not_colour_it(tracker: PitchTracker) -> None:
    """Only against the floor of the line: within a dB for a voice well above it."""
    soft, loud = a_sound(level=0.05), a_sound(level=0.2)

    for name in ("tilt_db", "cepstrum_1", "cepstrum_3", "clarity_db"):
        assert value(tracker, soft, name) == pytest.approx(value(tracker, loud, name), abs=1.0), name


def test_the_rate_of_the_line_does_not_colour_it(tracker: PitchTracker) -> None:
    narrow, wide = a_sound(), a_sound(rate_hz=16000)

    for name in ("tilt_db", "mid_tilt_db", "cepstrum_1", "cepstrum_2"):
        one, other = value(tracker, narrow, name), value(tracker, wide, name, 16000)
        assert one == pytest.approx(other, abs=1.5), name


def test_silence_has_no_colour(tracker: PitchTracker) -> None:
    silence = np.zeros(RATE_HZ, dtype=np.float32)

    found = measure(silence, RATE_HZ, tracker.track(silence, RATE_HZ))

    assert [found.value(name) for name in TIMBRE] == [None] * len(TIMBRE)
