"""The shapes of JSON that leave the service: response models of the API and data of the event streams.

Ids and times keep the names of the records. `_s` is seconds: on the call's audio clock, or of wall time for latencies.
"""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from alerts.care import CareAct, DeskReason, Outcome
from alerts.records import FlagState, HoldReason
from qa_monitor.load.shedding import Shed
from qa_monitor.rules.verdicts import VerdictKind
from qa_monitor.store.records import CallState, Hold
from sentiment.hold import HoldCause
from sentiment.records import CourseState, Emotion, Trend
from streams.records import (
    Consent,
    ConsentSource,
    Direction,
    EndReason,
    GapReason,
    HealthFact,
    Language,
    Notice,
    Speaker,
)

PriorityLabel = Literal["high", "medium", "low"]


class Shape(BaseModel):
    """What all shapes share: no field beyond the named ones, no change after making."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Shape):
    """A text for the reader in both languages of the interface."""

    en: str
    fr: str


class FlagCountsJson(Shape):
    """Flags told and not withdrawn, per priority."""

    high: int
    medium: int
    low: int


class AgentJson(Shape):
    """One agent's part of a call: from this second of its audio until the next one's."""

    agent_id: str
    team: str
    from_s: float


class ShiftJson(Shape):
    """From one utterance on, the customer's voice was another than before. Levels are 0 to 1."""

    at_s: float
    before: float
    after: float


class CourseJson(Shape):
    """How the customer went through the call, up to `at_s`. Levels are probabilities of being upset, 0 to 1."""

    at_s: float
    state: CourseState
    since_s: float | None
    """Since when it is so; null while it is unknown."""
    level: float | None
    trend: Trend | None
    told: int
    """Utterances that could be told."""
    unsure: int
    """Those with too little voice, or whose text is not trusted."""
    shifts: list[ShiftJson]
    peak: float | None
    peak_s: float | None
    peak_end: float | None
    """The mean of the worst level and the latest."""
    upset_s: float | None
    recovered_s: float | None
    """When the customer last had been calm again for several utterances; null where they never were upset."""
    recoveries: int


class ConsentJson(Shape):
    """What the customer was told and answered, once."""

    at: datetime
    at_s: float | None
    """On the call's audio clock; null once the call was over."""
    notice: Notice
    consent: Consent
    source: ConsentSource
    by: str
    reference: str


class CallJson(Shape):
    """A call, live or past. `agent_id` and `team`: whom it is with now, or was with last."""

    call_id: str
    tenant: str
    team: str
    agent_id: str
    direction: Direction
    language: Language | None
    channels: list[Speaker]
    dialect: str
    notice: Notice
    consent: Consent
    started_at: datetime
    ended_at: datetime | None
    end_reason: EndReason | None
    duration_s: float
    state: CallState
    blind: str | None
    """Why the call cannot be judged; null when it can."""
    paused: Hold | None
    """What is said now is not heard: by the source's or the service's pause, or off the record."""
    flags: FlagCountsJson
    agents: list[AgentJson]
    """Everyone it was with, in order."""
    course: CourseJson | None
    """How the customer went through it; null where their voice was not judged."""


class WordJson(Shape):
    """One recognised word."""

    text: str
    start_s: float
    end_s: float
    probability: float


class TimingJson(Shape):
    """Wall seconds from the last word heard to the text."""

    endpoint_s: float
    queued_s: float
    speech_s: float


class ProsodyJson(Shape):
    """Pitch, energy and pace of one utterance, absolute and against the same speaker so far."""

    voiced_s: float
    pitch_hz: float | None
    pitch_range_st: float | None
    level_db: float
    pace_wps: float
    pitch_change_st: float | None
    level_change_db: float | None
    pace_change: float | None


class EmotionJson(Shape):
    """What the customer's voice sounded like, against their own baseline."""

    emotion: Emotion
    probabilities: dict[Emotion, float]
    arousal: float
    valence: float
    certainty: float
    enough: bool
    prosody: ProsodyJson
    explanation: Bilingual


class UtteranceJson(Shape):
    """What one person said. The same `utterance_id` again replaces it."""

    utterance_id: str
    speaker: Speaker
    channel: int
    start_s: float
    end_s: float
    text: str
    words: list[WordJson]
    language: Language
    confidence: float
    final: bool
    revision: int
    trusted: bool
    emotion: EmotionJson | None
    timing: TimingJson | None
    late: bool
    """Transcribed only after the fact: nobody was told of it while it was said."""


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


class CareJson(Shape):
    """At whose desk a flag lies, and what was done about it there."""

    desk: str
    """The coach who is asked to act; `everyone`: all of them."""
    asked_at: datetime | None
    """Since when; null while it is held."""
    act_by: datetime | None
    """When somebody should have acted; null where nobody is asked now."""
    held: DeskReason | None
    """Why it is kept in the drawer; null where it is not."""
    delivered_at: datetime | None
    """When a console first showed it."""
    delivered_to: str | None
    snoozed_until: datetime | None
    escalations: int
    """How often nobody had acted in time: 0, 1 or 2."""
    escalated_at: datetime | None
    word: str
    """What was said with the last hand-over."""
    outcome: Outcome | None
    act: CareAct | None
    """What a coach did last, beside acknowledging and judging it."""
    acted_by: str | None
    acted_at: datetime | None


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


class DynamicsJson(Shape):
    """How the conversation flows, up to `now_s`."""

    now_s: float
    silence_s: float
    talk_over_s: float
    talk_over_total_s: float
    silence_total_s: float
    talk_share: dict[str, float]
    interrupter: str | None
    speakers_known: bool
    """False for mixed, swapped or identical channels: what says who did something is left open."""
    interruptions: dict[str, int]
    """Per speaker, how often they began while the other spoke."""
    longest_turn_s: dict[str, float]
    pace_wpm: dict[str, float]
    """Words a minute lately, of those who have said enough."""
    louder_db: dict[str, float]
    """How much louder than at first, of those who have said enough."""
    hold_since_s: float | None
    """Since when somebody is on hold; null where nobody is."""
    hold_s: float
    hold_total_s: float
    hold_cause: str | None
    """`music`, `tones` or `signalled`."""


class ChannelHealthJson(Shape):
    """The sound of one channel; shares are 0 to 1."""

    level_db: float
    clipped_share: float
    lost_share: float
    spoken_s: float


class HealthJson(Shape):
    """Whether the sound of a call can be judged, at `at_s`; told about once a second while it is live."""

    at_s: float
    channels: list[ChannelHealthJson]
    facts: list[HealthFact]
    """What is wrong with it now."""
    blind: str | None
    """Why the call cannot be judged; null when it can."""
    paused: Hold | None
    """What is said now is not heard: by the source's or the service's pause, or off the record."""


class GapJson(Shape):
    """Where audio of one channel is missing."""

    channel: int
    start_s: float
    duration_s: float
    reason: GapReason


class HoldJson(Shape):
    """The customer was on hold."""

    start_s: float
    end_s: float | None
    """Null: still, or until the call ended."""
    cause: HoldCause


class CallsJson(Shape):
    """Answer of the list of calls, newest first."""

    calls: list[CallJson]


class CallDetailJson(Shape):
    """Everything kept about one call."""

    call: CallJson
    utterances: list[UtteranceJson]
    flags: list[FlagJson]
    held: list[HeldJson]
    dynamics: DynamicsJson | None
    gaps: list[GapJson]
    holds: list[HoldJson]
    """When the customer was on hold."""
    consents: list[ConsentJson]
    """What the customer was told and answered, in order."""


class FlagsJson(Shape):
    """Answer of the list of flags, newest first."""

    flags: list[FlagJson]


class PeaksJson(Shape):
    """The outline of a call's audio: per channel lowest and highest of each slice in turn, -128 to 127."""

    per_second: int
    duration_s: float
    channels: list[list[int]]


class SnapshotJson(Shape):
    """First event of the flag stream: live calls and open flags."""

    calls: list[CallJson]
    flags: list[FlagJson]


class DeskJson(Shape):
    """How often one desk was interrupted within the last ten minutes."""

    desk: str
    told: int
    flooded: bool
    """So often that its flags are shown as counts."""


class HeartbeatJson(Shape):
    """Sign of life on the flag stream, every 2 s."""

    now: datetime
    lag_s: float
    shed_level: int
    """0: everything is done; 5: new calls are not followed."""
    shed: list[Shed]
    """What is left out now."""
    later_s: float
    """Seconds of speech that are still to be transcribed."""
    calls_live: int
    final_p50_s: float | None
    final_p95_s: float | None
    flag_p50_s: float | None
    flag_p95_s: float | None
    disk_ok: bool
    saving: bool
    """False while writes to the store fail."""
    desks: list[DeskJson]
    """Desks that were interrupted lately; that of everyone always."""
    consoles: int = 1
    """How many follow this stream."""
    drift_s: float | None = None
    """The 95th percentile from cause to screen over five minutes, where it is above `latency_alarm_s`."""
