"""The emotion model behind the real speech model: the same states as in training, and real recordings scored."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from platformdirs import user_cache_path

from sentiment.baseline import SpeakerBaseline
from sentiment.pitch import PitchTracker
from sentiment.policy import customer_voice
from sentiment.prosody import Floats
from sentiment.records import Emotion, EmotionScore
from sentiment.training.encoder import Encoder
from sentiment.training.feelings import PRODUCT
from sentiment.training.recordings import Recording, recordings
from sentiment.training.telephone import LINE_HZ, Line, through
from sentiment.voice import VoiceModel
from streams.model.encoder import RATE_HZ
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.model_files.models import ensure_model
from streams.records import Embedding, Language
from tests.sentiment.builders import a_call, a_sound, an_utterance

CALM_FIRST = 3
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def folder() -> Path:
    return ensure_model("base", user_cache_path("qa-monitor") / "models")


@pytest.fixture(scope="module")
def speech(folder: Path) -> SpeechModel:
    return SpeechModel(folder, workers=1)


@pytest.fixture(scope="module")
def voice_model() -> VoiceModel:
    return VoiceModel.load()


@pytest.fixture(scope="module")
def data() -> Path:
    named = os.environ.get("QA_MONITOR_DATA")
    if not named:
        pytest.skip("set QA_MONITOR_DATA to the folder of real recordings")
    return Path(named)


def embedded(speech: SpeechModel, samples: Floats, rate_hz: int) -> Embedding:
    wide = soxr.resample(samples, rate_hz, RATE_HZ).astype(np.float32)
    window = Window(
        audio=wide, language=Language.EN, languages=tuple(Language), wants_embedding=True, wants_times=False
    )
    (found,) = speech.recognise([window])
    assert found.embedding is not None
    return found.embedding


def scores(
    speech: SpeechModel, voice_model: VoiceModel, utterances: list[Floats], rate_hz: int
) -> Iterator[EmotionScore]:
    """One customer's utterances, one after the other, as in a call."""
    baseline, call, at_s = SpeakerBaseline(), a_call(), 0.0
    for samples in utterances:
        duration_s = len(samples) / rate_hz
        utterance = an_utterance(start_s=at_s, duration_s=duration_s, embedding=embedded(speech, samples, rate_hz))
        voice = customer_voice(call, replace(utterance, call_id=call.call_id), samples, rate_hz)
        assert voice is not None
        yield voice_model.score(voice, baseline)
        at_s += duration_s + 1


@pytest.mark.parametrize("duration_s", [0.6, 1.6, 3.3])
def test_training_saw_the_states_that_the_live_engine_gives(
    folder: Path, speech: SpeechModel, duration_s: float
) -> None:
    """0.6 s with its second of silence is the length that must never be encoded as it is."""
    sound = a_sound(duration_s=duration_s)

    wide = soxr.resample(sound, LINE_HZ, RATE_HZ).astype(np.float32)
    trained, live = Encoder(folder).embed(wide), embedded(speech, sound, LINE_HZ)

    for one, other in ((trained.mean, live.mean), (trained.deviation, live.deviation)):
        assert np.corrcoef(one, other)[0, 1] > 0.995


def an_actor(folder: Path, speaker: str, emotion: Emotion, count: int) -> list[Floats]:
    def by_telephone(each: Recording) -> Floats:
        return through(Line(), each.samples, each.rate_hz, np.random.default_rng(1))

    own = [
        each
        for each in recordings(folder)
        if each.speaker == f"emodb/{speaker}" and PRODUCT.get(each.feeling) is emotion
    ]
    return [by_telephone(each) for each in own[:count]]


@pytest.mark.data
@pytest.mark.parametrize("speaker", ["08", "11"])
def test_acted_anger_stands_out_from_the_same_voice_calm(
    speech: SpeechModel, voice_model: VoiceModel, data: Path, speaker: str
) -> None:
    """A check of the live path, not of skill: the weights were fitted on these actors too."""
    calm = an_actor(data / "emodb", speaker, Emotion.NEUTRAL, 6)
    angry = an_actor(data / "emodb", speaker, Emotion.ANGER, 4)

    found = list(scores(speech, voice_model, calm + angry, LINE_HZ))

    assert all(score.enough for score in found)
    shares = [score.probabilities[Emotion.ANGER] for score in found]
    assert max(shares[CALM_FIRST : len(calm)]) < 0.3
    assert np.mean(shares[len(calm) :]) > 0.6


@pytest.mark.data
def test_nearly_every_longer_utterance_of_a_real_customer_is_scored(
    speech: SpeechModel, voice_model: VoiceModel, data: Path
) -> None:
    """At least 90 % of a consenting customer's utterances over 1.5 s."""
    call, rate_hz = soundfile.read(data / "calls" / "auto-repairs-en.flac", dtype="float32")
    said = [part for part in spoken_parts(call[:, 0], rate_hz) if len(part) > 1.5 * rate_hz]

    found = list(scores(speech, voice_model, said, rate_hz))

    assert len(found) > 10
    assert np.mean([score.enough for score in found]) >= 0.9


def spoken_parts(samples: Floats, rate_hz: int) -> list[Floats]:
    """Stretches with less than half a second below speaking level inside: a rough stand-in for the segmenter."""
    track = PitchTracker().track(samples, rate_hz)
    loud = np.flatnonzero(track.level_db > np.percentile(track.level_db, 95) - 25)
    cuts = np.flatnonzero(np.diff(loud) * track.hop_s > 0.5)
    starts, ends = loud[np.concatenate(([0], cuts + 1))], loud[np.concatenate((cuts, [len(loud) - 1]))]
    hop = track.hop_s * rate_hz
    return [samples[int(start * hop) : int((end + 1) * hop)] for start, end in zip(starts, ends, strict=True)]
