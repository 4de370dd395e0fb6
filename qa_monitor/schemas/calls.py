"""A call: in lists, and with everything kept about it."""

from datetime import datetime

from qa_monitor.records.calls import CallState, Hold
from qa_monitor.schemas.consents import ConsentJson
from qa_monitor.schemas.course import CourseJson
from qa_monitor.schemas.dynamics import DynamicsJson, HoldJson
from qa_monitor.schemas.flags import FlagCountsJson, FlagJson, HeldJson
from qa_monitor.schemas.health import GapJson
from qa_monitor.schemas.shape import Shape
from qa_monitor.schemas.utterances import UtteranceJson
from streams.consent import Consent, Notice
from streams.records import Direction, EndReason, Language, Speaker


class AgentJson(Shape):
    """One agent's part of a call: from this second of its audio until the next one's."""

    agent_id: str
    team: str
    from_s: float


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


class PeaksJson(Shape):
    """The outline of a call's audio: per channel lowest and highest of each slice in turn, -128 to 127."""

    per_second: int
    duration_s: float
    channels: list[list[int]]
