"""The phrases of cues, ready to be matched. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from keywords.phrases.phrase import PhraseSet
from keywords.polarity.cues_english import ENGLISH_CUES
from keywords.polarity.cues_french import FRENCH_CUES
from keywords.records import CueKind
from streams.records import Language

FRUSTRATION = (
    CueKind.REPEAT_CONTACT,
    CueKind.WAITING,
    CueKind.PASSED_AROUND,
    CueKind.BROKEN_PROMISE,
    CueKind.INCREDULITY,
    CueKind.SARCASM,
    CueKind.INSULT,
    CueKind.LEAVING,
    CueKind.EXHAUSTION,
)
"""What tells of patience running out."""
CONTENT = (CueKind.RELIEF, CueKind.THANKS, CueKind.SATISFACTION)
"""What tells that it went well."""


FRUSTRATED = "frustration"
"""Stands for all of these."""
_EVEN_REPORTED = frozenset({CueKind.BROKEN_PROMISE, CueKind.PASSED_AROUND})
"""They are about what others said."""


@lru_cache(maxsize=len(CueKind))
def cue_phrases(kind: CueKind) -> PhraseSet:
    """What customers say where they give this cue. Compiled once, safe to share."""
    found = PhraseSet.compile({Language.FR: FRENCH_CUES[kind], Language.EN: ENGLISH_CUES[kind]})
    if kind not in _EVEN_REPORTED:
        return found
    reported = {
        language: tuple(replace(phrase, even_reported=True) for phrase in found.of(language)) for language in Language
    }
    return PhraseSet(by_language=MappingProxyType(reported))


def kinds_named(names: Iterable[str]) -> tuple[CueKind, ...]:
    """The cues of these names, `frustration` among them. Raises `ValueError` on any other."""
    kinds = (kind for name in names for kind in (FRUSTRATION if name == FRUSTRATED else (CueKind(name),)))
    return tuple(dict.fromkeys(kinds))


def cues_version(kinds: Iterable[CueKind]) -> str:
    """Changes whenever a phrase of these cues does."""
    phrases = (phrase for kind in sorted(kinds) for phrase in (kind, *FRENCH_CUES[kind], *ENGLISH_CUES[kind]))
    return hashlib.sha256("\x1f".join(phrases).encode()).hexdigest()[:8]
