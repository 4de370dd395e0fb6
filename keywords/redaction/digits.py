"""Digits as a recogniser writes or spells them out. The only file that imports text2num."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from text_to_num import text2num  # type: ignore[import-untyped]  # ships no type information

from keywords.normal import plain
from keywords.words import word_set
from streams.records import Language

LONG_NUMBER_DIGITS = 8
"""A word with so many digits is a number whatever else stands in it."""
LEAST_JOINED_DIGITS = 3
"""So many digits joined to a word by a hyphen are a number by themselves."""
MAX_NUMERAL_WORDS = 6
"""The longest spoken numeral that is read as one: "quatre mille neuf cent soixante dix"."""
MAX_NUMERAL_DIGITS = 4

_EDGES = " .,;:!?\"'()«»…-–—"
_NUMBER_ONLY = re.compile(r"\+?[0-9 .,\-–—/'’()]+")
_TENS = word_set("vingt trente quarante cinquante soixante")
_TIMES = {("double",): 2, ("triple",): 3, ("deux", "fois"): 2, ("trois", "fois"): 3, ("quatre", "fois"): 4}
_MULTIPLIERS = word_set("double triple fois")
_BETWEEN = word_set(
    "euh heu hum et puis alors donc oui ok okay d accord voila ensuite tiret espace virgule point "
    "uh um and then yes yeah right dash hyphen space comma so"
)
_MAY_BE_NO_DIGIT = _MULTIPLIERS | word_set("un une one o oh")
_SOUND_ALIKE: Mapping[Language, frozenset[str]] = MappingProxyType(
    {
        Language.FR: word_set(
            "cet cette set sete sis dis hui vin vins cat catre katre sain sein cinque neuve deuse sans"
        ),
        Language.EN: word_set("for fore to too ate won tree fife sicks nein nigh thirdy fordy"),
    }
)
"""Words that a recogniser writes for a digit."""


class Kind(StrEnum):
    """What a piece of a word is to a number."""

    WRITTEN = "written"
    SPOKEN = "spoken"
    FILLER = "filler"
    ALIKE = "alike"
    """It sounds like a digit: between digits it is taken for one."""
    OTHER = "other"


Place = tuple[int, int]
"""Which utterance of a channel's buffer, and which word in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A group of digits, a spoken numeral, or a word that is neither."""

    kind: Kind
    text: str
    place: Place
    language: Language
    at_s: float = 0.0
    """When its word begins."""

    @property
    def width(self) -> int:
        """How many digits it counts for; a spoken numeral counts for one."""
        if self.kind is Kind.WRITTEN:
            return len(self.text)
        return int(self.kind is Kind.SPOKEN and self.text not in _MULTIPLIERS)

    @property
    def is_number(self) -> bool:
        """Whether it may be part of a number."""
        return self.kind in (Kind.WRITTEN, Kind.SPOKEN)

    @property
    def skippable(self) -> bool:
        """Whether it may as well be no digit at all: "un moment", "oh"."""
        return self.text in _MAY_BE_NO_DIGIT


def pieces_of(text: str, place: Place, language: Language, at_s: float = 0.0) -> tuple[Piece, ...]:
    """The pieces of one word as written."""
    word = _latin_digits(text).strip(_EDGES)
    digits = sum(char.isdigit() for char in word)

    def piece(kind: Kind, piece_text: str) -> Piece:
        return Piece(kind=kind, text=piece_text, place=place, language=language, at_s=at_s)

    if digits and (digits >= LONG_NUMBER_DIGITS or _NUMBER_ONLY.fullmatch(word)):
        groups = re.findall(r"[0-9]+", word)
        return tuple(piece(Kind.WRITTEN, group) for group in groups)
    if digits >= LEAST_JOINED_DIGITS and "-" in word:
        return tuple(
            one for part in word.split("-") for one in pieces_of(part, place, language, at_s)
        )  # "082-034-Great"
    if digits:
        return (piece(Kind.OTHER, word),)  # "14h30", "$250", "2nd"
    forms = re.findall(r"[^\W_]+", plain(word))
    return tuple(piece(kind_of(form, language), form) for form in forms)


def _latin_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def kind_of(form: str, language: Language) -> Kind:
    """What one word is in this language: a numeral, a filler, a word that sounds like a digit, or any other."""
    if form in _BETWEEN:
        return Kind.FILLER
    if form in _MULTIPLIERS or numeral((form,), language) is not None:
        return Kind.SPOKEN
    return Kind.ALIKE if form in _SOUND_ALIKE[language] else Kind.OTHER


def numeral(forms: Sequence[str], language: Language) -> str | None:
    """The digits of one spoken numeral ("quarante neuf" is "49"), or None."""
    words = [_spelled(form, language) for form in forms]
    if len(words) > 1 and words[0] in ("zéro", "zero", "o"):
        return None  # the digits after a zero are read one numeral at a time
    if language is Language.FR and len(words) > 1 and words[-1] == "un" and words[-2] in _TENS:
        words.insert(-1, "et")
    try:
        digits = str(text2num(" ".join(words), language.value))
    except ValueError:
        return None
    return digits if len(digits) <= MAX_NUMERAL_DIGITS else None


def _spelled(form: str, language: Language) -> str:
    if language is Language.FR:
        return "zéro" if form in ("zero", "zeros", "zeho", "zeo") else form  # the last two: misheard
    return "o" if form == "oh" else form


def repeated(multiplier: Sequence[str], digit: str) -> str | None:
    """ "double four", "deux fois zéro": the digit as often as said, or None."""
    times = _TIMES.get(tuple(multiplier))
    return digit * times if times is not None and len(digit) == 1 else None
