"""What the inflected forms of a word share: résilier, résilie, résilierai; refund, refunded, refunding. Pure.

Not a dictionary: two forms with the same stem are taken for forms of one word. Short words, and endings that would
throw different words together, keep their own stem.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from keywords.forms.function_words import is_function_word
from keywords.forms.inflection_en import ENGLISH_FORMS, ENGLISH_UNCHANGED
from keywords.forms.inflection_fr import FRENCH_FORMS, FRENCH_UNCHANGED
from keywords.words import word_set
from streams.records import Language

MIN_LETTERS = 4
"""Shorter words have no stem but themselves."""
_REMEMBERED = 8_192
_PREFIXES = word_set(
    "re r ap com sur entre de des dis per pro pre ad sou sous inter ob main con par e ac in im trans sub as res pour "
    "mal com de sus un mis for over under out with be"
)
"""What may stand before an irregular form."""
_LONGEST_PREFIX = 5

_DRE_VERB = re.compile(r"(d|mp|tt)(?:re|rai|ra|ron|rez|ront|rait|rion|riez|raient|u|ue)$")
_FRENCH_NOUNS = tuple(
    (re.compile(ending), stem)
    for ending, stem in (
        (r"aux?$", "al"),
        (r"(?:teur|trice|teuse)$", "teu"),
        (r"(?:euse|eux?|eur)$", "eu"),
        (r"ive$", "if"),
        (r"([st])ion$", r"\1ion"),
        (r"ement$", "ement"),
    )
)


def _endings(listed: str) -> Mapping[str, int]:
    """Endings with the letters that must stand before them."""
    pairs = (entry.split(":") for entry in listed.split())
    return MappingProxyType({ending: int(least) for ending, least in pairs})


_FRENCH_ENDINGS = _endings(
    "issaient:3 issant:3 issent:3 issait:3 issiez:3 issai:3 isson:3 issez:3 eraient:3 iraient:3 erion:3 eriez:3 "
    "erait:3 irait:3 eront:3 iront:3 erez:3 irez:3 eron:3 iron:3 erai:3 irai:3 era:3 ira:3 aient:3 eaient:3 eait:3 "
    "eant:3 eon:3 ion:4 iez:4 ient:4 ent:4 ant:4 ait:4 ai:4 on:4 ez:3 er:3 ir:3 ee:3 ie:3 it:4 e:3 i:4"
)
_ENGLISH_ENDINGS = _endings("ing:3 ed:3 es:4 s:3 e:3")
_LONGEST_ENDING = 8


def has_forms(form: str, language: Language) -> bool:
    """Whether other forms of a word are looked for: it has a meaning, and is long or an irregular verb."""
    if is_function_word(form, language):
        return False
    return len(form) >= MIN_LETTERS or form in (FRENCH_FORMS if language is Language.FR else ENGLISH_FORMS)


@lru_cache(maxsize=_REMEMBERED)
def stem_of(form: str, language: Language) -> str:
    """The stem of a plain form. Short words are their own."""
    if not form.isalpha() or not has_forms(form, language):
        return form
    return _french(form) if language is Language.FR else _english(form)


def _french(form: str) -> str:
    irregular = _irregular(form, FRENCH_FORMS)
    if irregular:
        return irregular
    if form[-1] == "s" and form[-2] != "s" and form not in FRENCH_UNCHANGED:
        form = form[:-1]
    if form in FRENCH_UNCHANGED:
        return form
    for ending, stem in _FRENCH_NOUNS:
        found = ending.search(form)
        if found and found.start() >= 2:
            return ending.sub(stem, form)
    form = _DRE_VERB.sub(r"\1", form)
    return _worn(_without_ending(form, _FRENCH_ENDINGS), "iy", "lt")


def _english(form: str) -> str:
    irregular = _irregular(form, ENGLISH_FORMS)
    if irregular:
        return irregular
    if form in ENGLISH_UNCHANGED or form.endswith("ss"):
        return form
    if form.endswith(("ied", "ies")):
        form = form[:-3] + "y"
    return _worn(_without_ending(form, _ENGLISH_ENDINGS), "", "bdglmnprt")


def _irregular(form: str, families: Mapping[str, str]) -> str:
    """ "reprends" is "re" and a form of "prendre": its stem is "reprendre"; empty for a regular word."""
    for width in range(min(_LONGEST_PREFIX, len(form) - 3) + 1):
        lemma = families.get(form[width:])
        if lemma is not None and (width == 0 or form[:width] in _PREFIXES):
            return form[:width] + lemma
    return ""


def _without_ending(form: str, endings: Mapping[str, int]) -> str:
    for width in range(min(_LONGEST_ENDING, len(form) - 1), 0, -1):
        if len(form) - width >= endings.get(form[-width:], len(form)):
            return form[:-width]
    return form


def _worn(stem: str, vowels: str, doubled: str) -> str:
    """Without what some forms of the word have at the end of the stem and others have not."""
    if len(stem) > MIN_LETTERS and stem[-1] in vowels:
        stem = stem[:-1]
    if len(stem) > MIN_LETTERS and stem[-1] == stem[-2] and stem[-1] in doubled:
        stem = stem[:-1]
    return stem
