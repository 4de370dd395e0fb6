"""What the store hands back: the records of the other folders, with what only the store knows about them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.care import Care
from alerts.lifecycle import OPEN
from alerts.records import CoachId, FlagId, HeldFlag, RedFlag
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.rules.verdicts import VerdictKind
from sentiment.hold import HoldCause
from sentiment.records import Course, Dynamics, EmotionScore
from streams.consent import Consent, ConsentSource, Notice
from streams.records import CallId, CallStarted, EndReason, Gap, Language, Sought, Speaker, Utterance, UtteranceId

BACKLOG = "backlog"
"""Why a call is blind of whose speech some is not transcribed, or not yet."""
LATER = "later"
"""Why a call is blind that is transcribed only after it."""
OPEN_STATES = tuple(sorted(OPEN))
"""A flag in one of these states still asks a coach to act."""


class CallState(StrEnum):
    """Where a call is in its life. `interrupted`: the service died while it was live."""

    LIVE = "live"
    ENDED = "ended"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagCounts:
    """How many flags of a call were told and not withdrawn, per priority."""

    high: int = 0
    medium: int = 0
    low: int = 0


class Hold(StrEnum):
    """Why nothing is heard of a live call, by somebody's wish."""

    PAUSED = "paused"
    OFF_RECORD = "off_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAgent:
    """One agent's part of a call: from this second of its audio until the next one's."""

    agent_id: str
    team: str
    from_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredConsent:
    """What the customer was told and answered, once."""

    at: datetime
    at_s: float | None
    """On the call's audio clock; none once the call was over."""
    notice: Notice
    consent: Consent
    source: ConsentSource
    by: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCall:
    """A call as kept. Its `call` names the agent it is with now, or was with last."""

    call: CallStarted
    state: CallState
    ended_at: datetime | None = None
    end_reason: EndReason | None = None
    duration_s: float | None = None
    """Seconds on the audio clock; none while the call is live."""
    blind: str | None = None
    """Why the call cannot be judged (`mono`, `one_way`, …); none when it can."""
    paused: Hold | None = None
    """What is said now is not heard, and why; none for a call that is over."""
    flags: FlagCounts = FlagCounts()
    dynamics: Dynamics | None = None
    """The last ones saved."""
    agents: tuple[CallAgent, ...] = ()
    """Everyone it was with, in order."""
    course: Course | None = None
    """How the customer went through it, as last saved; none where their voice was not judged."""

    def agent_at(self, at_s: float) -> CallAgent:
        """Whom it was with at this second."""
        only = CallAgent(agent_id=self.call.agent_id, team=self.call.team, from_s=0.0)
        earlier = [agent for agent in self.agents if agent.from_s <= at_s]
        return earlier[-1] if earlier else only


@dataclass(frozen=True, slots=True, kw_only=True)
class OnHold:
    """The customer waited, or still does. All times are seconds of the call's audio."""

    call_id: CallId
    start_s: float
    told_s: float
    """When it became known that they wait: later than they began to."""
    cause: HoldCause
    channel: int | None
    """Where music or tones were heard; None where it was signalled."""
    end_s: float | None = None
    """None: not yet, or not before the call ended."""
    end_told_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredUtterance:
    """A final utterance as kept, without its embedding, and what the customer's voice sounded like in it."""

    utterance: Utterance
    emotion: EmotionScore | None = None
    late: bool = False
    """It was transcribed only after the fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFlag:
    """A flag with what a console shows beside it."""

    flag: RedFlag
    agent_id: str
    team: str
    language: Language | None
    tenant: str | None = None
    """Of its call; none in what was kept before this was."""
    acknowledged_by: CoachId | None = None
    acknowledged_at: datetime | None = None
    verdict: VerdictKind | None = None
    """The latest word of any coach on it."""
    verdict_by: CoachId | None = None
    verdict_at: datetime | None = None
    care: Care = Care()
    """At whose desk it lies, and what was done about it there."""
    sequence: int | None = None
    """Number of the last change of this flag, counted over all calls; none while it is not on disk."""

    @property
    def saved(self) -> bool:
        """False while the flag lives in memory only."""
        return self.sequence is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftFlag:
    """An open flag of a call that is over."""

    flag: StoredFlag
    ended_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagEvent:
    """One change of one flag, as it was told. `sequence` grows by commit order: it is the resume cursor."""

    sequence: int
    flag: StoredFlag


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSnapshot:
    """Everything a console needs to start, as of one instant: follow from `sequence` on and nothing is missed."""

    sequence: int
    """The last change contained; 0 when there was none yet."""
    calls: tuple[StoredCall, ...]
    """Live ones, oldest first."""
    flags: tuple[StoredFlag, ...]
    """Open ones, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """One call with everything kept about it, as of one instant."""

    call: StoredCall
    utterances: tuple[StoredUtterance, ...]
    """By start, then channel."""
    flags: tuple[StoredFlag, ...]
    """By the audio second they were raised."""
    held: tuple[HeldFlag, ...]
    gaps: tuple[Gap, ...]
    consents: tuple[StoredConsent, ...] = ()
    """In the order in which they were said."""
    holds: tuple[OnHold, ...] = ()
    """By start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCall:
    """A call that is over, as the agent who took it looks back at it."""

    call: StoredCall
    flags: tuple[StoredFlag, ...]
    """Told about their part of it and not withdrawn, by the second they were raised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallQuery:
    """Which calls that are over; what is left out is not asked for."""

    since: datetime | None = None
    """Calls that began then or later."""
    until: datetime | None = None
    """Calls that began earlier."""
    tenants: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    """Calls that were with one of these teams at some time."""
    agents: tuple[str, ...] = ()
    """Calls that were with one of these agents at some time."""
    languages: tuple[Language, ...] = ()
    """Announced, or spoken in it where none was announced."""
    limit: int | None = None
    """The newest so many."""
    sight: Sight = EVERYTHING
    """Calls that whoever asks may see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCall:
    """A call that is over, by name only."""

    call_id: CallId
    tenant: str
    team: str
    """As it ended."""
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidText:
    """The text of one final utterance, without its words."""

    call_id: CallId
    utterance_id: UtteranceId
    speaker: Speaker
    language: Language
    trusted: bool
    text: str
    sought: tuple[Sought, ...] = ()
    """Phrases that may have been said where other words were recognised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRecord:
    """What is needed to judge a call that is over once more."""

    call: StoredCall
    utterances: tuple[StoredUtterance, ...]
    """By start, then channel."""
    gaps: tuple[Gap, ...]
    holds: tuple[OnHold, ...] = ()
    """By start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peaks:
    """The outline of a call's audio, to be drawn."""

    per_second: int
    duration_s: float
    channels: tuple[tuple[int, ...], ...]
    """Per channel: lowest and highest of each slice in turn, -128 to 127."""


def blindness(call: CallStarted) -> str | None:
    """Why it cannot be told who speaks on a call, or none: `mono` for one mixed channel, else `unknown_speaker`."""
    if Speaker.MIXED in call.channels:
        return "mono"
    if Speaker.UNKNOWN in call.channels:
        return "unknown_speaker"
    return None


class StoreError(Exception):
    """The store could not do what was asked. The message says what to do; the caller goes on without it."""


class CallExists(StoreError):
    """A call with this id was announced before."""

    def __init__(self, call_id: CallId) -> None:
        super().__init__(f"call {call_id} is already kept: give every call an id of its own")
        self.call_id = call_id


class TooLate(StoreError):
    """Nothing was done to this flag lately that could be taken back."""

    def __init__(self, flag_id: FlagId) -> None:
        super().__init__(f"nothing was done to flag {flag_id} lately that could be taken back")
        self.flag_id = flag_id


class NotKept(StoreError):
    """What was asked for is not in the store."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"no {what} {name} is kept")
        self.what = what
        self.name = name
