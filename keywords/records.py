"""What the keywords folder hands downstream."""

from dataclasses import dataclass
from enum import StrEnum

from streams.records import Language, Utterance, Word


class HitReason(StrEnum):
    """Why words were taken for a phrase, from the plainest reason to the boldest."""

    EXACT = "exact"
    INFLECTED = "inflected"
    """Another form of the same word."""
    SPELLING = "spelling"
    """A letter or two off."""
    SOUND = "sound"
    """Written otherwise, spoken alike."""
    SCORED = "scored"
    """Other words were recognised; the audio fits the phrase nearly as well."""


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
    part: int = 0
    """Which of the rule's word conditions was met."""
    reason: HitReason = HitReason.EXACT
    """The boldest step it took to see the phrase in the words."""


class RedactionKind(StrEnum):
    """What was taken out."""

    CARD = "card"
    CVV = "cvv"
    """The security code of a card."""
    EXPIRY = "expiry"
    """When a card expires."""
    IBAN = "iban"
    """A bank account."""
    PHONE = "phone"
    EMAIL = "email"

    @property
    def mark(self) -> str:
        """What is shown in its place, in both languages."""
        return f"[{self.value}]"


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
