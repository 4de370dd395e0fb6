"""Recognised or written text to comparable tokens that still know which word they came from. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from keywords.forms.contractions import opened
from keywords.marks import is_mark
from keywords.words import word_set
from streams.records import Language, Utterance, Word

_GROUPED = r"[0-9]{1,3}(?:[.,'\s][0-9]{3})+(?:[.,][0-9]{1,2})?"
_DECIMAL = r"[0-9]+[.,][0-9]{1,2}"
_PIECE = re.compile(rf"(?<![0-9.,])(?:{_GROUPED}|{_DECIMAL})(?![.,]?[0-9])|[^\W_]+(?:'[^\W_]+)*'?|[€$£%]")
_SYMBOL_FIRST = re.compile(r"([€$£])\s*([0-9](?:[0-9.,]*[0-9])?)")
_DECIMALS = re.compile(r"[.,]([0-9]{1,2})$")
_APOSTROPHES = str.maketrans("’ʼ`´‘", "'" * 5)
_PLAIN = str.maketrans({"œ": "oe", "æ": "ae"})
_REMEMBERED = 16_384
_SENTENCE_ENDS = frozenset(".?!;:")
_PAUSES = frozenset(",–—()")

_FILLERS: Mapping[Language, frozenset[str]] = MappingProxyType(
    {
        Language.FR: word_set("euh heu euhm eum hum hm hmm mmh mmm mh ben bah beh hein ah oh eh pff pfff"),
        Language.EN: word_set("uh uhm um umm er erm hm hmm mm mmm ah oh eh huh"),
    }
)
_SYMBOLS: Mapping[Language, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        Language.FR: {"€": ("euros",), "$": ("dollars",), "£": ("livres",), "%": ("pour", "cent")},
        Language.EN: {"€": ("euros",), "$": ("dollars",), "£": ("pounds",), "%": ("percent",)},
    }
)
_SAME_WORD: Mapping[str, str] = MappingProxyType({"la": "le", "les": "le", "une": "un"})
_SOUNDS_LIKE_ER = re.compile(r"(?:ées|ée|és|é|ers|er|ez)$")


class Break(IntEnum):
    """What the punctuation after a token separates it from."""

    NONE = 0
    PAUSE = 1
    SENTENCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One spoken word, or one half of a contraction ("don't" gives "do" and "not")."""

    form: str
    """Lower case without accents; a number in digits with a point before its decimals."""
    key: str
    """What inflected and alike-sounding forms share."""
    word: int
    """Index of the word it came from."""
    after: Break = Break.NONE
    written: str = ""
    """Lower case with its accents."""


def plain(text: str) -> str:
    """Lower case, without accents or ligatures."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(char for char in folded if not unicodedata.combining(char))


def tokens(words: Sequence[str], language: Language) -> tuple[Token, ...]:
    """The tokens of words as written; fillers, stammered repeats and the marks of masked words left out."""
    found: list[Token] = []
    for index, word in enumerate(words):
        for part in _read(word, language):
            _add(found, part, index)
    return tuple(found)


class _Piece(NamedTuple):
    """A piece of a word as written; without parts it is only a break, or a filler where it is one."""

    parts: tuple[tuple[str, str, str], ...]
    """Form, key and spelling of each."""
    after: Break
    filler: bool = False


@lru_cache(maxsize=_REMEMBERED)
def _read(word: str, language: Language) -> tuple[_Piece, ...]:
    if is_mark(word):
        return (_Piece(parts=(), after=_break_of(word.rpartition("]")[2])),)
    text = unicodedata.normalize("NFC", word).translate(_APOSTROPHES).casefold()
    text = _SYMBOL_FIRST.sub(r"\2\1", text)  # "$60" is said "sixty dollars"
    pieces = list(_PIECE.finditer(text))
    stops = [piece.start() for piece in pieces[1:]] + [len(text)]
    found = []
    for piece, stop in zip(pieces, stops, strict=True) if pieces else ():
        parts = _parts(piece.group(), language)
        after = _break_of(text[piece.end() : stop])
        if len(parts) == 1 and parts[0] in _FILLERS[language]:
            found.append(_Piece(parts=(), after=after, filler=True))
        else:
            found.append(_Piece(tuple((plain(part), key_of(part, language), part) for part in parts), after))
    return tuple(found) or (_Piece(parts=(), after=_break_of(text)),)


def _parts(piece: str, language: Language) -> tuple[str, ...]:
    if piece in _SYMBOLS[language]:
        return _SYMBOLS[language][piece]
    if piece.isalnum() or not piece[0].isdecimal():
        return opened(piece, language)
    decimals = _DECIMALS.search(piece)
    if decimals:
        piece = piece[: decimals.start()]
    whole = "".join(char for char in piece if char.isdecimal())
    return (f"{whole}.{decimals.group(1)}" if decimals else whole,)


def _add(found: list[Token], piece: _Piece, word: int) -> None:
    if piece.filler:
        if found and found[-1].after is Break.PAUSE:
            found[-1] = replace(found[-1], after=Break.NONE)  # "pas, euh, résilier": a hesitation, not a new clause
        if piece.after is Break.SENTENCE:
            _note_break(found, piece.after)
        return
    for form, key, written in piece.parts:
        if found and found[-1].form == form and found[-1].after is not Break.SENTENCE and not form.isdecimal():
            found.pop()
        found.append(Token(form=form, key=key, word=word, written=written))
    _note_break(found, piece.after)


def _note_break(found: list[Token], after: Break) -> None:
    if found and after > found[-1].after:
        found[-1] = replace(found[-1], after=after)


def _break_of(text: str) -> Break:
    if "..." in text or "…" in text:
        return Break.NONE  # the speaker hesitates in the middle of a sentence
    if any(char in _SENTENCE_ENDS for char in text):
        return Break.SENTENCE
    if any(char in _PAUSES for char in text):
        return Break.PAUSE
    return Break.NONE


def key_of(word: str, language: Language) -> str:
    """What inflected forms of a word share: plural, feminine, and the French endings that sound like "-er"."""
    return _french_key(word) if language is Language.FR else _english_key(plain(word))


def _french_key(word: str) -> str:
    if len(word) >= 5 and (ending := _SOUNDS_LIKE_ER.search(word)):
        return plain(word[: ending.start()]) + "é"
    form = plain(word)
    if form in _SAME_WORD:
        return _SAME_WORD[form]
    if len(form) >= 4 and form[-1] in "sx" and form[-2] != "s":
        form = form[:-1]
    if len(form) >= 5 and form[-1] == "e":
        form = form[:-1]
        if form[-1] == form[-2]:
            form = form[:-1]  # nulle, conne, bonne
    return form


def _english_key(form: str) -> str:
    if len(form) >= 6 and form.endswith("ies"):
        return form[:-3] + "y"
    if len(form) >= 4 and form[-1] == "s" and form[-2] not in "siu":
        return form[:-1]
    return form


def spoken_words(utterance: Utterance) -> tuple[Word, ...]:
    """The utterance's words where they spell its text, else the words of the text with times spread evenly."""
    if _letters(" ".join(word.text for word in utterance.words)) == _letters(utterance.text):
        return utterance.words
    pieces = utterance.text.split()
    step = (utterance.end_s - utterance.start_s) / max(1, len(pieces))
    return tuple(
        Word(
            text=piece,
            start_s=utterance.start_s + number * step,
            end_s=utterance.start_s + (number + 1) * step,
            probability=utterance.confidence,
        )
        for number, piece in enumerate(pieces)
    )


def _letters(text: str) -> str:
    return "".join(char for char in plain(text) if char.isalnum())
