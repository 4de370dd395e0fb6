"""A Whisper model with only the pieces of words that French and English are written in.

Whisper writes a hundred languages, in 51,865 pieces; every step of the decoder weighs all of them, and that takes more
than half of what it reads from memory. What nobody will say is left out when the model is loaded: the rows of its table
of pieces, and the same pieces in its tokenizer. Every other weight stays as it is, and so does the order of the pieces;
each byte has a piece of its own, so any word can still be written. The model's files are not touched.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from streams.model_files.binary import ModelFileError, with_rows

BYTES = 256
"""The first pieces of a vocabulary: one for each byte."""
MOST_UNKNOWN = 0.05
"""Of our pieces: with more of them missing, the model writes in other pieces than Whisper's, and is left whole."""
_TIMESTAMP = "<|0.00|>"
"""The first of 1,501 that end the vocabulary; the service never asks for them."""


class NotNarrowed(ValueError):
    """The model is not built as Whisper's multilingual models are, in words for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What to load instead of the files of a folder."""

    files: Mapping[str, bytes]
    tokenizer: str
    pieces: int
    of: int


def narrowed(folder: Path) -> Narrowed:
    """The model of a folder with fewer pieces. Raises NotNarrowed."""
    names = ("vocabulary.json", "config.json", "tokenizer.json")
    if missing := [name for name in names if not (folder / name).is_file()]:
        raise NotNarrowed(f"no {' or '.join(missing)}")
    vocabulary, config, tokenizer = (json.loads((folder / name).read_bytes()) for name in names)
    rows = kept_rows(vocabulary, tokenizer, spoken_pieces())
    try:
        model = with_rows((folder / "model.bin").read_bytes(), rows, of=len(vocabulary))
    except ModelFileError as error:
        raise NotNarrowed(f"model.bin: {error}") from error
    files = {
        "model.bin": model,
        "config.json": _text(renumbered(config, rows)).encode(),
        "vocabulary.json": _text(reordered(vocabulary, rows)).encode(),
    }
    return Narrowed(files=files, tokenizer=_text(cut(tokenizer, rows)), pieces=len(rows), of=len(vocabulary))


def spoken_pieces() -> frozenset[str]:
    """Those that French and English need, as tokenizers write them (`Ġ` for a space); made by `bench/pieces.py`."""
    return frozenset(resources.files("streams").joinpath("data/pieces.txt").read_text("utf-8").split("\n")[:-1])


def kept_rows(vocabulary: Sequence[str], tokenizer: Mapping[str, Any], pieces: Collection[str]) -> tuple[int, ...]:
    """Numbers of what stays, ascending: bytes, our pieces with all they are merged from, signs other than times.

    Raises NotNarrowed where the vocabulary is another one.
    """
    words = tokenizer["model"]["vocab"]
    known = [piece for piece in pieces if piece in words]
    if len(known) < (1 - MOST_UNKNOWN) * len(pieces) or _TIMESTAMP not in vocabulary:
        raise NotNarrowed("its vocabulary is not that of Whisper's multilingual models")
    parts = {"".join(pair): pair for pair in _merges(tokenizer)}
    kept = {words[piece] for piece in _whole_family(known, parts)}
    signs = range(len(words), vocabulary.index(_TIMESTAMP))
    return (*sorted({*range(BYTES), *kept}), *signs)


def reordered(vocabulary: Sequence[str], rows: Sequence[int]) -> list[str]:
    """What stays first, the rest behind it, where no row of the table is: CTranslate2 tells by the length of the
    list whether a model knows more than English."""
    stays = set(rows)
    return [*(vocabulary[row] for row in rows), *(piece for row, piece in enumerate(vocabulary) if row not in stays)]


def renumbered(config: Mapping[str, Any], rows: Sequence[int]) -> dict[str, Any]:
    """The configuration with the new numbers of languages and of what is never written."""
    new = {row: number for number, row in enumerate(rows)}
    lists = ("lang_ids", "suppress_ids", "suppress_ids_begin")
    changed = {name: [new[row] for row in config[name] if row in new] for name in lists if name in config}
    return {**config, **changed}


def cut(tokenizer: Mapping[str, Any], rows: Sequence[int]) -> dict[str, Any]:
    """The tokenizer with the same pieces under their new numbers."""
    new = {row: number for number, row in enumerate(rows)}
    model = tokenizer["model"]
    words = {piece: new[row] for piece, row in model["vocab"].items() if row in new}
    merges = [pair for pair in model["merges"] if _joined(pair) in words]
    added = [{**sign, "id": new[sign["id"]]} for sign in tokenizer["added_tokens"] if sign["id"] in new]
    return {
        **tokenizer,
        "model": {**model, "vocab": words, "merges": merges},
        "added_tokens": added,
        "post_processor": None,  # it names signs by number, and the service asks for none of them
    }


def _whole_family(pieces: Collection[str], parts: Mapping[str, tuple[str, str]]) -> set[str]:
    """The pieces and what they are merged from, so that texts are still cut the way the model learned."""
    family: set[str] = set()
    waiting = list(pieces)
    while waiting:
        piece = waiting.pop()
        if piece not in family:
            family.add(piece)
            waiting.extend(parts.get(piece, ()))
    return family


def _merges(tokenizer: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs = [pair.split(" ") if isinstance(pair, str) else pair for pair in tokenizer["model"]["merges"]]
    return [(first, second) for first, second in pairs]


def _joined(pair: str | Sequence[str]) -> str:
    return pair.replace(" ", "") if isinstance(pair, str) else "".join(pair)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
