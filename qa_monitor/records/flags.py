"""A flag as kept, and the changes of it."""

from dataclasses import dataclass
from datetime import datetime

from alerts.care import Care
from alerts.lifecycle import OPEN
from alerts.records import CoachId, RedFlag
from qa_monitor.records.verdicts import VerdictKind
from streams.records import Language

OPEN_STATES = tuple(sorted(OPEN))
"""A flag in one of these states still asks a coach to act."""


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
