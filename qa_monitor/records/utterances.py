"""What was said, as kept."""

from dataclasses import dataclass

from sentiment.records import EmotionScore
from streams.records import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredUtterance:
    """A final utterance as kept, without its embedding, and what the customer's voice sounded like in it."""

    utterance: Utterance
    emotion: EmotionScore | None = None
    late: bool = False
    """It was transcribed only after the fact."""
