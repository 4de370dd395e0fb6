"""Pitch, level, colour and rhythm of sounds whose answers are known."""

import numpy as np
import pytest

from sentiment.pitch import PitchTracker
from sentiment.prosody import ANALYSED_S, FEATURES, Floats, VoiceMeasures, analysed, feature_row, measure
from tests.sentiment.builders import RATE_HZ, a_sound, an_embedding


@pytest.fixture(scope="module")
def tracker() -> PitchTracker:
    return PitchTracker()


def measured(tracker: PitchTracker, sound: Floats, rate_hz: int = RATE_HZ) -> VoiceMeasures:
    return measure(sound, rate_hz, tracker.track(sound, rate_hz))


@pytest.mark.parametrize("pitch_hz", [90.0, 120.0, 200.0, 310.0])
def test_pitch_is_that_of_the_sound(tracker: PitchTracker, pitch_hz: float) -> None:
    found = measured(tracker, a_sound(pitch_hz=pitch_hz))

    assert found.pitch_hz == pytest.approx(pitch_hz, rel=0.03)
    assert found.voiced_s > 1.0


def test_an_octave_up_is_twelve_semitones_and_twice_as_loud_is_six_decibels(tracker: PitchTracker) -> None:
    calm, high = measured(tracker, a_sound(pitch_hz=110)), measured(tracker, a_sound(pitch_hz=220))
    loud = measured(tracker, a_sound(pitch_hz=110, level=0.2))

    def changed(name: str, one: VoiceMeasures, other: VoiceMeasures) -> float:
        before, after = one.value(name), other.value(name)
        assert before is not None
        assert after is not None
        return after - before

    assert changed("pitch_st", calm, high) == pytest.approx(12, abs=0.5)
    assert changed("level_db", calm, loud) == pytest.approx(6, abs=0.3)
    assert changed("pitch_st", calm, loud) == pytest.approx(0, abs=0.3)


def test_the_rate_of_the_line_hardly_matters(tracker: PitchTracker) -> None:
    """The same sound at 8 and 16 kHz: pitch, level and rhythm agree, since all is measured in the telephone band."""
    narrow = measured(tracker, a_sound())
    wide = measured(tracker, a_sound(rate_hz=16000), 16000)

    for name, within in (("pitch_st", 0.3), ("level_db", 1.5), ("rhythm_hz", 1.0), ("speech_share", 0.1)):
        one, other = narrow.value(name), wide.value(name)
        assert one == pytest.approx(other, abs=within), name


def test_a_pause_is_not_speech(tracker: PitchTracker) -> None:
    sound = np.concatenate([a_sound(duration_s=1.0), np.zeros(RATE_HZ, dtype=np.float32)])

    share = measured(tracker, sound).value("speech_share")

    assert share == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("duration_s", [0.001, 0.02, 0.1, 0.6])
def test_silence_and_scraps_give_no_figures_and_no_error(tracker: PitchTracker, duration_s: float) -> None:
    found = measured(tracker, np.zeros(max(1, int(duration_s * RATE_HZ)), dtype=np.float32))

    assert found.voiced_s == 0.0
    assert found.pitch_hz is None
    assert found.value("level_db") is None


def test_noise_is_not_voiced(tracker: PitchTracker) -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, 3 * RATE_HZ).astype(np.float32)

    assert measured(tracker, noise).voiced_s < 0.3


def test_a_short_word_is_measured_though_it_is_too_little_to_judge(tracker: PitchTracker) -> None:
    found = measured(tracker, a_sound(duration_s=0.6))

    assert found.pitch_hz == pytest.approx(120, rel=0.05)
    assert not np.isinf(found.features).any()


def test_only_the_last_seconds_of_a_long_utterance_are_measured() -> None:
    sound = a_sound(duration_s=10.0)

    part = analysed(sound, RATE_HZ)

    assert len(part) == ANALYSED_S * RATE_HZ
    assert part[-1] == sound[-1]
    assert len(analysed(a_sound(duration_s=2.0), RATE_HZ)) == 2 * RATE_HZ


def test_a_row_is_prosody_then_states(tracker: PitchTracker) -> None:
    found, embedding = measured(tracker, a_sound()), an_embedding(8)

    row = feature_row(found, embedding, 8)

    assert row.dtype == np.float32
    assert row[: len(FEATURES)] == pytest.approx(found.features)
    assert row[len(FEATURES) :] == pytest.approx(np.concatenate([embedding.mean, embedding.deviation]))


def test_a_row_without_states_says_that_they_are_not_known(tracker: PitchTracker) -> None:
    row = feature_row(measured(tracker, a_sound()), None, 8)

    assert len(row) == len(FEATURES) + 16
    assert np.isnan(row[len(FEATURES) :]).all()
    assert not np.isnan(row[: len(FEATURES)]).any()
