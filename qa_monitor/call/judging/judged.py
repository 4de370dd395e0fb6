"""A final once it was judged."""

from dataclasses import dataclass

from alerts.records import Decision
from keywords.records import Redaction
from sentiment.records import EmotionScore
from streams.records import Sought, Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A final that may be stored and shown, and what follows from it."""

    utterance: Utterance
    emotion: EmotionScore | None
    decision: Decision
    redactions: tuple[Redaction, ...]
    sought: tuple[Sought, ...] = ()
    """Phrases that may have been said in place of words that may be shown: kept for back-tests, shown to nobody."""
