"""The shapes of reports as others read them."""

from dataclasses import dataclass
from datetime import date, datetime

from pydantic import BaseModel

from qa_monitor.reports.periods import Every
from qa_monitor.reports.records import By, Kind, Unit
from qa_monitor.schemas.shape import Bilingual


# there are tens of thousands of these in a report, of our own making: plain records are made ten times as fast
@dataclass(frozen=True, slots=True, kw_only=True)
class FigureJson:
    """One number, with what it rests on."""

    value: float | None
    n: int
    low: float | None
    high: float | None
    few: bool
    risk: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineJson:
    """All figures of one line, by name; `period` is a place in `periods`, none for the whole time."""

    tenant: str
    name: str
    part: str
    shown: Bilingual
    part_shown: Bilingual
    """What the rule, scorecard or survey is called; its id where it is gone."""
    period: int | None
    figures: dict[str, FigureJson]


class PeriodJson(BaseModel):
    """One stretch: whole local days. `cut`: only a part of a week or month, and then † is behind `shown` and `tick`."""

    name: str
    shown: Bilingual
    """As people call it: a week by its Monday."""
    tick: Bilingual
    """The same as short as it can be, for below a chart."""
    first: date
    last: date
    since: datetime
    until: datetime
    cut: bool


class DefinitionJson(BaseModel):
    """A figure's name in words, and its unit."""

    name: str
    unit: Unit
    words: Bilingual


class ReportJson(BaseModel):
    """A report."""

    kind: Kind
    by: By
    every: Every
    zone: str
    first: date
    last: date
    within_s: float
    made_at: datetime
    pending: int
    unread: int
    withheld: int
    """Calls under blind calibration whose scores are left out, in this report or not."""
    definitions: list[DefinitionJson]
    periods: list[PeriodJson]
    lines: list[LineJson]
