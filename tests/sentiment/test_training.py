"""What the training is made of, on small made-up data: the line, the simulated calls, the head and its export."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import soundfile

from sentiment.baseline import Prior, SpeakerBaseline
from sentiment.prosody import FEATURES
from sentiment.records import Emotion
from sentiment.training.calls import heard_in_calls, one_call, population
from sentiment.training.corpus import CLASSES, Corpus
from sentiment.training.emodb import recordings
from sentiment.training.evaluation import anger_auc, calibration_error, confusion, recalls
from sentiment.training.head import Head, best_temperature, export, fit, softmax, surprise
from sentiment.training.neutral import false_anger
from sentiment.training.telephone import LINE_HZ, Line, g711, through
from tests.sentiment.builders import a_sound

WIDTH = 4
SIZE = len(FEATURES) + 2 * WIDTH


def a_corpus(speakers: int = 3, each: int = 6, seed: int = 5) -> Corpus:
    """Classes that differ along axes of their own, the same for everyone, around each speaker's own middle."""
    rng = np.random.default_rng(seed)
    emotion = np.tile(np.repeat(np.arange(len(CLASSES)), each), speakers)
    speaker = np.repeat(np.arange(speakers), each * len(CLASSES))
    middles, ways = rng.normal(0, 3, (speakers, SIZE)), 4 * np.eye(len(CLASSES), SIZE)
    rows = middles[speaker] + ways[emotion] + rng.normal(0, 0.5, (len(emotion), SIZE))
    return Corpus(
        features=rows.astype(np.float32),
        spoken_s=np.full(len(emotion), 3.0, dtype=np.float32),
        emotion=emotion,
        speaker=speaker.astype(str),
        text=np.array([f"t{index % 3}" for index in range(len(emotion))]),
        line=np.zeros(len(emotion), dtype=np.int64),
    )


@pytest.mark.parametrize("a_law", [False, True])
def test_companding_costs_a_few_percent_and_keeps_zero(a_law: bool) -> None:
    samples = np.linspace(-0.99, 0.99, 1001)

    heard = g711(samples, a_law=a_law)

    loud = np.abs(samples) > 0.05
    assert np.max(np.abs(heard - samples)[loud] / np.abs(samples)[loud]) < 0.04
    assert g711(np.zeros(3), a_law=a_law) == pytest.approx(0.0)
    assert len(np.unique(heard)) <= 256


def test_a_line_narrows_and_keeps_the_time(tmp_path: Path) -> None:
    sound = a_sound(rate_hz=16000, pitch_hz=200)

    heard = through(Line(), sound, 16000, np.random.default_rng(1))

    assert len(heard) == pytest.approx(len(sound) / 16000 * LINE_HZ, abs=2)
    assert heard.dtype == np.float32
    power = np.abs(np.fft.rfft(heard)) ** 2
    hertz = np.fft.rfftfreq(len(heard), 1 / LINE_HZ)
    assert power[hertz < 120].sum() < 0.01 * power.sum()


def test_a_lossy_line_drops_whole_packets() -> None:
    heard = through(Line(loss=0.3), a_sound(), LINE_HZ, np.random.default_rng(1))

    packets = heard[: len(heard) // 160 * 160].reshape(-1, 160)
    assert 0.15 < np.mean(np.all(packets == 0, axis=1)) < 0.45


def test_recordings_take_their_label_from_their_name(tmp_path: Path) -> None:
    for name in ("03a01Wa", "03a01Ea", "08b02Lb"):
        soundfile.write(tmp_path / f"{name}.flac", np.zeros(160, dtype=np.float32), 16000)

    found = recordings(tmp_path)

    assert [(each.name, each.speaker, each.emotion) for each in found] == [
        ("03a01Wa", "03", Emotion.ANGER),
        ("08b02Lb", "08", Emotion.NEUTRAL),
    ]


def test_a_folder_without_recordings_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no EmoDB recordings"):
        recordings(tmp_path)


def test_a_simulated_call_is_what_the_service_does() -> None:
    """Learn, then standardise, one utterance after the other."""
    corpus = a_corpus()
    prior, order = population(corpus, np.arange(24)), np.array([3, 1, 7])

    heard = one_call(corpus, order, prior)

    baseline = SpeakerBaseline()
    for place, row in enumerate(order):
        assert heard.before_s[place] == baseline.spoken_s
        baseline.learn(corpus.features[row], 3.0, prior)
        assert heard.standardised[place] == pytest.approx(baseline.standardise(corpus.features[row], prior))


def test_simulated_calls_use_every_utterance_of_a_caller_once_each() -> None:
    corpus = a_corpus()
    everyone = np.arange(len(corpus.emotion))

    heard = heard_in_calls(corpus, everyone, population(corpus, everyone), np.random.default_rng(1), 2)

    assert sorted(heard.rows) == sorted([*everyone, *everyone])


def test_a_speaker_never_met_is_told_apart_after_a_few_utterances() -> None:
    corpus = a_corpus(speakers=6, each=8)
    known, unknown = np.flatnonzero(corpus.speaker != "5"), np.flatnonzero(corpus.speaker == "5")
    prior, rng = population(corpus, known), np.random.default_rng(2)
    learnt = heard_in_calls(corpus, known, prior, rng, 3)
    head = fit(learnt.standardised, corpus.emotion[learnt.rows])

    asked = heard_in_calls(corpus, unknown, prior, rng, 3)

    settled = asked.before_s > 9
    found = recalls(head.probabilities(asked.standardised[settled]), corpus.emotion[asked.rows[settled]])
    assert found.min() > 0.8


def test_the_exported_file_says_what_the_head_says(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    head = Head(weights=rng.normal(size=(SIZE, 4)), bias=rng.normal(size=4), temperature=2.5)
    prior = Prior(mean=np.arange(SIZE, dtype=np.float32), deviation=np.ones(SIZE, dtype=np.float32))
    asked = rng.normal(size=(7, SIZE)).astype(np.float32)

    export(head, prior, "tiny", tmp_path / "new" / "emotion.onnx")

    session = onnxruntime.InferenceSession(str(tmp_path / "new" / "emotion.onnx"))
    probabilities, mean, deviation = session.run(None, {"standardised": asked})
    assert probabilities == pytest.approx(head.probabilities(asked), abs=1e-5)
    assert mean == pytest.approx(prior.mean)
    assert deviation == pytest.approx(prior.deviation)
    assert session.get_modelmeta().custom_metadata_map == {
        "features": ",".join(FEATURES),
        "classes": "anger,distress,neutral,happy",
        "width": str(WIDTH),
        "speech_model": "tiny",
    }


def test_temperature_makes_overconfident_scores_honest() -> None:
    rng = np.random.default_rng(4)
    honest = rng.normal(0, 1.5, (4000, 4))
    emotion = np.array([rng.choice(4, p=shares) for shares in softmax(honest)])

    found = best_temperature(5 * honest, emotion)

    assert found == pytest.approx(5, rel=0.15)
    assert surprise(softmax(5 * honest / found), emotion) < surprise(softmax(5 * honest), emotion)
    assert calibration_error(softmax(5 * honest / found), emotion) < 0.03


def test_figures_on_a_case_done_by_hand() -> None:
    emotion = np.array([0, 0, 1, 2, 3])
    called = np.eye(4)[[0, 1, 1, 2, 0]]

    assert recalls(called, emotion) == pytest.approx([0.5, 1.0, 1.0, 0.0])
    assert confusion(called, emotion)[0] == pytest.approx([0.5, 0.5, 0.0, 0.0])
    assert anger_auc(called, emotion) == pytest.approx((1.0 - 1 / 6 + 1 / 3) / 2)
    assert calibration_error(called, emotion) == pytest.approx(0.4)


def test_false_anger_counts_episodes_by_the_starter_rule() -> None:
    """Three angry of four is one flag however long it goes on; neutral calls raise none."""
    calm = a_corpus(speakers=1)
    calm = Corpus(**{name: getattr(calm, name)[:12] for name in calm.__slots__})
    prior = Prior(mean=np.zeros(SIZE, dtype=np.float32), deviation=np.ones(SIZE, dtype=np.float32))
    never = Head(weights=np.zeros((SIZE, 4)), bias=np.array([0.0, 0.0, 9.0, 0.0]))
    always = Head(weights=np.zeros((SIZE, 4)), bias=np.array([9.0, 0.0, 0.0, 0.0]))

    assert false_anger(calm, never, prior).flags == 0
    assert false_anger(calm, never, prior).called_neutral == 1.0
    assert false_anger(calm, always, prior).flags == 1
    assert false_anger(calm, always, prior).over_threshold == 1.0
