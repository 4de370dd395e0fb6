"""How words are counted: what was said against what was heard."""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein
from text_to_num import alpha2digit  # type: ignore[import-untyped]  # ships no type information

from streams.records import Language

_ORDINAL = re.compile(r"^(\d+)(?:th|st|nd|rd|er|ère|re|e|ème|nde?)$")


def normalised(text: str) -> list[str]:
    """Words in lower case without punctuation."""
    plain = unicodedata.normalize("NFC", text.lower()).replace("’", "'")
    return re.findall(r"[\w]+", plain)


def numbered(text: str, language: Language) -> list[str]:
    """The same with every number in figures: "eight" and "8" are one word."""
    plain = re.sub(r"[-–]", " ", unicodedata.normalize("NFC", text.lower()).replace("’", "'"))
    return [_ORDINAL.sub(r"\1th", word) for word in normalised(alpha2digit(plain, language.value, 0.0))]


def errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Words to change, add or remove."""
    return int(Levenshtein.distance(said, heard))
