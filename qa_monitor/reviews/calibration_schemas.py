"""Calibrations, and how far people and the machine agree, as JSON."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from qa_monitor.reviews.kappa import Strength
from qa_monitor.reviews.records import Value
from qa_monitor.reviews.schemas import Name, Words
from qa_monitor.schemas.shape import Bilingual, Shape


class NewCalibrationJson(Shape):
    """Ask these people about these calls. All calls have a score by the scorecard, by the same version of it."""

    title: Name
    scorecard_id: Name
    calls: Annotated[list[Name], Field(min_length=1, max_length=100)]
    reviewers: Annotated[list[Name], Field(min_length=2, max_length=50)]


class GivenJson(Shape):
    """A person's answer, with a word on it."""

    value: Value
    words: Words = ""


class NewSheetJson(Shape):
    """What one answers for one call, by question. Handed in once."""

    answers: Annotated[dict[str, GivenJson], Field(min_length=1, max_length=500)]


class SheetJson(Shape):
    """What was handed in."""

    call_id: str
    reviewer: str
    at: datetime
    answers: dict[str, GivenJson]


class ProgressJson(Shape):
    """How far one reviewer has come."""

    reviewer: str
    handed_in: int


class KappaJson(Shape):
    """Cohen's kappa with its 95 % interval."""

    value: float
    low: float
    high: float
    calls: int
    strength: Strength


class AgreementJson(Shape):
    """On one question."""

    question_id: str
    text_en: str
    text_fr: str
    calls: int
    people_agreed: float | None
    """Share of pairs of people who said the same, 0 to 1."""
    people: KappaJson | None
    """Mean over pairs of reviewers; none where it is not defined."""
    machine_agreed: float | None
    machine: KappaJson | None
    """What most people said, and what the machine did."""
    machine_calls: int
    floor: float
    needed: int
    """Calls from which on the floor counts."""
    weak: bool
    """Under its floor: the machine answers it no more."""


class QuestionJson(Shape):
    """A question to be answered."""

    question_id: str
    section_en: str
    section_fr: str
    text_en: str
    text_fr: str


class CalibrationJson(Shape):
    """A calibration, as far as the reader may see it."""

    calibration_id: str
    title: str
    scorecard_id: str
    scorecard_name: Bilingual
    version: str
    calls: list[str]
    by: str
    at: datetime
    closed_by: str | None
    closed_at: datetime | None
    asked: bool
    """Whether the reader is one of the reviewers."""
    progress: list[ProgressJson]
    questions: list[QuestionJson]
    sheets: list[SheetJson]
    """The reader's own until it is closed; then everybody's."""
    machine: dict[str, dict[str, Value]] | None
    """By call and question; none until it is closed."""
    agreement: list[AgreementJson] | None
    """Over the calls of this calibration; none until it is closed."""


class CalibrationsJson(Shape):
    """The newest first."""

    calibrations: list[CalibrationJson]


class AgreementsJson(Shape):
    """Over all calibrated calls of one version of a scorecard."""

    scorecard_id: str
    scorecard_name: Bilingual
    version: str
    agreement: list[AgreementJson]


class CalibratedJson(Shape):
    """Scorecards that were calibrated, the last one first."""

    scorecards: list[AgreementsJson]
