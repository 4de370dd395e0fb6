"""What a rule looks for. One record per kind of condition."""

from dataclasses import dataclass
from typing import TypeAlias

from keywords.phrases import PhraseSet
from sentiment.records import Emotion
from streams.records import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsSaid:
    """A phrase is said."""

    speaker: Speaker | None
    """None: by anyone."""
    phrases: PhraseSet


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseAbsent:
    """No phrase is said within so many seconds of the speaker's first words."""

    speaker: Speaker
    phrases: PhraseSet
    within_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadAir:
    """Nobody speaks for so long, once the call has begun to be spoken."""

    longer_than_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkOver:
    """Both speak at once for so long."""

    longer_than_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EmotionPersists:
    """The customer's voice resembles an emotion in several of their last utterances; never in one alone."""

    emotion: Emotion
    at_least: float
    """Probability, 0 to 1."""
    utterances: int
    of_last: int
    """Counted over the utterances that could be scored."""

    def __post_init__(self) -> None:
        if not 2 <= self.utterances <= self.of_last:
            raise ValueError(f"an emotion must persist over 2 to {self.of_last} utterances, not {self.utterances}")


Condition: TypeAlias = WordsSaid | PhraseAbsent | DeadAir | TalkOver | EmotionPersists
