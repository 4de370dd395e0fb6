"""An agent holds a flag on an own call to be wrong; a QA lead decides. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.records import FlagId
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.reviews.life import WrongStep
from streams.records import CallId


class FlagRuling(StrEnum):
    """What a lead decided. `false_alarm`: the agent was right, and the lead's verdict on the flag says so."""

    STANDS = "stands"
    FALSE_ALARM = "false_alarm"


class Step(StrEnum):
    """What was done about a dispute."""

    DISPUTE = "dispute"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeEvent:
    """One step. Added to, never changed."""

    flag_id: FlagId
    step: Step
    words: str
    """Why; screened."""
    by: str
    at: datetime
    ruling: FlagRuling | None = None
    """Only of a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagDispute:
    """A dispute as it stands."""

    flag_id: FlagId
    words: str
    by: str
    at: datetime
    ruling: FlagRuling | None = None
    """None: still to be decided."""
    decided_words: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Nobody has decided yet."""
        return self.ruling is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputes:
    """Which disputes are looked for; what is left out is not asked for."""

    call_id: CallId | None = None
    open: bool | None = None
    limit: int = 200
    sight: Sight = EVERYTHING


def standing(events: Sequence[DisputeEvent]) -> FlagDispute:
    """The dispute these steps make, in their order; there is at least the first."""
    first, *later = events
    decided = later[0] if later else None
    return FlagDispute(
        flag_id=first.flag_id,
        words=first.words,
        by=first.by,
        at=first.at,
        ruling=None if decided is None else decided.ruling,
        decided_words=None if decided is None else decided.words,
        decided_by=None if decided is None else decided.by,
        decided_at=None if decided is None else decided.at,
    )


def check_step(now: FlagDispute | None, step: Step) -> None:
    """Raises `WrongStep` where this cannot be done: a flag is disputed once, and decided once."""
    if step is Step.DISPUTE and now is not None:
        raise WrongStep("this flag was disputed already")
    if step is Step.DECIDE and now is None:
        raise WrongStep("nobody disputes this flag")
    if step is Step.DECIDE and now is not None and not now.open:
        raise WrongStep("this dispute is decided already")
