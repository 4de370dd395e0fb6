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


class CueKind(StrEnum):
    """What a customer's words tell of how the call is going for them."""

    REPEAT_CONTACT = "repeat_contact"
    """They have called, written or explained before."""
    WAITING = "waiting"
    """They have waited too long, on the line or for what was due."""
    PASSED_AROUND = "passed_around"
    """They are sent from one person or department to the next."""
    BROKEN_PROMISE = "broken_promise"
    """What they were promised did not come."""
    INCREDULITY = "incredulity"
    """They cannot believe it."""
    SARCASM = "sarcasm"
    """Praise that means the opposite, as far as words alone tell."""
    INSULT = "insult"
    LEAVING = "leaving"
    """They say they will leave."""
    EXHAUSTION = "exhaustion"
    """They have had enough."""
    DISTRESS = "distress"
    """They are afraid or at a loss."""
    RELIEF = "relief"
    THANKS = "thanks"
    SATISFACTION = "satisfaction"


class Polarity(StrEnum):
    """Whether a customer's words speak for or against."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    """Nothing is said for or against."""
    MIXED = "mixed"
    """Both, and neither outweighs the other."""
    POSITIVE = "positive"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordHit:
    """A rule's phrase was said and not negated."""

    rule_id: str
    rule_version: str
    phrase: str
    """The phrase of the rule, as the QA lead wrote it; that of a cue, as the product has it."""
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
    cue: CueKind | None = None
    """What the words tell of the customer; none for a phrase that a rule wrote itself."""


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
    KEYPAD = "keypad"
    """What is typed on a telephone: its tones are silenced, no text holds it."""

    @property
    def mark(self) -> str:
        """What is shown in its place, in both languages."""
        return f"[{self.value}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPolarity:
    """What a customer's words say for or against, by themselves: their voice has no part in it. Customers only."""

    polarity: Polarity
    certainty: float
    """0 to 1: how sure the words make of this polarity; of a neutral one it says nothing, and is 0."""
    telling: tuple[str, ...] = ()
    """The words it rests on, as recognised, in order of time."""


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
