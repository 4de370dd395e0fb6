"""The ways in which a phrase of a rule may be spoken, as texts. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from keywords.forms.function_words import is_function_word
from keywords.forms.known_words import is_known_word
from keywords.normal import plain
from streams.records import Language

MOST_READINGS = 32
"""Of one phrase: "(a|b) [c]" has four."""
_PIECE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|([^()\[\]]+)")
_UNLESS = re.compile(r" !\([^()]*\)\s*$")
_UNSPEAKABLE = re.compile(r"[{}<>~]")
_ENDINGS = {
    Language.FR: ("", "e", "er", "é", "ez", "ement", "ation", "ant", "s"),
    Language.EN: ("", "s", "ed", "ing", "ment"),
}
"""What a star most often stands for."""


def is_speakable(written: str) -> bool:
    """Whether a phrase is all words of its own: no part of it is a number, a list or a distance."""
    return _UNSPEAKABLE.search(_UNLESS.sub("", written)) is None


def readings(written: str, language: Language) -> list[str]:
    """Texts, none twice; none where a part of the phrase has no text of its own, such as a number or a list.

    Of a phrase with more ways to be said than `MOST_READINGS`, choices among words without a meaning of their own are
    left to the first of them: "(un|une|votre) responsable" sounds nearly the same with each.
    """
    if not is_speakable(written):
        return []
    text = _UNLESS.sub("", written)
    parts = [_ways(found.groups(), language) for found in _PIECE.finditer(text)]
    while prod(map(len, parts)) > MOST_READINGS:
        longest = max(parts, key=lambda ways: (len(ways) > 1 and _says_little(ways, language), len(ways)))
        parts[parts.index(longest)] = longest[:1] if _says_little(longest, language) else longest[: len(longest) // 2]
    return list(dict.fromkeys(" ".join(" ".join(way).split()) for way in product(*parts)))


def _says_little(ways: Sequence[str], language: Language) -> bool:
    return all(is_function_word(plain(word), language) for way in ways for word in way.split())


def _ways(groups: Sequence[str | None], language: Language) -> list[str]:
    choice, optional, text = groups
    if choice is not None:
        return [way for one in choice.split("|") for way in _spelt(one, language)]
    if optional is not None:
        return ["", *(way for one in optional.split("|") for way in _spelt(one, language))]
    return list(_spelt(text or "", language))


def _spelt(text: str, language: Language) -> Iterator[str]:
    """Without signs; a word with a star in the forms of it that are words."""
    pieces = [piece.lstrip("=") for piece in text.split()]
    forms = [list(_endings(piece, language)) if piece.endswith("*") else [piece] for piece in pieces]
    for said in product(*forms):
        yield " ".join(said)


def _endings(piece: str, language: Language) -> Iterator[str]:
    stem = piece.rstrip("*")
    known = [stem + ending for ending in _ENDINGS[language] if is_known_word((stem + ending).casefold(), language)]
    yield from known or [stem]
