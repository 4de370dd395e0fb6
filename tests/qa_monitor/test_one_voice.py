"""Recordings of one speaker in whatever form they come: what is heard of them, and what is refused by name."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from qa_monitor.one_voice import OneVoiceError, one_voice
from sentiment.prosody import Floats
from streams.samples.resample import SPEECH_RATE_HZ
from tests.sentiment.builders import a_sound

RATE_HZ = 16_000
SOUND = a_sound(rate_hz=RATE_HZ, level=0.05)


def heard(path: Path, samples: Floats, rate_hz: int = RATE_HZ, subtype: str | None = None) -> Floats:
    soundfile.write(path, samples, rate_hz, subtype=subtype)
    return one_voice(path, telephone=False)


def alike(one: Floats, other: Floats) -> float:
    size = min(len(one), len(other))
    return float(np.corrcoef(one[:size], other[:size])[0, 1])


@pytest.mark.parametrize(
    ("name", "subtype"), [("a.wav", "FLOAT"), ("a.wav", "PCM_24"), ("a.wav", "PCM_U8"), ("é 日本.flac", "PCM_24")]
)
def test_depth_form_and_name_do_not_matter(tmp_path: Path, name: str, subtype: str) -> None:
    found = heard(tmp_path / name, SOUND, subtype=subtype)

    assert found.dtype == np.float32
    assert alike(found, SOUND) > 0.97
    assert found.std() == pytest.approx(SOUND.std(), rel=0.05)


@pytest.mark.parametrize("rate_hz", [8000, 11025, 22050, 44100, 48000, 96000])
def test_any_rate_becomes_that_of_the_speech_model(tmp_path: Path, rate_hz: int) -> None:
    sound = soxr.resample(SOUND, RATE_HZ, rate_hz).astype(np.float32)

    assert len(heard(tmp_path / "a.wav", sound, rate_hz)) == pytest.approx(2 * SPEECH_RATE_HZ, abs=2)


def test_a_float_file_beyond_full_scale_keeps_its_shape(tmp_path: Path) -> None:
    found = heard(tmp_path / "a.wav", 100 * SOUND, subtype="FLOAT")

    assert np.abs(found).max() == pytest.approx(1.0)
    assert alike(found, SOUND) > 0.999


def test_an_offset_is_taken_off(tmp_path: Path) -> None:
    assert abs(heard(tmp_path / "a.wav", SOUND + np.float32(0.4)).mean()) < 1e-4


@pytest.mark.parametrize("other", [SOUND, 0.5 * SOUND, 0 * SOUND, SOUND + a_sound(rate_hz=RATE_HZ, level=1e-4, seed=2)])
def test_channels_with_one_voice_are_one(tmp_path: Path, other: Floats) -> None:
    assert alike(heard(tmp_path / "a.wav", np.stack([SOUND, other], axis=1)), SOUND) > 0.99


def test_two_voices_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OneVoiceError, match=r"call\.wav: different channels"):
        heard(tmp_path / "call.wav", np.stack([SOUND, a_sound(rate_hz=RATE_HZ, pitch_hz=200)], axis=1))


@pytest.mark.parametrize("length", [0, 1, 50])
@pytest.mark.parametrize("telephone", [False, True])
def test_next_to_nothing_is_no_error(tmp_path: Path, length: int, telephone: bool) -> None:
    soundfile.write(tmp_path / "a.wav", SOUND[:length], RATE_HZ)

    assert len(one_voice(tmp_path / "a.wav", telephone=telephone)) == pytest.approx(length, abs=2)


def test_the_telephone_carries_nothing_above_4_khz(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", SOUND, RATE_HZ)

    power = np.abs(np.fft.rfft(one_voice(tmp_path / "a.wav", telephone=True))) ** 2

    assert power[len(power) // 2 + 200 :].sum() < 1e-4 * power.sum()


def test_what_is_not_audio_is_named(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("no sound")
    soundfile.write(tmp_path / "slow.wav", SOUND, 6000)
    soundfile.write(tmp_path / "nan.wav", SOUND * np.float32(np.nan), RATE_HZ, subtype="FLOAT")

    for name, why in (
        ("text.wav", "not readable as audio"),
        ("slow.wav", "6000 Hz"),
        ("nan.wav", "not numbers"),
        ("gone.wav", "no such file"),
    ):
        with pytest.raises(OneVoiceError, match=rf"{name}: .*{why}"):
            one_voice(tmp_path / name, telephone=False)
