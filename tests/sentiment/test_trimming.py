"""The silence around an utterance goes, the utterance stays."""

import numpy as np
import pytest

from sentiment.prosody import Floats
from sentiment.trimming import MARGIN_S, spoken_part
from tests.sentiment.builders import RATE_HZ, a_sound


def around(sound: Floats, before_s: float, after_s: float, noise: float) -> Floats:
    silence = [np.zeros(int(seconds * RATE_HZ), dtype=np.float32) for seconds in (before_s, after_s)]
    heard = np.concatenate([silence[0], sound, silence[1]])
    hiss = np.random.default_rng(1).normal(0, noise, len(heard)).astype(np.float32)
    return heard + hiss


@pytest.mark.parametrize("noise", [0.0, 0.002])
def test_silence_at_both_ends_goes_but_for_a_margin(noise: float) -> None:
    found = spoken_part(around(a_sound(duration_s=2.0), 1.0, 1.5, noise), RATE_HZ)

    assert 2.0 <= len(found) / RATE_HZ <= 2.0 + 2 * MARGIN_S + 0.1


def test_a_pause_within_stays() -> None:
    one = a_sound(duration_s=1.0)
    said = np.concatenate([one, np.zeros(RATE_HZ, dtype=np.float32), one])

    assert len(spoken_part(said, RATE_HZ)) == pytest.approx(3 * RATE_HZ, abs=0.1 * RATE_HZ)


@pytest.mark.parametrize("samples", [np.zeros(RATE_HZ), np.zeros(0), np.full(10, 0.1)])
def test_what_holds_no_speech_is_left_as_it_is(samples: Floats) -> None:
    heard = samples.astype(np.float32)

    assert len(spoken_part(heard, RATE_HZ)) == len(heard)
