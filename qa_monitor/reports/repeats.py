"""Whether a customer says in a call that they have been in touch before: a sign that it was not solved then. Pure.

The phrases are those of the cue `repeat_contact`, in both languages, found as rules find theirs: other forms of a word,
misspellings and negation are seen to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from keywords.matcher import Matcher, WordRule
from keywords.polarity.cues import cue_phrases
from keywords.records import CueKind
from streams.records import Language, Speaker, Word


class Repeated(StrEnum):
    """What a call's words tell of it."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """No word of a customer is kept that can be trusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What the customer said at a time; only text that is trusted."""

    text: str
    language: Language


def repeated(sentences: Iterable[Sentence]) -> Repeated:
    """What these sentences of one customer in one call tell."""
    matcher, heard = shared_matcher(), False
    for sentence in sentences:
        words = [Word(text=text, start_s=0.0, end_s=0.0, probability=1.0) for text in sentence.text.split()]
        heard = heard or bool(words)
        if matcher.hits_in(words, sentence.language, Speaker.CUSTOMER):
            return Repeated.YES
    return Repeated.NO if heard else Repeated.UNKNOWN


@lru_cache(maxsize=1)
def shared_matcher() -> Matcher:
    """One for everybody: its phrases take a moment to compile."""
    kind = CueKind.REPEAT_CONTACT
    return Matcher([WordRule(rule_id=kind.value, rule_version="", speaker=Speaker.CUSTOMER, phrases=cue_phrases(kind))])
