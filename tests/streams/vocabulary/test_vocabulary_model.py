"""Names on real passes of the speech model: written where they were said, nowhere else. Synthetic voices over G.711."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from qa_monitor.demo.truth import load_truth
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.records import Language
from streams.samples.resample import Resampler
from streams.vocabulary.terms import Term, Vocabulary

SOUNDS = Path(__file__).parents[1] / "sounds"
NAMES = Vocabulary(
    terms=tuple(
        Term(text=text)
        for text in (
            *("Tallowby", "Szymanski", "Qonto", "Calviance", "Mirabox", "Domatis", "Veloria Plus", "Trinovel"),
            *("Klarna", "Monzo", "Zentaro", "Brightmere", "Orbitel Max", "Covaxa", "Wojcik", "Fibrenest"),
        )
    )
)


def a_window(audio: NDArray[np.float32], language: Language, vocabulary: Vocabulary | None) -> Window:
    return Window(audio=audio, language=language, languages=(language,), vocabulary=vocabulary)


def a_recording(name: str) -> NDArray[np.float32]:
    samples, rate_hz = soundfile.read(SOUNDS / name, dtype="int16")
    return Resampler(rate_hz).feed(samples, last=True)


@pytest.mark.model
@pytest.mark.parametrize(
    ("file", "language", "name", "said"),
    [
        ("tallowby-en.flac", Language.EN, "Tallowby", "The shop in Tallowby sent me a new one."),
        ("szymanski-fr.flac", Language.FR, "Szymanski", "Mon nom de famille est Szymanski."),
    ],
)
def test_a_name_that_the_model_never_read_is_written_as_the_operator_writes_it(
    speech_model: SpeechModel, file: str, language: Language, name: str, said: str
) -> None:
    """The rest of the sentence and its times stay as they were."""
    audio = a_recording(file)
    (without,) = speech_model.recognise([a_window(audio, language, None)])
    (found,) = speech_model.recognise([a_window(audio, language, NAMES)])

    assert name not in without.text
    assert found.text == said
    assert " ".join(word.text for word in found.words) == found.text
    assert len(found.words) == len(without.words)
    assert [word.start_s for word in found.words] == [word.start_s for word in without.words]


@pytest.mark.model
@pytest.mark.parametrize("name", ["en-3-lost-parcel", "fr-2-prelevement-double"])
def test_a_call_without_names_reads_the_same_with_them(
    speech_model: SpeechModel, demo_calls: tuple[Path, ...], name: str
) -> None:
    file = next(file for file in demo_calls if file.stem == name)
    truth = load_truth(file.with_suffix(".json"))
    samples, rate_hz = soundfile.read(file, dtype="int16")
    channels = [Resampler(rate_hz).feed(samples[:, channel], last=True) for channel in (0, 1)]
    lines = [
        channels[0 if said.speaker == "customer" else 1][round(said.start_s * 16_000) : round(said.end_s * 16_000)]
        for said in truth.utterances[:4]
    ]
    for line in lines:
        (without,) = speech_model.recognise([a_window(line, truth.language, None)])
        (found,) = speech_model.recognise([a_window(line, truth.language, NAMES)])

        assert found.text == without.text
        assert found.words == without.words
