"""The shapes of JSON about scorecards and scores."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from qa_monitor.rules.draft_schemas import MOST_TEXT
from qa_monitor.rules.schemas import ProblemJson, RefusedJson
from qa_monitor.schemas.shape import Bilingual, Shape
from qa_monitor.scorecards.records import AnswerValue, JobState, ScoreState

Reason = Annotated[str, Field(min_length=1, max_length=2_000)]


class QuestionJson(Shape):
    """One question: `yes` earns its points."""

    question_id: str
    text: Bilingual
    points: float
    auto_fail: bool
    """Answered `no`, the whole call earns nothing."""
    manual: bool
    """Only a human can answer it."""
    coach_note: Bilingual | None


class SectionJson(Shape):
    """Questions that belong together."""

    section_id: str
    name: Bilingual
    weight: float
    questions: list[QuestionJson]


class ScorecardJson(Shape):
    """One version of a scorecard."""

    scorecard_id: str
    version: str
    name: Bilingual
    sections: list[SectionJson]


class ScorecardsJson(Shape):
    """What calls are scored by now."""

    since: datetime
    scorecards: list[ScorecardJson]
    refused: RefusedJson | None


class SpanJson(Shape):
    """Seconds of the call that prove an answer."""

    start_s: float
    end_s: float
    utterance_ids: list[str]


class AnswerJson(Shape):
    """What one question was answered, and why."""

    question_id: str
    section_id: str
    value: AnswerValue
    points: float
    possible: float
    """0 where the question does not count in this call."""
    confidence: float | None
    spans: list[SpanJson]
    by: str
    """`machine`, or who answered."""
    reason: str
    """A human's words; of the machine: `found`, `not_found`, `condition`, `manual`, `not_due`, `blind`, `language`,
    `no_rule`, `voice` or `under_floor`."""
    at: datetime
    machine_value: AnswerValue | None
    """What the machine says, where a human's answer stands on top of it."""
    rule_id: str | None
    rule_version: str | None


class ScoreJson(Shape):
    """What the call earned by one version of a scorecard."""

    score_id: str
    scorecard_id: str
    version: str
    at: datetime
    total: float | None
    """0 to 100; null where no question that counts was answered."""
    failed: bool
    failed_by: list[str]
    """The questions that make the total 0."""
    state: ScoreState
    current: bool
    answers: list[AnswerJson]
    scorecard: ScorecardJson | None
    """As it was then; null where that version is not kept."""


class OverrideJson(Shape):
    """One word of a human."""

    score_id: str
    question_id: str
    was: AnswerValue
    value: AnswerValue
    reason: str
    by: str
    at: datetime


class ScoresJson(Shape):
    """All scores of a call: the current ones first, then the newest; and what humans changed, in order."""

    call_id: str
    scores: list[ScoreJson]
    overrides: list[OverrideJson]


class NewAnswerJson(Shape):
    """A human's answer."""

    value: AnswerValue
    reason: Reason
    by: Annotated[str, Field(max_length=200)] = "console"
    """Whose word it is, where the operator gives it; of others, their own name is taken."""


class ScorecardDraftJson(Shape):
    """A scorecard file that is not in force."""

    text: Annotated[str, Field(max_length=MOST_TEXT)]


class CheckedScorecardJson(Shape):
    """Everything wrong in the draft, or what it asks."""

    problems: list[ProblemJson]
    scorecard: ScorecardJson | None


class NewRescoringJson(Shape):
    """Which calls to score once more."""

    calls: Annotated[str, Field(max_length=1_000)] = "all"
    """For example `since:2026-03-01 until:2026-03-08 team:sales language:fr limit:500`."""
    resume: bool = True
    """Go on with the last one where that asked for the same calls and was stopped; else begin anew."""
    tell: bool = False
    """Tell other systems (`call.scored`) of each call whose total or failing comes out otherwise."""


class RescoringJson(Shape):
    """A re-scoring, as far as it has come."""

    job_id: str
    calls: str
    by: str
    began_at: datetime
    state: JobState
    done: int
    """Calls looked at, of `total`."""
    total: int
    changed: int
    """Scores that came out otherwise than before."""
    rate_per_s: float | None
    """Calls a second of this run; null before any is done, and after a restart."""
    problem: str | None
