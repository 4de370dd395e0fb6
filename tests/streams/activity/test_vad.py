"""Voice activity of one channel: the same however audio arrives, free on silence, awake after noise."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from bench.sounds.noises import NOISES, digital_silence, hold_music, white_noise
from streams.activity.vad import CHUNK, VoiceActivity, VoiceModel, VoiceState
from streams.samples.resample import Resampler
from tests.streams.following import at_level

Steps = NDArray[np.float32]


class CountingModel(VoiceModel):
    """The real network, counting the steps it is asked about."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def run(self, steps: Steps, state: VoiceState) -> Steps:
        self.asked += len(steps)
        return super().run(steps, state)


@pytest.fixture(scope="module")
def speech(demo_calls: tuple[Path, ...]) -> NDArray[np.int16]:
    """Ten seconds of a bundled call, 8 kHz: somebody speaks, then nobody."""
    (file,) = [file for file in demo_calls if file.stem == "en-3-lost-parcel"]
    samples, _ = soundfile.read(file, dtype="int16", frames=80_000)
    line: NDArray[np.int16] = samples[:, 0]
    return line


def whole_steps(samples: NDArray[np.int16]) -> Steps:
    """At 16 kHz, cut to whole steps."""
    audio = Resampler(8000).feed(samples, last=True)
    return audio[: len(audio) // CHUNK * CHUNK]


def spoken_s(chances: Steps) -> float:
    """Seconds taken for speech."""
    return float(np.count_nonzero(chances >= 0.5)) * CHUNK / 16_000


def test_it_does_not_matter_how_audio_arrives(voice_model: VoiceModel, speech: NDArray[np.int16]) -> None:
    """Packets of any number of steps give what one packet gives."""
    parts = [speech, digital_silence(1.0), hold_music(3.0), digital_silence(0.4), at_level(speech, -40.0)]
    audio = whole_steps(np.concatenate([*parts, white_noise(2.0, level_db=-60.0), speech]))
    at_once = VoiceActivity(voice_model).probabilities(audio)
    generator = np.random.default_rng(5)

    for most in (1, 3, 30):
        activity = VoiceActivity(voice_model)
        pieces, rest = [], audio
        while len(rest):
            cut = CHUNK * int(generator.integers(1, most + 1))
            pieces.append(activity.probabilities(rest[:cut]))
            rest = rest[cut:]

        np.testing.assert_allclose(np.concatenate(pieces), at_once, atol=1e-4)


def test_speech_is_told_from_silence(voice_model: VoiceModel, speech: NDArray[np.int16]) -> None:
    """A sanity check of the network and of what it is fed."""
    chances = VoiceActivity(voice_model).probabilities(whole_steps(speech))

    assert 4.0 < spoken_s(chances) < 9.5
    assert chances.min() >= 0
    assert chances.max() <= 1


@pytest.mark.parametrize("peak", [1.0, 4.0])
def test_very_loud_speech_is_heard_like_any_other(
    peak: float, voice_model: VoiceModel, speech: NDArray[np.int16]
) -> None:
    """At full scale, and far beyond it, with the tops cut off."""
    audio = whole_steps(speech)
    loud = np.clip(audio * np.float32(peak / np.abs(audio).max()), -1, 1)
    usual = VoiceActivity(voice_model).probabilities(audio) >= 0.5
    heard = VoiceActivity(voice_model).probabilities(loud) >= 0.5

    assert np.count_nonzero(usual & ~heard) <= 0.04 * np.count_nonzero(usual)


def test_nothing_gives_nothing(voice_model: VoiceModel) -> None:
    """No whole step has come yet."""
    assert len(VoiceActivity(voice_model).probabilities(np.zeros(0, np.float32))) == 0


@pytest.mark.parametrize("level_db", [None, -75.0])
def test_silence_costs_nothing(level_db: float | None) -> None:
    """Digital and near silence: most channels are silent half of the time."""
    model = CountingModel()
    silence = digital_silence(60.0) if level_db is None else white_noise(60.0, level_db=level_db)
    chances = VoiceActivity(model).probabilities(whole_steps(silence))

    assert not chances.any()
    assert model.asked == 0


def test_silence_after_speech_costs_half_a_second(speech: NDArray[np.int16]) -> None:
    """The network hears the end of what was said, then rests."""
    model = CountingModel()
    activity = VoiceActivity(model)
    activity.probabilities(whole_steps(speech))
    before = model.asked

    activity.probabilities(whole_steps(digital_silence(60.0)))

    assert model.asked - before <= 16


@pytest.mark.parametrize("noise", NOISES)
def test_quiet_speech_is_heard_after_noise(noise: str, voice_model: VoiceModel, speech: NDArray[np.int16]) -> None:
    """The network turns deaf to quiet speech during hold music: its memory must not outlive the music."""
    quiet = at_level(speech, -40.0)
    alone = VoiceActivity(voice_model).probabilities(whole_steps(quiet))
    before = np.concatenate([NOISES[noise](6.0), digital_silence(0.3)])

    chances = VoiceActivity(voice_model).probabilities(whole_steps(np.concatenate([before, quiet])))

    heard = chances[len(before) * 2 // CHUNK :]
    assert spoken_s(heard) > 0.9 * spoken_s(alone)
