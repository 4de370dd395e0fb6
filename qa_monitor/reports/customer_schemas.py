"""The shapes of what customers answered and how long they waited, as others bring it in."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field

from qa_monitor.reports.customers import Survey, SurveyKind, Taken, Wait
from qa_monitor.schemas.shape import Shape

MOST_AT_ONCE = 1_000
Name = Annotated[str, Field(max_length=200)]
Id = Annotated[str, Field(min_length=1, max_length=200)]


class SurveyJson(Shape):
    """One answer to one question about one call."""

    survey_id: Id
    call_id: Id
    kind: SurveyKind
    value: int
    answered_at: AwareDatetime

    def record(self) -> Survey:
        """Raises `CustomerError`."""
        return Survey(**self.model_dump())


class WaitJson(Shape):
    """One customer who waited."""

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


class SurveysJson(Shape):
    """Answers to bring in."""

    surveys: Annotated[list[SurveyJson], Field(max_length=MOST_AT_ONCE)]


class WaitsJson(Shape):
    """Waits to bring in."""

    waits: Annotated[list[WaitJson], Field(max_length=MOST_AT_ONCE)]


class UnusableLineJson(BaseModel):
    """A line of a file that cannot be used."""

    line: int
    problem: str


class TakenJson(BaseModel):
    """What became of what was brought in. With a problem, nothing was taken."""

    taken: int
    unmatched: list[str]
    """Calls that are not kept, or not to be seen; at most a hundred are named."""
    unmatched_count: int
    problems: list[UnusableLineJson]


def taken_json(taken: Taken) -> TakenJson:
    """What was taken."""
    return TakenJson(
        taken=taken.taken,
        unmatched=list(taken.unmatched[:100]),
        unmatched_count=len(taken.unmatched),
        problems=[],
    )
