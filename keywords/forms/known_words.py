"""Adapter to simplemma: whether a word is in the dictionary of its language, and so may be just what was said."""

from functools import lru_cache

from simplemma import is_known, lemmatize

from streams.records import Language

_REMEMBERED = 8_192


@lru_cache(maxsize=_REMEMBERED)
def is_known_word(written: str, language: Language) -> bool:
    """Whether a word in small letters, accents and all, is a real one. The first call of a language takes 0.2 s."""
    return is_known(written, language.value) or is_known(lemmatize(written, language.value), language.value)
