"""What the training is made of, on small made-up data: the line, the simulated calls, the head and its export."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from sentiment.baseline import Prior, SpeakerBaseline
from sentiment.clipping import clipped_share
from sentiment.prosody import FEATURES
from sentiment.training.calls import Ear, heard_in_calls, known_mean, one_call, population, shuffled_calls
from sentiment.training.conditions import APART, CONDITIONS, Condition, line_of, spoken_in
from sentiment.training.corpus import CLASSES, NO_CLASS, Corpus
from sentiment.training.evaluation import Norm, Trial, held_out
from sentiment.training.export import export
from sentiment.training.feelings import AFFECT, FEELINGS, Feeling
from sentiment.training.figures import anger_auc, calibration_error, confusion, recalls, reliability
from sentiment.training.fitting import Fitted, fitted
from sentiment.training.head import Head, Shown, best_temperature, fit, softmax, surprise
from sentiment.training.neutral import false_anger
from sentiment.training.recordings import Recording
from sentiment.training.report import probabilities_of
from sentiment.training.telephone import LINE_HZ, SPEEDS, Line, g711, through
from tests.sentiment.builders import a_sound

WIDTH = 4
SIZE = len(FEATURES) + 2 * WIDTH
PLAYED = np.array([index for index, each in enumerate(FEELINGS) if each is not Feeling.DISGUST])


def a_corpus(speakers: int = 3, each: int = 6, seed: int = 5) -> Corpus:
    """Feelings that differ along axes of their own, the same for everyone, around each speaker's own middle."""
    rng = np.random.default_rng(seed)
    feeling = np.tile(np.repeat(PLAYED, each), speakers)
    speaker = np.repeat(np.arange(speakers), each * len(PLAYED))
    middles, ways = rng.normal(0, 1, (speakers, SIZE)), 5 * np.eye(len(FEELINGS), SIZE)
    ways[FEELINGS.index(Feeling.NEUTRAL)] = 0
    rows = middles[speaker] + ways[feeling] + rng.normal(0, 0.5, (len(feeling), SIZE))
    return Corpus(
        features=rows.astype(np.float32),
        spoken_s=np.full(len(feeling), 3.0, dtype=np.float32),
        feeling=feeling,
        speaker=speaker.astype(str),
        text=np.array([f"t{index % 3}" for index in range(len(feeling))]),
        line=np.zeros(len(feeling), dtype=np.int64),
        clipped=np.zeros(len(feeling), dtype=np.float32),
    )


def a_head(bias: list[float]) -> Head:
    """One that says the same of everything: `bias` for each feeling that the product has a class for."""
    return Head(
        weights=np.zeros((SIZE, len(PLAYED))),
        bias=np.array(bias),
        feelings=PLAYED,
        ways=np.zeros((len(PLAYED), SIZE)),
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


def test_a_simulated_call_is_what_the_service_does() -> None:
    """Guess, learn, then standardise, one utterance after the other."""
    corpus = a_corpus()
    found = fitted(corpus, np.arange(len(corpus.feeling)), np.random.default_rng(1), 1)
    prior, order = found.ear.prior, np.array([3, 1, 7])

    heard = one_call(corpus, order, found.ear)

    baseline = SpeakerBaseline()
    for place, row in enumerate(order):
        assert heard.before_s[place] == baseline.spoken_s
        guess = found.head.moved(baseline.standardise(corpus.features[row], prior)[None])[0]
        baseline.learn(corpus.features[row], 3.0, prior, moved=guess)
        assert heard.standardised[place] == pytest.approx(baseline.standardise(corpus.features[row], prior))


def test_simulated_calls_use_every_utterance_of_a_caller_once_each() -> None:
    corpus = a_corpus()
    everyone = np.arange(len(corpus.emotion))

    heard = heard_in_calls(corpus, everyone, Ear(prior=population(corpus, everyone)), np.random.default_rng(1), 2)

    assert sorted(heard.rows) == sorted([*everyone, *everyone])


def test_a_speaker_never_met_is_told_apart_after_a_few_utterances() -> None:
    corpus = a_corpus(speakers=6, each=8)
    known, unknown = np.flatnonzero(corpus.speaker != "5"), np.flatnonzero(corpus.speaker == "5")
    rng = np.random.default_rng(2)
    found = fitted(corpus, known, rng, 2)

    asked = shuffled_calls(corpus, unknown, found.ear, rng, 3)

    settled = asked.before_s > 9
    each = recalls(found.head.probabilities(asked.standardised[settled]), corpus.emotion[asked.rows[settled]])
    assert each.min() > 0.8


@pytest.mark.parametrize("norm", list(Norm))
def test_held_out_speakers_are_asked_every_utterance_once_in_each_order(norm: Norm) -> None:
    corpus = a_corpus(each=3)
    trial = Trial(norm=norm, calls=1, orders=2)

    found = held_out(corpus, trial)

    times = 2 if norm is Norm.ONLINE else 1
    assert len(found.truth) == times * len(corpus.feeling)
    assert sorted(np.unique(found.truth)) == list(range(len(CLASSES)))


def test_the_truth_of_a_trial_of_feelings_is_the_feeling() -> None:
    found = held_out(a_corpus(speakers=4, each=10), Trial(norm=Norm.OFFLINE, feelings=True))

    assert found.together == pytest.approx(np.eye(len(PLAYED)))
    assert recalls(probabilities_of(found), found.truth).min() > 0.7


def test_a_head_is_blind_to_what_it_is_not_shown() -> None:
    corpus = a_corpus()
    ways = np.zeros((len(PLAYED), SIZE))

    prosody = fit(corpus.features, corpus.feeling, ways, Shown.PROSODY)
    encoder = fit(corpus.features, corpus.feeling, ways, Shown.ENCODER)

    assert not prosody.weights[len(FEATURES) :].any()
    assert not encoder.weights[: len(FEATURES)].any()
    assert prosody.weights[: len(FEATURES)].any()


def test_disgust_has_no_class_in_the_product() -> None:
    corpus = a_corpus()
    feeling = corpus.feeling.copy()
    feeling[0] = FEELINGS.index(Feeling.DISGUST)
    changed = Corpus(**{**{name: getattr(corpus, name) for name in corpus.__slots__}, "feeling": feeling})

    assert changed.emotion[0] == NO_CLASS
    assert (changed.emotion[1:] != NO_CLASS).all()


def test_the_exported_file_says_what_the_heads_say(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    voice, prosody = (
        Head(
            weights=rng.normal(size=(SIZE, 6)),
            bias=rng.normal(size=6),
            feelings=PLAYED,
            ways=rng.normal(size=(6, SIZE)),
            temperature=temperature,
        )
        for temperature in (2.5, 4.0)
    )
    prior = Prior(mean=np.arange(SIZE, dtype=np.float32), deviation=np.ones(SIZE, dtype=np.float32))
    asked = rng.normal(size=(7, SIZE)).astype(np.float32)

    export(voice, prosody, prior, "tiny", tmp_path / "new" / "emotion.onnx")

    session = onnxruntime.InferenceSession(str(tmp_path / "new" / "emotion.onnx"))
    names = [each.name for each in session.get_outputs()]
    found = dict(zip(names, session.run(names, {"standardised": asked}), strict=True))
    for mark, head in (("", voice), ("prosody_", prosody)):
        feelings = softmax(head.scores(asked) / head.temperature)
        assert found[f"{mark}probabilities"] == pytest.approx(head.probabilities(asked), abs=1e-4)
        assert found[f"{mark}moved"] == pytest.approx(head.moved(asked), abs=1e-4)
        assert found[f"{mark}affect"] == pytest.approx(feelings @ head.affect, abs=1e-4)
    assert found["prior_mean"] == pytest.approx(prior.mean)
    assert found["prior_deviation"] == pytest.approx(prior.deviation)
    assert session.get_modelmeta().custom_metadata_map == {
        "features": ",".join(FEATURES),
        "classes": "anger,distress,neutral,happy",
        "width": str(WIDTH),
        "speech_model": "tiny",
        "temperature": "2.5",
    }


def test_anger_is_aroused_and_sadness_is_not() -> None:
    assert AFFECT[Feeling.ANGER][0] > 0 > AFFECT[Feeling.SADNESS][0]
    assert AFFECT[Feeling.HAPPINESS][1] > 0 > AFFECT[Feeling.ANGER][1]
    assert set(AFFECT) == set(Feeling)


def test_temperature_makes_overconfident_scores_honest() -> None:
    rng = np.random.default_rng(4)
    honest = rng.normal(0, 1.5, (4000, 4))
    emotion = np.array([rng.choice(4, p=shares) for shares in softmax(honest)])

    found = best_temperature(5 * honest, np.eye(4), emotion)

    assert found == pytest.approx(5, rel=0.15)
    assert surprise(softmax(5 * honest / found), emotion) < surprise(softmax(5 * honest), emotion)
    assert calibration_error(softmax(5 * honest / found), emotion) < 0.03


def in_three_conditions(corpus: Corpus) -> Corpus:
    """The same three times, as if by three lines."""
    lines = [
        replace(corpus, line=np.full(len(corpus.line), CONDITIONS.index(condition)))
        for condition in (Condition.PLAIN, Condition.NOISE, Condition.LOSS)
    ]
    return Corpus.joined(lines)


def test_what_is_held_out_is_never_fitted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the speaker, nor the sentence, nor the condition that is asked about."""
    corpus = in_three_conditions(a_corpus(each=3))
    learnt: list[NDArray[np.int64]] = []

    def watched(seen: Corpus, rows: NDArray[np.int64], *rest: Any) -> Fitted:
        learnt.append(rows)
        return fitted(seen, rows, *rest)

    monkeypatch.setattr("sentiment.training.evaluation.fitted", watched)
    asked = (Condition.PLAIN, Condition.LOSS)

    found = held_out(corpus, Trial(texts_too=True, apart=True, asked=asked, orders=1))

    assert len(learnt) == 3 * 2 * 2
    place = 0
    for speaker in np.unique(corpus.speaker):
        for texts in (("t0", "t2"), ("t1",)):
            for condition in asked:
                rows = learnt[place]
                assert speaker not in corpus.speaker[rows]
                assert not np.isin(corpus.text[rows], texts).any()
                assert CONDITIONS.index(condition) not in corpus.line[rows]
                place += 1
    assert len(found.rows) == 2 * len(corpus.line) // 3


def test_every_condition_is_in_one_half() -> None:
    assert sorted(each for half in APART for each in half) == sorted(CONDITIONS)


def test_a_head_of_few_features_says_the_same_when_widened() -> None:
    corpus = a_corpus()
    few = corpus.with_only(slice(len(FEATURES)))
    head = fitted(few, np.arange(len(few.feeling)), np.random.default_rng(1), 1, Shown.PROSODY).head

    wide = head.widened(SIZE)

    assert wide.probabilities(corpus.features) == pytest.approx(head.probabilities(few.features))
    assert not wide.moved(corpus.features)[:, len(FEATURES) :].any()


def test_what_was_never_measured_has_no_mean() -> None:
    values = np.array([[1.0, np.nan, np.nan], [3.0, 5.0, np.nan]])

    assert known_mean(values) == pytest.approx([2.0, 5.0, np.nan], nan_ok=True)


def a_recording(speaker: str = "1", level: float = 0.9, duration_s: float = 2.0) -> Recording:
    sound = a_sound(rate_hz=16000, duration_s=duration_s)
    return Recording(
        name=speaker,
        speaker=speaker,
        text="t",
        feeling=Feeling.NEUTRAL,
        samples=(sound / np.abs(sound).max() * level).astype(np.float32),
        rate_hz=16000,
    )


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_call_of_any_condition_is_audible_and_as_long_as_what_was_said(condition: Condition) -> None:
    rng = np.random.default_rng(1)
    said = a_recording()

    spoken = spoken_in(condition, said, [a_recording("2")], rng)
    heard = through(line_of(condition, rng), spoken, said.rate_hz, rng)

    longest_s = 1.0 if condition is Condition.SHORT else 2.0 / min(SPEEDS)
    assert 0.6 - 0.01 <= len(heard) / LINE_HZ <= longest_s + 0.01
    assert 10 * np.log10(np.mean(heard.astype(np.float64) ** 2)) > -50


def test_only_an_overdriven_line_is_clipped() -> None:
    rng = np.random.default_rng(2)
    said = a_recording(level=1.0)

    shares = {
        condition: clipped_share(through(line_of(condition, rng), said.samples, said.rate_hz, rng))
        for condition in CONDITIONS
        if condition is not Condition.LEVEL
    }

    assert max(shares, key=lambda one: shares[one]) is Condition.OVERDRIVEN
    assert shares[Condition.OVERDRIVEN] > 10 * shares[Condition.PLAIN]


def test_somebody_else_is_heard_for_part_of_the_time() -> None:
    said = a_recording()
    quiet = replace(said, samples=np.zeros_like(said.samples))

    heard = spoken_in(Condition.OVERLAPPED, quiet, [said], np.random.default_rng(3))

    assert 0.3 < np.mean(np.abs(heard) > 0) <= 0.51
    assert np.abs(heard).max() < np.abs(said.samples).max()


def test_figures_on_a_case_done_by_hand() -> None:
    emotion = np.array([0, 0, 1, 2, 3])
    called = np.eye(4)[[0, 1, 1, 2, 0]]

    assert recalls(called, emotion) == pytest.approx([0.5, 1.0, 1.0, 0.0])
    assert confusion(called, emotion)[0] == pytest.approx([0.5, 0.5, 0.0, 0.0])
    assert anger_auc(called, emotion) == pytest.approx((1.0 - 1 / 6 + 1 / 3) / 2)
    assert calibration_error(called, emotion) == pytest.approx(0.4)
    (only,) = reliability(called, emotion)
    assert [only.sure, only.right, only.share] == pytest.approx([1.0, 0.6, 1.0])


def test_false_anger_counts_episodes_by_the_starter_rule() -> None:
    """Three angry of four is one flag however long it goes on; neutral calls raise none."""
    calm = a_corpus(speakers=1)[:12]
    ear = Ear(prior=Prior(mean=np.zeros(SIZE, dtype=np.float32), deviation=np.ones(SIZE, dtype=np.float32)))
    sure = 9.0 * np.eye(len(PLAYED))
    never = a_head(list(sure[list(PLAYED).index(FEELINGS.index(Feeling.NEUTRAL))]))
    always = a_head(list(sure[list(PLAYED).index(FEELINGS.index(Feeling.ANGER))]))

    assert false_anger(calm, never, ear).flags == 0
    assert false_anger(calm, never, ear).called_neutral == 1.0
    assert false_anger(calm, always, ear).flags == 1
    assert false_anger(calm, always, ear).over_threshold == 1.0
