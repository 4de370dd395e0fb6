"""The shapes of reports as others read and write them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from qa_monitor.reports.customers import Survey, SurveyKind, Taken, Wait
from qa_monitor.reports.dates import period_name, period_tick, stretch_name
from qa_monitor.reports.definitions import DEFINITIONS
from qa_monitor.reports.periods import Every
from qa_monitor.reports.records import By, Figure, Key, Kind, Line, Report, Unit
from qa_monitor.reports.schedules import Form, Run, RunState, Schedule
from qa_monitor.reports.words import WORDS, line_name, part_name
from qa_monitor.schemas.shape import Bilingual
from streams.records import Language

MOST_AT_ONCE = 1_000
_CLOSED = ConfigDict(extra="forbid")
Name = Annotated[str, Field(max_length=200)]
Id = Annotated[str, Field(min_length=1, max_length=200)]


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


class SurveyJson(BaseModel):
    """One answer to one question about one call."""

    model_config = _CLOSED
    survey_id: Id
    call_id: Id
    kind: SurveyKind
    value: int
    answered_at: AwareDatetime

    def record(self) -> Survey:
        """Raises `CustomerError`."""
        return Survey(**self.model_dump())


class WaitJson(BaseModel):
    """One customer who waited."""

    model_config = _CLOSED
    wait_id: Id
    call_id: Id | None = None
    tenant: Id = "default"
    team: Name = ""
    queue: Name = ""
    began_at: AwareDatetime
    waited_s: float
    answered: bool

    def record(self) -> Wait:
        """Raises `CustomerError`."""
        return Wait(**self.model_dump())


class SurveysJson(BaseModel):
    """Answers to bring in."""

    model_config = _CLOSED
    surveys: Annotated[list[SurveyJson], Field(max_length=MOST_AT_ONCE)]


class WaitsJson(BaseModel):
    """Waits to bring in."""

    model_config = _CLOSED
    waits: Annotated[list[WaitJson], Field(max_length=MOST_AT_ONCE)]


class ProblemJson(BaseModel):
    """A line of a file that cannot be used."""

    line: int
    problem: str


class TakenJson(BaseModel):
    """What became of what was brought in. With a problem, nothing was taken."""

    taken: int
    unmatched: list[str]
    """Calls that are not kept, or not to be seen; at most a hundred are named."""
    unmatched_count: int
    problems: list[ProblemJson]


class ScheduleAskedJson(BaseModel):
    """A report to deliver after every week or month."""

    model_config = _CLOSED
    kind: Kind
    by: By
    often: Every
    every: Every
    hour: Annotated[int, Field(ge=0, le=23)]
    zone: Name
    form: Form
    to: Name
    language: Language


class RunJson(BaseModel):
    """What became of one period."""

    period: str
    shown: Bilingual
    state: RunState
    attempts: int
    at: datetime | None
    problem: str | None


class ScheduleJson(ScheduleAskedJson):
    """A schedule with its latest periods, newest first."""

    schedule_id: str
    by_whom: str
    problem: str | None
    """Why it cannot be delivered with the settings as they are."""
    runs: list[RunJson]


class SchedulesJson(BaseModel):
    """One's own schedules, and where reports can go."""

    schedules: list[ScheduleJson]
    targets: list[str]


def report_json(report: Report) -> ReportJson:
    """Takes a moment for many lines."""
    asked = report.asked
    shown = {key: shown_as(report, key) for key in {line.key for line in report.lines}}
    parts = {key: _in_words(partial(part_name, report, key)) for key in shown}
    return ReportJson(
        kind=asked.kind,
        by=asked.by,
        every=asked.every,
        zone=asked.zone,
        first=asked.first,
        last=asked.last,
        within_s=asked.within_s,
        made_at=report.made_at or report.periods[-1].until,
        pending=report.pending,
        unread=report.unread,
        withheld=report.withheld,
        definitions=[
            DefinitionJson(name=each.name, unit=each.unit, words=Bilingual(en=each.en, fr=each.fr))
            for each in DEFINITIONS[asked.kind]
        ],
        periods=[
            PeriodJson(
                name=each.name,
                shown=_in_words(partial(period_name, report, each)),
                tick=_in_words(partial(period_tick, report, each)),
                first=each.first,
                last=each.last,
                since=each.since,
                until=each.until,
                cut=each.cut,
            )
            for each in report.periods
        ],
        lines=[line_json(line, shown[line.key], parts[line.key]) for line in report.lines],
    )


def shown_as(report: Report, key: Key) -> Bilingual:
    """What a line is called."""
    return _in_words(partial(line_name, report, key))


def _in_words(told: Callable[[Language], str]) -> Bilingual:
    return Bilingual(**{language.value: told(language) for language in WORDS})


def line_json(line: Line, shown: Bilingual, part_shown: Bilingual) -> LineJson:
    """One line."""
    key = line.key
    return LineJson(
        tenant=key.tenant,
        name=key.name,
        part=key.part,
        shown=shown,
        part_shown=part_shown,
        period=line.period,
        figures={figure.name: figure_json(figure) for figure in line.figures},
    )


def figure_json(figure: Figure) -> FigureJson:
    """One figure."""
    return FigureJson(
        value=figure.value, n=figure.n, low=figure.low, high=figure.high, few=figure.few, risk=figure.risk
    )


def taken_json(taken: Taken) -> TakenJson:
    """What was taken."""
    return TakenJson(
        taken=taken.taken,
        unmatched=list(taken.unmatched[:100]),
        unmatched_count=len(taken.unmatched),
        problems=[],
    )


def schedule_json(schedule: Schedule, runs: list[Run], problem: str | None) -> ScheduleJson:
    """One schedule."""
    return ScheduleJson(
        schedule_id=schedule.schedule_id,
        kind=schedule.kind,
        by=schedule.by,
        often=schedule.often,
        every=schedule.every,
        hour=schedule.hour,
        zone=schedule.zone,
        form=schedule.form,
        to=schedule.to,
        language=schedule.language,
        by_whom=schedule.account or "",
        problem=problem,
        runs=[
            RunJson(
                period=run.period,
                shown=_in_words(partial(stretch_name, run.first, schedule.often)),
                state=run.state,
                attempts=run.attempts,
                at=run.at,
                problem=run.problem,
            )
            for run in runs
        ],
    )
