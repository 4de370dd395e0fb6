"""What a report is asked for, and what it says. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from qa_monitor.reports.periods import Every, Period

FEW = 5
"""A figure that rests on fewer is marked: it says little, and may point at one person."""


class Kind(StrEnum):
    """What a report is about."""

    CALLS = "calls"
    """Volumes, handle time and its parts, talk-over, repeated contact."""
    FLAGS = "flags"
    SCORES = "scores"
    SERVICE = "service"
    """Service level: who was answered, how soon."""
    SURVEYS = "surveys"
    """What customers said of it: NPS, CES, CSAT."""
    OCCUPANCY = "occupancy"


class By(StrEnum):
    """Whose figures are put together."""

    ALL = "all"
    PARTNER = "partner"
    """The client of an outsourcer: a tenant."""
    TEAM = "team"
    QUEUE = "queue"
    AGENT = "agent"


BYS: Mapping[Kind, tuple[By, ...]] = {
    Kind.CALLS: tuple(By),
    Kind.FLAGS: tuple(By),
    Kind.SCORES: tuple(By),
    # who waits has no agent yet
    Kind.SERVICE: (By.ALL, By.PARTNER, By.TEAM, By.QUEUE),
    Kind.SURVEYS: tuple(By),
    # a load is a person's: a mean over many would hide the one who carries too much
    Kind.OCCUPANCY: (By.AGENT,),
}


class Unit(StrEnum):
    """How a figure is to be read."""

    COUNT = "count"
    SHARE = "share"
    """0 to 1."""
    SECONDS = "seconds"
    POINTS = "points"
    RATE = "rate"
    """Per hundred calls."""


class ReportError(Exception):
    """A report cannot be made as it was asked for. Names what was found and what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Only calls of these; none: of any."""

    tenant: str | None = None
    team: str | None = None
    queue: str | None = None
    agent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A report as it was asked for."""

    kind: Kind
    by: By
    every: Every
    zone: str
    first: date
    last: date
    """The last day, itself included."""
    only: Filter = Filter()
    within_s: float = 20.0
    """Answered within so many seconds is answered in time."""

    def __post_init__(self) -> None:
        if self.by not in BYS[self.kind]:
            allowed = ", ".join(BYS[self.kind])
            raise ReportError(f"by: found {self.by.value!r}; allowed for {self.kind.value}: {allowed}")
        if self.last < self.first:
            raise ReportError(f"until: found {self.last}; allowed: {self.first} or later")


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Whose line it is."""

    tenant: str
    name: str
    """Of the team, queue or agent; empty for a partner, and for everything."""
    part: str = ""
    """The rule, the scorecard, the survey; empty where a line is about all of them."""


Sums = Mapping[str, float]
"""Counts and sums by name: those of two stretches add up to those of both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was counted for one line in one period."""

    key: Key
    period: int
    """Which of the report's."""
    sums: Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number, with what it rests on."""

    name: str
    value: float | None
    """None: nothing to tell it from."""
    n: int
    """Calls, answers or days it was worked out from."""
    low: float | None = None
    """95 % interval; none where a number is counted and not estimated."""
    high: float | None = None
    risk: bool = False
    """It tells of a strain on somebody."""

    @property
    def few(self) -> bool:
        """Whether it rests on too little to say much."""
        return self.n < FEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """All figures of one line, in one period or over all of them."""

    key: Key
    period: int | None
    """None: over the whole time."""
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What something is called."""

    en: str
    fr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A finished report."""

    asked: Asked
    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    """By whose they are, the whole time first, then period by period."""
    pending: int = 0
    """Finished calls that are not counted yet."""
    unread: int = 0
    """Calls that were not looked through for repeated contact yet."""
    withheld: int = 0
    """Calls under blind calibration whose scores are left out: all there are now, in this report or not."""
    made_at: datetime | None = None
    names: Mapping[Key, str] = field(default_factory=dict)
    """What people call a team or an agent, where the directory says."""
    parts: Mapping[Key, Named] = field(default_factory=dict)
    """What the rule or scorecard of a line is called, where it is in force."""
