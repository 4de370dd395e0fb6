"""Adapter to pydantic: what a scorecard file may contain, and every departure from it on its line."""

from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from alerts.files.departures import problem_at
from alerts.files.document import Document
from alerts.files.problems import RuleError
from alerts.files.shape_base import Both, Phrases, RuleId, Shape, Text, departure, given
from alerts.files.shape_when import Call, When

Points = Annotated[float, Field(gt=0, le=1000)]
Names = Annotated[list[Text], Field(min_length=1)]


class Asked(Shape):
    """What makes a question part of a call's score, or not: exactly one of these, `is` only with `question`."""

    when: When | None = None
    rule: RuleId | None = None
    call: Call | None = None
    question: RuleId | None = None
    value: Literal["yes", "no", "na"] | None = Field(default=None, alias="is")

    @model_validator(mode="after")
    def _one(self) -> "Asked":
        named = given(self, "when", "rule", "call", "question")
        if len(named) != 1:
            raise departure(" and ".join(named) or "nothing", "exactly one of: when, rule, call, question")
        if self.value is not None and self.question is None:
            raise departure(f"is beside {named[0]}", "is only beside question")
        return self


class QuestionShape(Shape):
    """One question: found out by a condition or a rule, or left to a human."""

    id: RuleId
    text: Both
    points: Points = 1.0
    when: When | None = None
    rule: RuleId | None = None
    manual: Literal[True] | None = None
    answer_if_found: Literal["yes", "no"] | None = None
    only_if: Asked | None = None
    not_applicable_if: Asked | None = None
    auto_fail: bool = False
    coach_note: Both | None = None
    floor: float | None = Field(default=None, ge=-1, le=1)

    @model_validator(mode="after")
    def _one_way(self) -> "QuestionShape":
        named = given(self, "when", "rule", "manual")
        if len(named) != 1:
            raise departure(" and ".join(named) or "no way to answer", "exactly one of: when, rule, manual")
        if self.manual and self.answer_if_found is not None:
            raise departure("answer_if_found beside manual", "answer_if_found only beside when or rule")
        return self


class SectionShape(Shape):
    """Questions that belong together."""

    id: RuleId
    name: Both
    weight: Points = 1.0
    questions: Annotated[list[QuestionShape], Field(min_length=1, max_length=100)]


class Audience(Shape):
    """Whose calls it is for; what is left out does not matter."""

    tenant: Text | None = None
    teams: Names | None = None
    languages: Annotated[list[Literal["fr", "en"]], Field(min_length=1)] | None = None
    direction: Literal["inbound", "outbound"] | None = None


class ScorecardFile(Shape):
    """One scorecard."""

    id: RuleId
    name: Both
    audience: Audience = Field(default=Audience(), alias="for")
    lists: dict[str, Phrases] = {}
    sections: Annotated[list[SectionShape], Field(min_length=1, max_length=50)]


def checked(document: Document) -> ScorecardFile:
    """The file as far as it can be judged alone. Raises `RuleError` with every problem in it."""
    try:
        found = ScorecardFile.model_validate(document.data)
    except ValidationError as error:
        problems = [problem_at(document, ScorecardFile, details) for details in error.errors(include_url=False)]
        raise RuleError(sorted(problems, key=lambda problem: problem.line)) from error
    return found
