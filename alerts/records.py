"""What the alerts folder hands downstream."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NewType

from keywords.records import KeywordHit
from sentiment.records import Course, Dynamics, EmotionScore
from streams.records import CallId, Speaker, Utterance, UtteranceId, Word

FlagId = NewType("FlagId", str)
CoachId = NewType("CoachId", str)


class Priority(IntEnum):
    """How pressing. High is never held by a budget."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        """The word used in rule files, JSON and on pages."""
        return self.name.lower()


class FlagState(StrEnum):
    """Where a flag is in its life."""

    RAISED = "raised"
    """Seen in partial words that two passes agree on."""
    CONFIRMED = "confirmed"
    """Seen in a final, or measured."""
    WITHDRAWN = "withdrawn"
    """The final did not say it after all."""
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    EXPIRED = "expired"
    """Its call was long over and nobody had taken it on."""


class HoldReason(StrEnum):
    """Why a coach was not told."""

    UNCONFIRMED = "unconfirmed"
    INHIBITED = "inhibited"
    REPEAT = "repeat"
    SHADOW = "shadow"
    """The rule is being tried out: it runs and tells nobody."""
    DEMOTED = "demoted"
    """Too many of the rule's flags were false alarms: they stay on the timeline."""
    GOOD_NEWS = "good_news"
    """Nothing to act on: a green note on the call's timeline, which interrupts nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A value behind a flag, against its threshold."""

    name: str
    """For example `silence_s`, `anger`, `certainty`."""
    value: float
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why a flag was raised: what to show, and what to play."""

    speaker: Speaker | None
    utterance_ids: tuple[UtteranceId, ...] = ()
    text: str = ""
    """The utterance, for the reader."""
    words: tuple[Word, ...] = ()
    """The words that hit, to be lit."""
    phrase: str = ""
    measured: tuple[Measured, ...] = ()
    explanation_en: str = ""
    explanation_fr: str = ""
    clip_start_s: float
    """10 s before the span, not before 0."""
    clip_end_s: float
    """5 s after the span."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Wall seconds from the end of what caused the flag to each stage; filled in by the application."""

    text_s: float | None = None
    rule_s: float | None = None
    stored_s: float | None = None
    feed_s: float | None = None
    screen_s: float | None = None
    """To the first screen that drew it, and back to us with that news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag:
    """Something in a call that asks a coach to act."""

    flag_id: FlagId
    """Deterministic from call, rule and episode: the same call replayed gives the same ids."""
    call_id: CallId
    rule_id: str
    rule_version: str
    priority: Priority
    state: FlagState
    start_s: float
    end_s: float
    """The span of what caused it, on the audio clock."""
    raised_s: float
    """Audio clock when it was decided."""
    name_en: str
    name_fr: str
    action_en: str
    action_fr: str
    deadline_s: float
    """Seconds within which the coach should act."""
    evidence: Evidence
    latency: Latency = field(default_factory=Latency)
    raised_at: datetime | None = None
    """Wall time, filled in by the application."""

    def moved(self, state: FlagState) -> "RedFlag":
        """The same flag in another state."""
        return replace(self, state=state)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFlag:
    """A flag nobody was told about, and why."""

    flag: RedFlag
    reason: HoldReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one look at a call led to: flags to tell (new or changed state), and flags held."""

    told: tuple[RedFlag, ...] = ()
    held: tuple[HeldFlag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredUtterance:
    """A final utterance with everything known about it when rules look at it."""

    utterance: Utterance
    hits: tuple[KeywordHit, ...] = ()
    emotion: EmotionScore | None = None
    course: Course | None = None
    """How the customer has been over the call, this utterance included."""
    dynamics: Dynamics | None = None
