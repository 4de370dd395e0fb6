"""How alike a written and a recognised word are. The only file that imports rapidfuzz."""

from rapidfuzz.distance import Levenshtein

from keywords.normal import Token
from keywords.phrases import PhraseWord

SAME_FORM = 1.0
SAME_KEY = 0.97
ONE_LETTER_OFF = 0.8
MIN_LETTERS = 7
"""Shorter words one letter apart are other words: "port" and "part"."""


def likeness(wanted: PhraseWord, said: Token) -> float:
    """1 for the same word, less for an inflected or alike-sounding form or one letter off, 0 for another word."""
    if wanted.open_ended:
        return _starts_alike(wanted.form, said.form)
    if wanted.form == said.form:
        return SAME_FORM
    if wanted.key == said.key:
        return SAME_KEY
    return ONE_LETTER_OFF if _one_letter_off(wanted.form, said.form) else 0.0


def _starts_alike(start: str, said: str) -> float:
    if said.startswith(start):
        return SAME_FORM
    return ONE_LETTER_OFF if _one_letter_off(start, said[: len(start)]) else 0.0


def _one_letter_off(wanted: str, said: str) -> bool:
    if min(len(wanted), len(said)) < MIN_LETTERS or wanted[0] != said[0] or not (wanted + said).isalpha():
        return False
    return Levenshtein.distance(wanted, said, score_cutoff=1) <= 1
