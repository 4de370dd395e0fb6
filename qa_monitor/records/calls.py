"""A call as kept, where it is in its life, and whom it was with."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sentiment.records import Course, Dynamics
from streams.records import CallStarted, EndReason, Speaker

BACKLOG = "backlog"
"""Why a call is blind of whose speech some is not transcribed, or not yet."""
LATER = "later"
"""Why a call is blind that is transcribed only after it."""


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


def blindness(call: CallStarted) -> str | None:
    """Why it cannot be told who speaks on a call, or none: `mono` for one mixed channel, else `unknown_speaker`."""
    if Speaker.MIXED in call.channels:
        return "mono"
    if Speaker.UNKNOWN in call.channels:
        return "unknown_speaker"
    return None
