"""Writes `streams/data/pieces.txt`: the pieces of words of French and English, for `streams/model_files/narrowing.py`.

    python bench/pieces.py --model FOLDER --words 30000

Needs the package `wordfreq` (its counts come from Wikipedia, subtitles, news, books and the web), which the service
does not: install it beside the service for this once. Every Whisper model that knows more languages has these pieces.
"""

import argparse
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tokenizers import Tokenizer

OUT = Path(__file__).resolve().parents[1] / "streams" / "data" / "pieces.txt"
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzàâäæáçéèêëíîïñóôöœúùûüÿ")
SIGNS = frozenset("’‘“”«»…–—€£°")
ELIDED = frozenset("aeiouyhàâéèêëîïôû")
"""French words that begin so stand behind an apostrophe, without a space."""
JOINED = 5_000
"""So many of a language also stand behind a hyphen."""
ACRONYM_LETTERS, ACRONYMS = 4, 3_000


def forms(language: str, words: list[str]) -> Iterator[str]:
    """How a recogniser writes them: behind a space, an apostrophe or a hyphen, small and with a capital."""
    for rank, word in enumerate(words):
        yield f" {word}"
        yield f" {word.capitalize()}"
        if rank < JOINED or (language == "fr" and word[0] in ELIDED):
            yield word
            yield word.capitalize()
        if rank < ACRONYMS and len(word) <= ACRONYM_LETTERS:
            yield f" {word.upper()}"


def is_ours(text: str) -> bool:
    """Whether a piece could stand in a French or an English sentence."""
    return all(sign.lower() in LETTERS or sign in SIGNS or (sign.isascii() and not sign.isalpha()) for sign in text)


def pieces(tokenizer: Tokenizer, words: int) -> set[str]:
    """As the tokenizer writes them."""
    top_n_list = import_module("wordfreq").top_n_list
    used: set[int] = set()
    for language in ("fr", "en"):
        said = list(forms(language, top_n_list(language, words, wordlist="best")))
        used.update(number for one in tokenizer.encode_batch(said, add_special_tokens=False) for number in one.ids)
    numbers = range(tokenizer.get_vocab_size(with_added_tokens=False))
    texts = {number: tokenizer.decode([number]) for number in numbers}
    used |= {number for number, text in texts.items() if re.fullmatch(r"[\W\d_]{1,6}", text)}
    return {str(tokenizer.id_to_token(number)) for number in used if is_ours(texts[number])}


def main() -> None:
    """See the module's text."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, required=True, help="folder with a tokenizer.json")
    parser.add_argument("--words", type=int, default=30_000, help="the most frequent of each language")
    arguments = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    vocabulary = tokenizer.get_vocab()
    found = sorted(pieces(tokenizer, arguments.words), key=vocabulary.__getitem__)
    OUT.write_text("".join(f"{piece}\n" for piece in found), encoding="utf-8")
    print(f"{len(found)} of {len(vocabulary)} pieces in {OUT}")


if __name__ == "__main__":
    main()
