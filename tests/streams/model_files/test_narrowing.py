"""The default model with the pieces of French and English alone: it writes them as the whole model does."""

import json
import struct
from pathlib import Path
from shutil import copytree

import pytest
import soundfile
from tokenizers import Tokenizer

from qa_monitor.demo.truth import CALLS_DIR, load_truth
from streams.model.loading import Place, load
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.model_files.narrowing import Narrowed, NotNarrowed, narrowed, spoken_pieces
from streams.model_files.sums import STAMP
from streams.records import Language
from streams.samples.resample import Resampler

SAID = {
    "fr": " Bonjour, je voudrais résilier mon abonnement à 29,99 €, s'il vous plaît. L'Hydro-Québec m'a appelé.",
    "en": " I'd like to cancel my subscription, please: it's $29.99 a month - and nobody told me!",
    "numbers": " 4111 1111 1111 1111, 514-555-0123, 1 234,50 $",
}


@pytest.fixture(scope="module")
def small(model_folder: Path) -> Narrowed:
    return narrowed(model_folder)


def test_most_pieces_of_other_languages_are_gone(small: Narrowed) -> None:
    """A third of them at least, the signs for times among them; the list of their names keeps its length."""
    assert small.pieces < 2 / 3 * small.of
    assert len(json.loads(small.files["vocabulary.json"])) == small.of
    tokenizer = Tokenizer.from_str(small.tokenizer)
    assert tokenizer.get_vocab_size() == small.pieces
    assert tokenizer.token_to_id("<|0.00|>") is None
    signs = [tokenizer.id_to_token(number) or "" for number in range(small.pieces - 107, small.pieces)]
    assert all(sign.startswith("<|") for sign in signs)


@pytest.mark.parametrize("name", SAID)
def test_texts_are_cut_into_the_same_pieces(small: Narrowed, model_folder: Path, name: str) -> None:
    """The decoder is asked in the pieces that it learned with."""
    whole = Tokenizer.from_file(str(model_folder / "tokenizer.json"))
    ours = Tokenizer.from_str(small.tokenizer)

    cut, known = (tokenizer.encode(SAID[name], add_special_tokens=False) for tokenizer in (ours, whole))

    assert cut.tokens == known.tokens
    assert ours.decode(cut.ids) == SAID[name]


def test_every_text_can_still_be_written(small: Narrowed) -> None:
    """A name in letters that are neither French nor English, byte by byte if need be."""
    ours = Tokenizer.from_str(small.tokenizer)

    assert (
        ours.decode(ours.encode(" Łukasz Đặng Привет 東京", add_special_tokens=False).ids) == " Łukasz Đặng Привет 東京"
    )


def test_numbers_of_languages_follow_their_names(small: Narrowed) -> None:
    """What CTranslate2 asks for by number is still the same sign."""
    names = json.loads(small.files["vocabulary.json"])
    languages = [names[number] for number in json.loads(small.files["config.json"])["lang_ids"]]

    assert len(languages) == 99
    assert {"<|fr|>", "<|en|>"} <= set(languages)
    assert all(name.startswith("<|") for name in languages)


@pytest.mark.parametrize("missing", ["vocabulary.json", "tokenizer.json", "config.json"])
def test_a_folder_without_these_files_is_left_whole(model_folder: Path, tmp_path: Path, missing: str) -> None:
    """Older and other models."""
    folder = tmp_path / "model"
    copytree(model_folder, folder, ignore=lambda _, names: {missing, "model.bin", STAMP} & set(names))

    with pytest.raises(NotNarrowed, match=f"^no {missing}$"):
        narrowed(folder)


def test_a_model_with_other_pieces_is_left_whole(model_folder: Path, tmp_path: Path) -> None:
    """One that knows English alone, for example, writes in others."""
    folder = tmp_path / "model"
    copytree(model_folder, folder, ignore=lambda _, names: {"model.bin", STAMP} & set(names))
    file = folder / "tokenizer.json"
    tokenizer = json.loads(file.read_text("utf-8"))
    words = tokenizer["model"]["vocab"]
    gone = sorted(spoken_pieces() & set(words), key=words.__getitem__)[-3_000:]
    tokenizer["model"]["vocab"] = {piece: number for piece, number in words.items() if piece not in gone}
    file.write_text(json.dumps(tokenizer), "utf-8")

    with pytest.raises(NotNarrowed, match="its vocabulary"):
        narrowed(folder)


def test_a_file_of_another_version_is_said(model_folder: Path, tmp_path: Path) -> None:
    """A later CTranslate2 may write the model's own file in another way; it says so itself where it cannot read it."""
    folder = tmp_path / "model"
    copytree(model_folder, folder, ignore=lambda _, names: {"model.bin", STAMP} & set(names))
    (folder / "model.bin").write_bytes(struct.pack("<I", 7))

    with pytest.raises(NotNarrowed, match=r"^model\.bin: version 7 of the format, not 6$"):
        narrowed(folder)


def test_a_model_that_is_left_whole_says_why_and_works(model_folder: Path, tmp_path: Path) -> None:
    """Without a list of its pieces' names beside it, as older conversions have it."""
    folder = tmp_path / "model"
    copytree(model_folder, folder, ignore=lambda _, names: {STAMP} & set(names))
    words = json.loads((folder / "vocabulary.json").read_text("utf-8"))
    (folder / "vocabulary.json").unlink()
    (folder / "vocabulary.txt").write_text("".join(f"{word}\n" for word in words), "utf-8")

    loaded = load(folder, Place(workers=1))

    assert loaded.whole_because == "no vocabulary.json"
    assert loaded.model.is_multilingual
    assert load(model_folder, Place(workers=1)).whole_because is None


def test_it_hears_what_the_whole_model_hears(model_folder: Path, speech_model: SpeechModel) -> None:
    """The lines of a bundled call in each language: the same words, but for one in fifty."""
    whole = SpeechModel(model_folder, workers=1, whole=True)
    same = lines = 0
    for name in ("fr-1-box-en-panne", "en-1-broadband-down"):
        truth = load_truth(CALLS_DIR / f"{name}.json")
        samples, rate_hz = soundfile.read(CALLS_DIR / f"{name}.flac", dtype="int16")
        channels = [Resampler(rate_hz).feed(samples[:, channel], last=True) for channel in (0, 1)]
        for said in truth.utterances:
            audio = channels[0 if said.speaker == "customer" else 1]
            window = Window(
                audio=audio[round(said.start_s * 16_000) : round(said.end_s * 16_000)],
                language=None,
                languages=(Language.FR, Language.EN),
            )
            (ours,), (theirs,) = speech_model.recognise([window]), whole.recognise([window])
            assert ours.language is theirs.language
            same += ours.text == theirs.text
            lines += 1

    assert lines > 15
    assert same >= lines - 2
