"""How a written word roughly sounds, so that spellings that sound alike can be compared. Pure.

A sound is two letters: its family and its kind. Exchanging a sound for a sister of its family, "p" for "b", one vowel
for another, costs one letter of two; any other exchange, a sound too many or one too few costs both. So the plain edit
distance of two such strings weighs sounds.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from streams.records import Language
from streams.vocabulary.spelling import folded

_FAMILIES = ("pb", "fv", "td", "kg", "sz", "SJ", "mn", "l", "r", "wy", "aeiouUE01")
"""Sounds made in the same place, the last family all vowels: U as in "ou", E as in "eu", 0 as in "in", 1 as in "an"."""
_SOUNDS: Mapping[str, str] = MappingProxyType(
    {sound: chr(ord("A") + number) + sound for number, family in enumerate(_FAMILIES) for sound in family}
)
LETTERS_PER_SOUND = 2
Rules = Sequence[tuple[re.Pattern[str], str]]


def _rules(*pairs: tuple[str, str]) -> Rules:
    return tuple((re.compile(pattern), sound) for pattern, sound in pairs)


# Rules run in order over the folded word; capitals and digits are sounds that later rules leave alone.
_FRENCH = _rules(
    (r"(?<=.)(?:es|e|s|z|t|d|p)+$", ""),
    (r"sch|sh|ch", "S"),
    (r"ph", "f"),
    (r"gn", "ny"),
    (r"gu(?=[eiy])", "G"),
    (r"g(?=[eiy])|j", "J"),
    (r"qu|q|c(?=k)|ck|c(?![eiyh])", "k"),
    (r"c|ss", "s"),
    (r"(?<=[aeiouy])s(?=[aeiouy])", "z"),
    (r"x", "ks"),
    (r"h", ""),
    (r"eau|au", "o"),
    (r"oeu|eu", "E"),
    (r"ou", "U"),
    (r"oi", "wa"),
    (r"(?:ai|ei|i|y|u)[nm](?![aeiouynmUE])", "0"),
    (r"(?:a|e)[nm](?![aeiouynmUE])", "1"),
    (r"o[nm](?![aeiouynmUE])", "o1"),
    (r"ill", "iy"),
    (r"ai|ei|ey|er$|ez$", "e"),
    (r"y", "i"),
    (r"G", "g"),
)
_ENGLISH = _rules(
    (r"^kn", "n"),
    (r"^wr", "r"),
    (r"(?<=..)e$", ""),
    (r"tch|sh|ch", "S"),
    (r"ph", "f"),
    (r"gh", ""),
    (r"ck|q|c(?![eiy])", "k"),
    (r"c", "s"),
    (r"j|g(?=[ei])", "J"),
    (r"x", "ks"),
    (r"th", "t"),
    (r"(?<=[aeiou])r(?![aeiouy])", ""),
    (r"h", ""),
    (r"oo|ou|ew", "U"),
    (r"ee|ea|ie|y(?![aeiou])", "i"),
    (r"ai|ay|ei|ey", "e"),
    (r"oa|ow|au|aw", "o"),
)
_RULES: Mapping[Language, Rules] = MappingProxyType({Language.FR: _FRENCH, Language.EN: _ENGLISH})
_REMEMBERED = 16_384
_TWICE = re.compile(r"(.)\1+")


def sounds(text: str, language: Language) -> str:
    """Two letters for each sound of `text`, as it would be read in `language`; spaces make no sound."""
    heard = "".join(_word(word, language) for word in re.findall(r"[a-z]+", folded(text)))
    return "".join(_SOUNDS.get(sound, "") for sound in _TWICE.sub(r"\1", heard))


@lru_cache(maxsize=_REMEMBERED)
def _word(word: str, language: Language) -> str:
    for pattern, sound in _RULES[language]:
        word = pattern.sub(sound, word)
    return word
