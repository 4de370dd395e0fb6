"""What the keywords folder hands downstream."""

from dataclasses import dataclass
from enum import StrEnum

from streams.records import Language, Utterance, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordHit:
    """A rule's phrase was said and not negated."""

    rule_id: str
    rule_version: str
    phrase: str
    """The phrase of the rule, as the QA lead wrote it."""
    words: tuple[Word, ...]
    """The words as recognised."""
    start_s: float
    end_s: float
    certainty: float
    """0 to 1: how sure we are that these words are the phrase."""
    language: Language


class RedactionKind(StrEnum):
    """What was taken out."""

    CARD = "card"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """Seconds of audio to silence, on every channel, before anything is written."""

    kind: RedactionKind
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """An utterance that may now be stored and shown, with what was masked in it."""

    utterance: Utterance
    redactions: tuple[Redaction, ...] = ()
