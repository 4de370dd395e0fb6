"""Folders of licensed corpora, made up and tiny: which label each file gets."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from sentiment.training.feelings import Feeling
from sentiment.training.layouts import LAYOUTS
from sentiment.training.recordings import recordings


def a_folder(tmp_path: Path, *names: str, channels: int = 1) -> Path:
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, np.zeros((160, channels), dtype=np.float32), 16000)
    return tmp_path


@pytest.mark.parametrize(
    ("corpus", "names", "expected"),
    [
        (
            "emodb",
            ["03a01Wa.flac", "03a01Xa.wav", "wav/08b02Lb.wav"],
            [("03", "a01", Feeling.ANGER), ("08", "b02", Feeling.BOREDOM)],
        ),
        ("crema-d", ["AudioWAV/1001_DFA_ANG_XX.wav", "readme.wav"], [("1001", "DFA", Feeling.ANGER)]),
        (
            "jl-corpus",
            ["Raw/female1_sad_10a_1.wav", "Raw/male2_excited_3b_2.wav"],
            [("female1", "10", Feeling.SADNESS)],
        ),
        ("subesco", ["F_02_MONIKA_S_1_HAPPY_5.wav", "F_02_MONIKA_S_1_SURPRISE_5.wav"], [("F_02", "1", "happiness")]),
        (
            "oreau",
            ["OréauFR_02/f/sess1/12a05C.wav", "OréauFR_02/m/sess2/03b01P.wav", "OréauFR_02/m/sess2/03b01S.wav"],
            [("12", "a05", Feeling.ANGER), ("03", "b01", Feeling.FEAR)],
        ),
        (
            "thorsten-emotional",
            ["v02/amused/0aaf11.wav", "v02/angry/0aaf11.wav", "v02/whisper/0aaf11.wav"],
            [("1", "0aaf11", Feeling.HAPPINESS), ("1", "0aaf11", Feeling.ANGER)],
        ),
        (
            "mesd",
            ["Anger_F_A_abajo.wav", "Sadness_C_B_adiós.wav"],
            [("F", "abajo", Feeling.ANGER), ("C", "adiós", Feeling.SADNESS)],
        ),
    ],
)
def test_a_label_is_read_from_names(
    tmp_path: Path, corpus: str, names: list[str], expected: list[tuple[str, str, str]]
) -> None:
    found = recordings(a_folder(tmp_path, *names), corpus)

    assert [(each.speaker, each.text, each.feeling) for each in found] == [
        (f"{corpus}/{speaker}", f"{corpus}/{text}", feeling) for speaker, text, feeling in expected
    ]


def test_a_label_is_read_from_a_table(tmp_path: Path) -> None:
    """By the stem of the file; listed files that are not there, and feelings of no use, are passed over."""
    folder = a_folder(tmp_path, "audio/one.wav", "audio/two.wav", "audio/unlisted.wav")
    (folder / "metadata").mkdir()
    (folder / "metadata" / "samples.csv").write_text(
        "file_name,actor,sentence,emotion_expressed\n"
        'one.wav,17,"Sì, vengo",joy\n'
        "two.wav,18,Vengo,surprise\n"
        "gone.wav,18,Vengo,anger\n",
        encoding="utf-8",
    )

    (only,) = recordings(folder, "emozionalmente")

    assert (only.speaker, only.text, only.feeling) == (
        "emozionalmente/17",
        "emozionalmente/Sì, vengo",
        Feeling.HAPPINESS,
    )


def test_audio_that_was_converted_keeps_its_row(tmp_path: Path) -> None:
    """The corpus lists compressed files under their old path; what lies here has the same stem."""
    folder = a_folder(tmp_path, "wav/utterance_7.wav")
    (folder / "metadata.csv").write_text(
        "id|utterance|emotion|audio_recording\n7|Well, well.|Angry|audio/utterance_7.webm\n", encoding="utf-8"
    )

    (only,) = recordings(folder, "emns")

    assert (only.speaker, only.feeling) == ("emns/1", Feeling.ANGER)


def test_a_table_without_its_columns_is_named(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "one.wav")
    (folder / "samples.csv").write_text("file_name,sentence\none.wav,Vengo\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"samples\.csv: no column actor, emotion_expressed"):
        recordings(folder, "emozionalmente")


def test_channels_are_mixed_and_the_rate_is_kept(tmp_path: Path) -> None:
    (only,) = recordings(a_folder(tmp_path, "03a01Wa.wav", channels=2))

    assert only.samples.ndim == 1
    assert only.rate_hz == 16000


def test_a_folder_without_recordings_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no emodb recordings"):
        recordings(tmp_path)
    with pytest.raises(ValueError, match="unknown corpus 'ravdess'"):
        recordings(tmp_path, "ravdess")


@pytest.mark.parametrize("corpus", sorted(LAYOUTS))
def test_every_corpus_has_neutral_speech(corpus: str) -> None:
    """Without it nothing tells what is calm in that corpus."""
    assert Feeling.NEUTRAL in LAYOUTS[corpus].feelings.values()
