"""Recognised words as they are written: what belongs to a name and what only stands beside it. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from streams.records import Language

PLAIN = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "’": "'", "ʼ": "'"})
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"'s$", re.IGNORECASE)
_EDGES = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
_ENDS = (".", "?", "!", ";", ":", "…")
_REMEMBERED = 16_384
_SHORTEST_SENTENCE_END = 3
"""Letters of a word whose full stop ends a sentence: those of "Dr." and "Mr." do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """A word or several, without what stands around them: "d'Optifibre," is "d'" before, its text, and "," after."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words in a row, by the numbers of the first and the last."""

    first: int
    last: int
    core: Core
    has_number: bool
    """One of the words is a number in digits."""


@lru_cache(maxsize=_REMEMBERED)
def folded(text: str) -> str:
    """Small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def bare(text: str) -> str:
    """Letters and digits alone: equal for two spellings of one name."""
    return "".join(letter for letter in folded(text) if letter.isalnum())


def cores_of(text: str, language: Language) -> list[Core]:
    """A text without the punctuation around it; also without a French elision in front or an English 's behind it."""
    match = _EDGES.fullmatch(text.replace("’", "'"))
    before, inner, after = match.groups() if match else ("", text, "")
    cores = [Core(before=before, text=inner, after=after)]
    if language is Language.FR and (elision := _ELISION.match(inner)):
        cores.append(Core(before=before + elision.group(), text=inner[elision.end() :], after=after))
    if language is Language.EN and (possessive := _POSSESSIVE.search(inner)):
        cores.append(Core(before=before, text=inner[: possessive.start()], after=possessive.group() + after))
    return cores


def spans_of(words: Sequence[str], language: Language, most_words: int) -> list[Span]:
    """All words in a row, at most so many, that have a letter and lie in one sentence."""
    spans = []
    for first in range(len(words)):
        for last in range(first, min(len(words), first + most_words)):
            numbers = any(bare(word).isdigit() for word in words[first : last + 1])
            spans += [
                Span(first=first, last=last, core=core, has_number=numbers)
                for core in cores_of(" ".join(words[first : last + 1]), language)
                if bare(core.text)
            ]
            if ends_sentence(words[last]):
                break
    return spans


def ends_sentence(word: str) -> bool:
    """Whether a word as written has the sign that ends a sentence."""
    return word.rstrip("\"'») ").endswith(_ENDS) and len(bare(word)) >= _SHORTEST_SENTENCE_END
