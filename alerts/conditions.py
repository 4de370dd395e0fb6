"""What a rule looks for in itself: words, their absence, or how the call flows. One record per kind of condition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from alerts.courses import CourseIs
from alerts.windows import Window
from keywords.phrases.phrase import PhraseSet
from keywords.polarity.reader import PolarityReader
from keywords.records import CueKind, Polarity
from sentiment.records import Emotion
from streams.records import CallStarted, Direction, Language, Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsSaid:
    """A phrase is said; or, of cues, any of the phrases the product knows for them."""

    speaker: Speaker | None
    """None: by anyone."""
    phrases: PhraseSet
    """Empty where it is about cues."""
    cues: tuple[CueKind, ...] = ()
    window: Window | None = None
    """None: at any time."""
    min_certainty: float | None = None
    """Words matched with less are doubtful; None: as the policy says."""
    part: int = 0
    """Which of the rule's conditions this is: hits carry it."""

    def __post_init__(self) -> None:
        if self.cues and self.speaker is not Speaker.CUSTOMER:
            raise ValueError("cues tell how the customer is: only the customer's words can give them")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseAbsent:
    """No phrase is said within so many seconds of the speaker's first words."""

    speaker: Speaker
    phrases: PhraseSet
    within_s: float
    part: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentAfter:
    """No phrase is said within so many seconds after another rule came true."""

    speaker: Speaker
    phrases: PhraseSet
    after: str
    within_s: float
    part: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentAtEnd:
    """No phrase is said in the last seconds of the call."""

    speaker: Speaker
    phrases: PhraseSet
    last_s: float
    part: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadAir:
    """Nobody speaks for so long, once the call has begun to be spoken."""

    longer_than_s: float
    part: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkOver:
    """Both speak at once for so long."""

    longer_than_s: float
    part: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EmotionPersists:
    """The customer's voice resembles an emotion in several of their last utterances; never in one alone."""

    emotion: Emotion
    at_least: float
    """Probability, 0 to 1."""
    utterances: int
    of_last: int
    """Counted over the utterances that could be scored."""
    part: int = 0

    def __post_init__(self) -> None:
        if not 2 <= self.utterances <= self.of_last:
            raise ValueError(f"an emotion must persist over 2 to {self.of_last} utterances, not {self.utterances}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolarityPersists:
    """The customer's words speak for or against in several of their last utterances. No voice plays a part in it."""

    polarity: Polarity
    at_least: float
    """Certainty, 0 to 1."""
    utterances: int
    of_last: int
    """Counted over the customer's utterances whose text is trusted."""
    reader: PolarityReader = field(repr=False, compare=False)
    part: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.utterances <= self.of_last:
            raise ValueError(f"a polarity must show in 1 to {self.of_last} utterances, not {self.utterances}")


class Measure(StrEnum):
    """What can be measured of a conversation. Of agents: who speaks when, never how their voice sounds."""

    CUSTOMER_TALK_SHARE = "customer_talk_share"
    AGENT_TALK_SHARE = "agent_talk_share"
    SILENCE_TOTAL_S = "silence_total_s"
    TALK_OVER_TOTAL_S = "talk_over_total_s"
    SILENCE_S = "silence_s"
    TALK_OVER_S = "talk_over_s"
    HOLD_S = "hold_s"
    HOLD_TOTAL_S = "hold_total_s"
    CUSTOMER_INTERRUPTIONS = "customer_interruptions"
    AGENT_INTERRUPTIONS = "agent_interruptions"
    CUSTOMER_LONGEST_TURN_S = "customer_longest_turn_s"
    AGENT_LONGEST_TURN_S = "agent_longest_turn_s"
    CUSTOMER_PACE_WPM = "customer_pace_wpm"
    CUSTOMER_LOUDER_DB = "customer_louder_db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flowing:
    """A measure of the conversation lies beyond a limit, for a while."""

    measure: Measure
    limit: float
    above: bool
    """Whether it must lie above the limit; else below."""
    for_s: float = 0.0
    """How long it must stay there."""
    not_before_s: float = 0.0
    """Seconds of the call before which it does not count."""
    part: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CallIs:
    """What was announced of the call; None where it does not matter."""

    teams: frozenset[str] | None = None
    direction: Direction | None = None
    languages: frozenset[Language] | None = None
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def holds(self, call: CallStarted, spoken: Language | None) -> bool:
        """`spoken`: the language of the last words heard, for calls announced without one."""
        language = call.language or spoken
        return (
            (self.teams is None or call.team in self.teams)
            and self.direction in (None, call.direction)
            and (self.languages is None or language in self.languages)
            and all(call.metadata.get(key) == value for key, value in self.metadata.items())
        )


Absence: TypeAlias = PhraseAbsent | AbsentAfter | AbsentAtEnd
Verbal: TypeAlias = WordsSaid | Absence
"""What the matcher listens for."""
Simple: TypeAlias = Verbal | DeadAir | TalkOver | EmotionPersists | CourseIs | PolarityPersists | Flowing | CallIs
