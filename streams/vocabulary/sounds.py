"""How a written word roughly sounds, so that spellings that sound alike can be compared. Pure.

A sound is two letters: its family and its kind. Exchanging a sound for a sister of its family, "p" for "b", one vowel
for another, costs one letter of two; any other exchange, a sound too many or one too few costs both. So the plain edit
distance of two such strings weighs sounds.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from streams.records import Language
from streams.vocabulary.sounds_french import FRENCH, LETTERS, Rules
from streams.vocabulary.spelling import PLAIN, folded

_FAMILIES = ("pb", "fv", "td", "kg", "sz", "SJ", "mn", "l", "r", "wy", "aeiouUE012")
"""Sounds made in the same place, the last family all vowels (`sounds_french.py` says which the capitals are)."""
_SOUNDS: Mapping[str, str] = MappingProxyType(
    {sound: chr(ord("A") + number) + sound for number, family in enumerate(_FAMILIES) for sound in family}
)
LETTERS_PER_SOUND = 2


def _rules(*pairs: tuple[str, str]) -> Rules:
    return tuple((re.compile(pattern), sound) for pattern, sound in pairs)


# Rules run in order over the folded word; capitals are sounds that later rules leave alone.
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
_RULES: Mapping[Language, Rules] = MappingProxyType({Language.FR: FRENCH, Language.EN: _ENGLISH})
_REMEMBERED = 16_384
_WORD = re.compile(r"[^\W\d_]+'?")
_TWICE = re.compile(r"(.)\1+")


def sounds(text: str, language: Language) -> str:
    """Two letters for each sound of `text`, as it would be read in `language`; spaces make no sound."""
    heard = "".join(_word(word, language) for word in _WORD.findall(_spelt(text, language)))
    return "".join(_SOUNDS.get(sound, "") for sound in _TWICE.sub(r"\1", heard))


def _spelt(text: str, language: Language) -> str:
    """In small letters; without accents and apostrophes, but for French, where they tell how a word is read."""
    if language is not Language.FR:
        return folded(text).replace("'", " ")
    composed = unicodedata.normalize("NFC", text.casefold().translate(PLAIN))
    return "".join(letter if letter in LETTERS else folded(letter) for letter in composed)


@lru_cache(maxsize=_REMEMBERED)
def _word(word: str, language: Language) -> str:
    for pattern, sound in _RULES[language]:
        word = pattern.sub(sound, word)
    return word
