"""The emotion model on its committed weights: what it scores, what it refuses, what it says when it cannot tell."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest

from sentiment.baseline import SpeakerBaseline
from sentiment.clipping import clipped_share
from sentiment.policy import CustomerVoice, VoiceRefused
from sentiment.prosody import Floats
from sentiment.records import Emotion, EmotionScore
from sentiment.voice import CLIPPED_SHARE, FIRST_TRUST, PROSODY_TRUST, WEIGHTS, EmotionModelError, VoiceModel
from streams.consent import Consent, Notice
from streams.records import Embedding, Speaker
from tests.sentiment.builders import a_call, a_sound, a_voice, an_embedding, an_utterance

FILE = WEIGHTS / "emotion-base.onnx"
LARGEST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def model() -> VoiceModel:
    return VoiceModel.load()


def said(model: VoiceModel, times: int, baseline: SpeakerBaseline) -> list[EmotionScore]:
    """The same calm sentence several times over."""
    voice = a_voice(embedding=an_embedding(model.width))
    return [model.score(voice, baseline) for _ in range(times)]


def test_a_score_is_a_distribution_with_arousal_and_valence_from_it(model: VoiceModel) -> None:
    for seed in range(5):
        voice = a_voice(embedding=an_embedding(model.width, seed=seed, scale=3.0))

        score = model.score(voice, SpeakerBaseline())

        assert list(score.probabilities) == list(Emotion)
        assert sum(score.probabilities.values()) == pytest.approx(1.0, abs=1e-5)
        assert -1 <= score.arousal <= 1
        assert -1 <= score.valence <= 1
        assert 0 <= score.certainty <= 1


def test_the_first_utterance_is_scored_with_less_certainty(model: VoiceModel) -> None:
    first, *_, last = said(model, 5, SpeakerBaseline())

    assert first.enough
    assert last.enough
    assert first.certainty <= 0.5
    assert first.explanation_en == "first words: nothing to compare with yet"
    assert last.explanation_en == "pitch, level and pace much as at first"


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_voice_that_stays_as_it_is_becomes_neutral(model: VoiceModel, seed: int) -> None:
    """Whatever the timbre, however unlike the actors': held against itself nothing stands out in the end."""
    voice, baseline = a_voice(embedding=an_embedding(model.width, seed=seed)), SpeakerBaseline()

    found = [model.score(voice, baseline) for _ in range(60)]

    assert all(score.emotion is Emotion.NEUTRAL for score in found[-10:])
    assert found[-1].probabilities[Emotion.NEUTRAL] > 0.4


def test_louder_and_higher_is_said_in_the_person_s_own_terms(model: VoiceModel) -> None:
    baseline = SpeakerBaseline()
    said(model, 4, baseline)
    raised = a_sound(pitch_hz=120 * 2 ** (4 / 12), level=0.2)

    score = model.score(a_voice(raised, embedding=an_embedding(model.width)), baseline)

    assert score.explanation_en == "louder by 6 dB and higher by 4 semitones than at first"
    assert score.explanation_fr == "plus fort de 6 dB et plus aigu de 4 demi-tons qu'au début"
    assert score.prosody.level_change_db == pytest.approx(6, abs=0.5)
    assert score.prosody.pitch_change_st == pytest.approx(4, abs=0.5)


def too_little(width: int) -> dict[str, tuple[Floats, Embedding | None]]:
    fitting = an_embedding(width)
    noise = np.random.default_rng(3).normal(0, 0.1, 16000).astype(np.float32)
    return {
        "a scrap": (a_sound(duration_s=0.5), fitting),
        "silence": (np.zeros(16000, dtype=np.float32), fitting),
        "noise": (noise, fitting),
        "no audio": (np.zeros(0, dtype=np.float32), fitting),
    }


@pytest.mark.parametrize("what", list(too_little(512)))
def test_too_little_to_tell_is_said_and_not_learnt(model: VoiceModel, what: str) -> None:
    sound, embedding = too_little(model.width)[what]
    baseline = SpeakerBaseline()

    score = model.score(a_voice(sound, embedding=embedding, words=0), baseline)

    assert not score.enough
    assert score.certainty == 0.0
    assert set(score.probabilities.values()) == {0.25}
    assert score.emotion is Emotion.NEUTRAL
    assert score.explanation_fr == "trop peu de voix pour juger"
    assert baseline.spoken_s == 0.0


def overdriven(drive_db: float) -> Floats:
    """The same sentence by a line that is driven so much beyond its scale."""
    sound = a_sound() / np.abs(a_sound()).max()
    found: Floats = np.clip(sound * 10 ** (drive_db / 20), -1, 1).astype(np.float32)
    return found


def test_an_overdriven_line_leaves_not_enough_to_tell(model: VoiceModel) -> None:
    """Nor is it learnt: what is usual for this voice stays what was heard before."""
    baseline = SpeakerBaseline()
    said(model, 3, baseline)
    before_s, pitch = baseline.spoken_s, baseline.usual(0)

    score = model.score(a_voice(overdriven(24), embedding=an_embedding(model.width)), baseline)

    assert not score.enough
    assert score.certainty == 0.0
    assert score.emotion is Emotion.NEUTRAL
    assert score.explanation_en == "the line overdrives the voice: nothing can be told"
    assert (baseline.spoken_s, baseline.usual(0)) == (before_s, pitch)


def test_a_line_that_is_driven_a_little_too_far_leaves_less_certainty(model: VoiceModel) -> None:
    sound = overdriven(3.0)
    share = clipped_share(sound)

    score = model.score(a_voice(sound, embedding=an_embedding(model.width)), SpeakerBaseline())

    assert 0.02 < share < CLIPPED_SHARE
    assert score.enough
    assert 0 < score.certainty <= FIRST_TRUST * (1 - share / CLIPPED_SHARE)


def test_each_speaker_has_a_baseline_of_their_own(model: VoiceModel) -> None:
    """Two customers interleaved score as each alone: the shared model keeps nothing."""
    low, high = a_sound(pitch_hz=100, level=0.05), a_sound(pitch_hz=230, level=0.3)
    voices = [a_voice(sound, embedding=an_embedding(model.width, seed=seed)) for seed, sound in enumerate((low, high))]
    alone = [[model.score(voice, baseline) for _ in range(3)] for voice in voices for baseline in [SpeakerBaseline()]]
    baselines = [SpeakerBaseline(), SpeakerBaseline()]

    together = [
        [model.score(voice, baseline) for voice, baseline in zip(voices, baselines, strict=True)] for _ in range(3)
    ]

    assert [list(scores) for scores in zip(*together, strict=True)] == alone


def test_the_times_of_an_utterance_cannot_make_more_voice_than_there_is(model: VoiceModel) -> None:
    """Audio lost in a gap is not speech heard."""
    voice = a_voice(a_sound(duration_s=0.5), embedding=an_embedding(model.width))
    object.__setattr__(voice, "utterance", replace(voice.utterance, end_s=voice.utterance.start_s + 5))

    assert not model.score(voice, SpeakerBaseline()).enough


@pytest.mark.parametrize("speaker", [Speaker.AGENT, Speaker.MIXED, Speaker.UNKNOWN])
def test_the_model_refuses_a_forged_voice(model: VoiceModel, speaker: Speaker) -> None:
    """Even past the only maker, nobody but the customer is judged."""
    voice = a_voice(embedding=an_embedding(model.width))
    object.__setattr__(voice, "utterance", replace(an_utterance(), speaker=speaker))

    with pytest.raises(VoiceRefused, match="must not be judged"):
        model.score(voice, SpeakerBaseline())


@pytest.mark.parametrize(("notice", "consent"), [(Notice.NONE, Consent.GRANTED), (Notice.PLAYED, Consent.OBJECTED)])
def test_the_model_refuses_a_call_without_consent(model: VoiceModel, notice: Notice, consent: Consent) -> None:
    voice = a_voice(embedding=an_embedding(model.width))
    object.__setattr__(voice, "call", a_call(notice=notice, consent=consent))

    with pytest.raises(VoiceRefused):
        model.score(voice, SpeakerBaseline())


def test_a_partial_is_not_scored(model: VoiceModel) -> None:
    voice: CustomerVoice = a_voice(embedding=an_embedding(model.width))
    object.__setattr__(voice, "utterance", replace(voice.utterance, final=False))

    with pytest.raises(ValueError, match="not final"):
        model.score(voice, SpeakerBaseline())


def test_the_weights_say_what_they_were_made_for(model: VoiceModel) -> None:
    assert model.speech_model == "base"
    assert model.width == 512
    assert FILE.stat().st_size < LARGEST_BYTES


@pytest.mark.parametrize("what", ["no encoder states", "states of another width"])
def test_without_states_that_fit_prosody_alone_is_judged_with_less_certainty(model: VoiceModel, what: str) -> None:
    embedding = None if what == "no encoder states" else an_embedding(model.width + 256)

    alone = model.score(a_voice(embedding=embedding), SpeakerBaseline())
    both = model.score(a_voice(embedding=an_embedding(model.width)), SpeakerBaseline())

    assert alone.enough
    assert alone.certainty < FIRST_TRUST * PROSODY_TRUST
    assert alone.probabilities != both.probabilities


def test_states_of_a_speech_model_without_weights_are_never_looked_at() -> None:
    """Even where they are as wide as those of the model that has weights."""
    other = VoiceModel.load("base.en")

    one, another = (other.score(a_voice(embedding=an_embedding(512, seed=s)), SpeakerBaseline()) for s in (1, 2))

    assert one.probabilities == another.probabilities


def test_states_of_a_larger_speech_model_never_enter_the_head_for_base() -> None:
    """With `small` loaded and no weights for it, its states change nothing: the answer is that of prosody alone."""
    small = VoiceModel.load("small")

    without, *others = (
        small.score(a_voice(embedding=states), SpeakerBaseline())
        for states in (None, an_embedding(768, seed=1, scale=5.0), an_embedding(512, seed=2, scale=5.0))
    )

    assert all(other.probabilities == without.probabilities for other in others)
    assert all(other.certainty == without.certainty for other in others)


def test_weights_for_another_speech_model_are_taken_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "emotion-base.onnx").write_bytes(FILE.read_bytes())
    made_for_small = onnx.load(str(FILE))
    described = {each.key: each.value for each in made_for_small.metadata_props}
    onnx.helper.set_model_props(made_for_small, {**described, "speech_model": "small"})
    onnx.save(made_for_small, str(tmp_path / "emotion-small.onnx"))

    assert VoiceModel.load("small", tmp_path).takes_states
    assert VoiceModel.load("/models/small", tmp_path).takes_states
    assert not VoiceModel.load("medium", tmp_path).takes_states


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(EmotionModelError, match=r"emotion-base\.onnx: no such file"):
        VoiceModel.load("base", tmp_path)


def test_broken_weights_are_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(FILE.read_bytes()[:1000])

    with pytest.raises(EmotionModelError, match="not a readable ONNX model"):
        VoiceModel(broken)


def test_weights_for_other_features_are_refused(tmp_path: Path) -> None:
    other = onnx.load(str(FILE))
    onnx.helper.set_model_props(other, {"features": "pitch", "classes": ",".join(Emotion)})
    onnx.save(other, str(tmp_path / "other.onnx"))

    with pytest.raises(EmotionModelError, match="made for features 'pitch'"):
        VoiceModel(tmp_path / "other.onnx")
