"""What coaches say of flags, and how the sayings are counted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.records import CoachId, FlagId
from streams.records import Language


class VerdictKind(StrEnum):
    """Whether a flag was worth a coach's attention."""

    USEFUL = "useful"
    FALSE_ALARM = "false_alarm"
    ALREADY_KNOWN = "already_known"
    """The flag was right, but told the coach nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One coach's word on one flag; a later one of the same coach takes its place."""

    flag_id: FlagId
    kind: VerdictKind
    by: CoachId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictCount:
    """How often coaches said so of one version of a rule, in one team and language."""

    rule_id: str
    rule_version: str
    tenant: str
    team: str
    language: Language | None
    """The call's; none where it was never announced."""
    kind: VerdictKind
    count: int
    on_trial: bool = False
    """Of flags that nobody was told about, since the rule was on trial."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One verdict on a rule, and when it was given."""

    kind: VerdictKind
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A version of a rule is told to a tenant's coaches again: verdicts up to then count no more."""

    rule_id: str
    rule_version: str
    tenant: str
    by: str
    at: datetime
