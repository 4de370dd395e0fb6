"""The speech model on short windows: as good as padded ones, alone and in company. On bundled calls."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from qa_monitor.demo.truth import load_truth
from streams.engine.warming import warm_up
from streams.model.encoder_input import safe_width
from streams.model.gates import is_loop
from streams.model.recipe import Graft, Recipe
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.model.word_times import evenly_spread
from streams.records import Language
from streams.samples.resample import Resampler

BOTH = (Language.FR, Language.EN)
WIDTH = 512
"""Of the default model's states."""


def plain(text: str) -> list[str]:
    return re.sub(r"[^\w']+", " ", text.lower()).split()


def a_window(
    audio: NDArray[np.float32],
    language: Language | None = None,
    *,
    wants_embedding: bool = False,
    wants_times: bool = True,
) -> Window:
    return Window(
        audio=audio, language=language, languages=BOTH, wants_embedding=wants_embedding, wants_times=wants_times
    )


def lines_of(file: Path) -> tuple[Language, list[tuple[NDArray[np.float32], str]]]:
    """Every line of a bundled call at 16 kHz, with its text."""
    truth = load_truth(file.with_suffix(".json"))
    samples, rate_hz = soundfile.read(file, dtype="int16")
    channels = [Resampler(rate_hz).feed(samples[:, channel], last=True) for channel in (0, 1)]
    return truth.language, [
        (
            channels[0 if said.speaker == "customer" else 1][
                round((said.start_s - 0.15) * 16_000) : round((said.end_s + 0.15) * 16_000)
            ],
            said.text,
        )
        for said in truth.utterances
    ]


@pytest.fixture(scope="module")
def french(demo_calls: tuple[Path, ...]) -> list[NDArray[np.float32]]:
    """The lines of one French call."""
    return [audio for audio, _ in lines_of(next(file for file in demo_calls if file.stem.startswith("fr-2")))[1]]


@pytest.fixture(scope="module")
def english(demo_calls: tuple[Path, ...]) -> list[NDArray[np.float32]]:
    """The lines of one English call."""
    return [audio for audio, _ in lines_of(next(file for file in demo_calls if file.stem.startswith("en-3")))[1]]


def errors(said: Sequence[str], heard: Sequence[str]) -> int:
    return sum(Levenshtein.distance(plain(one), plain(other)) for one, other in zip(said, heard, strict=True))


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("name", ["en-3-lost-parcel", "fr-2-prelevement-double"])
def test_short_windows_are_as_good_as_windows_of_thirty_seconds(
    name: str, demo_calls: tuple[Path, ...], speech_model: SpeechModel
) -> None:
    """The grafted silence does what thirty seconds of silence do: the same errors, within 5 words in 100."""
    language, lines = lines_of(next(file for file in demo_calls if file.stem == name))
    texts = [text for _, text in lines]
    words = sum(len(plain(text)) for text in texts)

    # a window filled up with silence to 28 s has, with its tail, nothing left to graft
    filled = [np.concatenate([audio, np.zeros(28 * 16_000 - len(audio), np.float32)]) for audio, _ in lines]
    padded = [speech_model.recognise([a_window(audio, language)], Recipe(graft=Graft.NONE))[0].text for audio in filled]
    grafted = [speech_model.recognise([a_window(audio, language)])[0].text for audio, _ in lines]

    assert errors(texts, grafted) <= errors(texts, padded) + 0.05 * words


@pytest.mark.model
def test_a_batch_gives_what_each_window_gives_alone(
    speech_model: SpeechModel, english: list[NDArray[np.float32]]
) -> None:
    """Company of other lengths changes no word by more than the arithmetic of batches does: 3 in 100, in English."""
    windows = [a_window(audio, Language.EN) for audio in english[:8]]
    alone = [speech_model.recognise([window])[0] for window in windows]

    together = speech_model.recognise(windows)

    words = sum(len(plain(one.text)) for one in alone)
    assert len(together) == len(windows)
    assert errors([one.text for one in alone], [one.text for one in together]) <= 0.03 * words


@pytest.mark.model
def test_a_batch_of_equal_windows_gives_equal_answers(
    speech_model: SpeechModel, english: list[NDArray[np.float32]]
) -> None:
    """Nothing leaks from one row to another."""
    window = a_window(english[0], Language.EN, wants_embedding=True)

    first, *others = speech_model.recognise([window] * 4)

    for other in others:
        assert other.text == first.text
        assert other.words == first.words
        assert first.embedding is not None
        assert other.embedding is not None
        np.testing.assert_allclose(other.embedding.mean, first.embedding.mean, atol=1e-4)


@pytest.mark.model
def test_word_times_increase_and_lie_inside_the_window(
    speech_model: SpeechModel, english: list[NDArray[np.float32]], french: list[NDArray[np.float32]]
) -> None:
    """Words can be clicked, played and muted."""
    for language, lines in ((Language.EN, english), (Language.FR, french)):
        for audio in lines:
            (found,) = speech_model.recognise([a_window(audio, language)])
            times = [time for word in found.words for time in (word.start_s, word.end_s)]

            assert " ".join(word.text for word in found.words) == found.text
            assert times == sorted(times)
            assert times[0] >= 0
            assert times[-1] <= len(audio) / 16_000
            assert all(0 <= word.probability <= 1 for word in found.words)


@pytest.mark.model
def test_words_are_where_they_are_said(speech_model: SpeechModel, english: list[NDArray[np.float32]]) -> None:
    """Silence in front moves every word by its length, within a quarter of a second."""
    audio = english[0]
    (plain_pass,) = speech_model.recognise([a_window(audio, Language.EN)])
    (moved,) = speech_model.recognise([a_window(np.concatenate([np.zeros(16_000, np.float32), audio]), Language.EN)])

    assert plain(moved.text) == plain(plain_pass.text)
    # the first word begins with the silence in front of it
    for before, after in list(zip(plain_pass.words, moved.words, strict=True))[1:]:
        assert after.start_s - before.start_s == pytest.approx(1.0, abs=0.25)


@pytest.mark.model
def test_words_are_spread_evenly_where_nobody_wants_their_times(
    speech_model: SpeechModel, english: list[NDArray[np.float32]]
) -> None:
    """True times cost a pass of the decoder."""
    (found,) = speech_model.recognise([a_window(english[0], Language.EN, wants_times=False)])

    assert found.words == evenly_spread(found.text, len(english[0]) / 16_000, found.confidence)
    assert found.embedding is None


@pytest.mark.model
def test_an_embedding_is_as_wide_as_the_model_and_of_this_window_alone(
    speech_model: SpeechModel, english: list[NDArray[np.float32]]
) -> None:
    """Mean and deviation over the utterance's own states: a longer companion changes them by little."""
    short, long = sorted(english, key=len)[0], sorted(english, key=len)[-1]
    window = a_window(short, Language.EN, wants_embedding=True)

    alone = speech_model.recognise([window])[0].embedding
    in_company = speech_model.recognise([window, a_window(long, Language.EN)])[0].embedding

    assert alone is not None
    assert in_company is not None
    assert alone.mean.shape == alone.deviation.shape == (WIDTH,)
    assert alone.mean.dtype == alone.deviation.dtype == np.float32
    assert np.all(alone.deviation >= 0)
    assert np.corrcoef(alone.mean, in_company.mean)[0, 1] > 0.99


@pytest.mark.model
def test_the_language_is_detected(
    speech_model: SpeechModel, english: list[NDArray[np.float32]], french: list[NDArray[np.float32]]
) -> None:
    """Of what is spoken for more than two seconds, in one batch with both, and never outside those allowed."""
    spoken = [(Language.EN, audio) for audio in english] + [(Language.FR, audio) for audio in french]
    long = [(language, audio) for language, audio in spoken if len(audio) > 2 * 16_000]
    found = [
        one
        for start in range(0, len(long), 6)
        for one in speech_model.recognise([a_window(audio, wants_times=False) for _, audio in long[start : start + 6]])
    ]

    right = sum(one.language is language for one, (language, _) in zip(found, long, strict=True))
    assert right >= 0.9 * len(long)
    assert all(0.5 <= one.language_probability <= 1 for one in found)
    only = Window(audio=english[0], language=None, languages=(Language.FR,), wants_times=False)
    assert speech_model.recognise([only])[0].language is Language.FR


@pytest.mark.model
def test_an_announced_language_is_not_detected(speech_model: SpeechModel, english: list[NDArray[np.float32]]) -> None:
    """A batch may hold both kinds of windows."""
    announced, detected = speech_model.recognise([a_window(english[0], Language.FR), a_window(english[0])])

    assert (announced.language, announced.language_probability) == (Language.FR, 1.0)
    assert detected.language is Language.EN


@pytest.mark.model
@pytest.mark.parametrize("length", [160, 1600, 9440, 9600, 25_600, 28 * 16_000])
def test_windows_of_any_length_are_answered(length: int, speech_model: SpeechModel) -> None:
    """From ten milliseconds to the longest, past the width (0.6 s) taken for mel bands."""
    noise = np.random.default_rng(3).standard_normal(length).astype(np.float32) * np.float32(0.001)

    (found,) = speech_model.recognise([a_window(noise, wants_embedding=True)])

    assert 0 <= found.confidence <= 1
    assert 0 <= found.no_speech <= 1
    assert found.embedding is not None
    assert np.isfinite(found.embedding.mean).all()


@pytest.mark.model
def test_a_loop_is_tried_again_with_a_full_window_and_reported(
    speech_model: SpeechModel, english: list[NDArray[np.float32]]
) -> None:
    """The same sentence twelve times over still goes round in circles there: it is marked, not thrown away.

    By a recipe that does so with this very sentence.
    """
    sentence = english[3][round(0.2 * 16_000) : round(1.4 * 16_000)]
    found, calm = speech_model.recognise(
        [a_window(np.tile(sentence, 12), Language.EN), a_window(english[0], Language.EN)], Recipe(graft=Graft.ROOM)
    )

    assert not calm.retried
    assert not calm.looping
    assert found.retried
    assert found.looping
    assert plain(found.text)[:3] == ["tomorrow", "is", "fine"]


@pytest.mark.model
def test_the_model_is_warmed_up_before_the_first_call(speech_model: SpeechModel) -> None:
    """One real pass, whatever the languages."""
    warm_up(speech_model, BOTH, 2)


@pytest.mark.parametrize(
    ("frames", "width"), [(1, 32), (143, 128), (150, 162), (160, 162), (177, 192), (300, 288), (2999, 3000)]
)
def test_few_widths_are_encoded_and_none_that_is_taken_for_mel_bands(frames: int, width: int) -> None:
    """80 positions are 1.6 s; the nearest multiple otherwise, and never more than the model takes."""
    assert safe_width(frames, 80) == width


def test_a_runaway_text_is_seen_by_the_loop_check() -> None:
    """The sign that a window is tried again."""
    assert is_loop([5, 6, 7, 8] * 5)
