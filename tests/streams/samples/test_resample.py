"""Telephone rates to the speech model's rate, packet by packet without a click."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from streams.samples.resample import SPEECH_RATE_HZ, Resampler


def a_tone(hz: float, duration_s: float, rate_hz: int) -> NDArray[np.int16]:
    times = np.arange(round(duration_s * rate_hz)) / rate_hz
    return np.round(np.sin(2 * np.pi * hz * times) * 16384).astype(np.int16)


@pytest.mark.parametrize("rate_hz", [8000, 11025, 16_000, 24_000, 44_100, 48_000])
def test_time_is_kept_at_every_rate(rate_hz: int) -> None:
    """Two seconds stay two seconds, and a tone keeps its pitch and level."""
    audio = Resampler(rate_hz).feed(a_tone(1000.0, 2.0, rate_hz), last=True)

    assert abs(len(audio) - 2 * SPEECH_RATE_HZ) <= 2
    middle = audio[8000:24_000]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert np.argmax(spectrum) == 1000
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.02)


@given(cuts=st.lists(st.integers(min_value=0, max_value=700), max_size=40))
def test_packets_of_any_length_give_the_same_audio(cuts: list[int]) -> None:
    """No click at the seams, no sample lost or made up."""
    samples = a_tone(440.0, 0.5, 8000)
    whole = Resampler(8000).feed(samples, last=True)
    resampler, parts, rest = Resampler(8000), [], samples
    for cut in cuts:
        parts.append(resampler.feed(rest[:cut]))
        rest = rest[cut:]
    parts.append(resampler.feed(rest, last=True))

    np.testing.assert_allclose(np.concatenate(parts), whole, atol=1e-6)


def test_little_stays_inside() -> None:
    """What is kept back until more comes delays speech by a few milliseconds only."""
    audio = Resampler(8000).feed(a_tone(440.0, 1.0, 8000))

    assert SPEECH_RATE_HZ - len(audio) < 0.03 * SPEECH_RATE_HZ


def test_the_loudest_sample_is_full_scale() -> None:
    """Integers become -1 to 1."""
    audio = Resampler(16_000).feed(np.full(1600, -32768, np.int16), last=True)

    assert audio.dtype == np.float32
    assert audio[800] == pytest.approx(-1.0, abs=1e-3)
