"""The shapes of reports that are delivered, as others ask for and see them."""

from datetime import datetime
from functools import partial
from typing import Annotated

from pydantic import BaseModel, Field

from qa_monitor.reports.dates import stretch_name
from qa_monitor.reports.periods import Every
from qa_monitor.reports.records import By, Kind
from qa_monitor.reports.schedules import Form, Run, RunState, Schedule
from qa_monitor.reports.wire import in_words
from qa_monitor.schemas.shape import Bilingual, Shape
from streams.records import Language

Name = Annotated[str, Field(max_length=200)]


class ScheduleAskedJson(Shape):
    """A report to deliver after every week or month."""

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
                shown=in_words(partial(stretch_name, run.first, schedule.often)),
                state=run.state,
                attempts=run.attempts,
                at=run.at,
                problem=run.problem,
            )
            for run in runs
        ],
    )
