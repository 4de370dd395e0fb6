"""Red flags: told, held, and good news."""

from datetime import datetime
from typing import Literal

from alerts.records import FlagState, HoldReason
from qa_monitor.records.verdicts import VerdictKind
from qa_monitor.schemas.care import CareJson
from qa_monitor.schemas.shape import Bilingual, Shape
from qa_monitor.schemas.utterances import WordJson
from streams.records import Language, Speaker

PriorityLabel = Literal["high", "medium", "low"]


class FlagCountsJson(Shape):
    """Flags told and not withdrawn, per priority."""

    high: int
    medium: int
    low: int


class MeasuredJson(Shape):
    """A value behind a flag, against its threshold."""

    name: str
    value: float
    threshold: float


class ClipJson(Shape):
    """The seconds of audio to play."""

    start_s: float
    end_s: float
    url: str


class EvidenceJson(Shape):
    """Why a flag was raised."""

    speaker: Speaker | None
    utterance_ids: list[str]
    text: str
    words: list[WordJson]
    phrase: str
    measured: list[MeasuredJson]
    explanation: Bilingual
    clip: ClipJson


class LatencyJson(Shape):
    """Wall seconds from the end of what caused the flag to each stage; null where not measured."""

    text_s: float | None
    rule_s: float | None
    stored_s: float | None
    feed_s: float | None
    screen_s: float | None
    """To the first screen that drew it."""


class FlagJson(Shape):
    """A red flag in one of its states."""

    flag_id: str
    call_id: str
    tenant: str | None
    """Null in changes that an earlier release told."""
    agent_id: str
    team: str
    language: Language | None
    rule_id: str
    rule_version: str
    priority: PriorityLabel
    state: FlagState
    start_s: float
    end_s: float
    raised_s: float
    raised_at: datetime | None
    name: Bilingual
    action: Bilingual
    deadline_s: float
    evidence: EvidenceJson
    latency: LatencyJson
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    verdict: VerdictKind | None
    """The latest word of any coach on it."""
    verdict_by: str | None
    verdict_at: datetime | None
    care: CareJson
    saved: bool
    """False while the flag could not be written to disk."""
    sequence: int | None
    """Number of its last change, counted over all flags: of two states of a flag, the higher is the newer."""


class HeldJson(Shape):
    """A flag nobody was told about, and why."""

    flag: FlagJson
    reason: HoldReason


class NotesJson(Shape):
    """Good news of a call so far: nobody is asked to act. The list replaces the one before."""

    notes: list[FlagJson]


class FlagsJson(Shape):
    """Answer of the list of flags, newest first."""

    flags: list[FlagJson]
