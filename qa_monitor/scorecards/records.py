"""What a scorecard asks, and what one call earned by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from qa_monitor.people.sight import EVERYTHING, Sight
from streams.records import CallId, UtteranceId

ScoreId = NewType("ScoreId", str)
MACHINE = "machine"
"""By whom an answer is that no human gave. No account has this name: theirs are addresses."""


class AnswerValue(StrEnum):
    """What was answered. `na`: the question does not apply; `unanswered`: nobody could tell yet."""

    YES = "yes"
    NO = "no"
    NA = "na"
    UNANSWERED = "unanswered"


class ScoreState(StrEnum):
    """Whether a human answered any of it."""

    MACHINE = "machine"
    HUMAN = "human"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: `yes` earns its points, `no` earns none, anything else leaves them out of the sum."""

    question_id: str
    text_en: str
    text_fr: str
    points: float
    auto_fail: bool = False
    """Answered `no`, the whole call earns nothing."""
    manual: bool = False
    """Only a human can answer it."""
    coach_note_en: str = ""
    coach_note_fr: str = ""
    floor: float | None = None
    """Least kappa between the machine and people: under it the machine answers it no more. None: that of settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions that belong together, and how much they count beside the other sections."""

    section_id: str
    name_en: str
    name_fr: str
    weight: float
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """One version of a scorecard, as people read it: kept beside every score made by it."""

    scorecard_id: str
    version: str
    """Changes whenever what it asks, or how it counts, does."""
    name_en: str
    name_fr: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> Iterator[tuple[Section, Question]]:
        """Every question with its section, in the order of writing."""
        return ((section, question) for section in self.sections for question in section.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Seconds of a call that prove an answer, on its audio clock."""

    start_s: float
    end_s: float
    utterance_ids: tuple[UtteranceId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one question was answered for one call, and why."""

    question_id: str
    section_id: str
    value: AnswerValue
    points: float = 0.0
    possible: float = 0.0
    """0 where the question does not count in this call."""
    confidence: float | None = None
    """0 to 1 as the machine sees it; none for a human's answer, and where there is none."""
    spans: tuple[Span, ...] = ()
    """By start; empty where something was not said, or a human answered."""
    by: str = MACHINE
    """The account that answered, or `MACHINE`."""
    reason: str = ""
    """A human's in their words; the machine's is one of `Why`."""
    at: datetime
    machine_value: AnswerValue | None = None
    """What the machine says, where a human's answer stands on top of it."""
    rule_id: str | None = None
    """What told the machine: a rule, or the question's own condition under the name of the question."""
    rule_version: str | None = None

    @property
    def human(self) -> bool:
        """Whether a human gave it."""
        return self.by != MACHINE


class Why(StrEnum):
    """Why the machine answered as it did."""

    FOUND = "found"
    """What it looked for is in the call: see the spans."""
    NOT_FOUND = "not_found"
    CONDITION = "condition"
    """The question is not for this call: `only_if` does not hold, or `not_applicable_if` does."""
    MANUAL = "manual"
    """Only a human can answer."""
    NOT_DUE = "not_due"
    """It had not to be said: the call was over before, or what it follows did not happen."""
    BLIND = "blind"
    """It cannot be told who speaks, or nothing was transcribed."""
    LANGUAGE = "language"
    """It has no phrases in the language of the call."""
    NO_RULE = "no_rule"
    """The rule it asks is not in force for this call's team."""
    VOICE = "voice"
    """The rule it asks has come to judge a voice: that never scores anybody."""
    UNDER_FLOOR = "under_floor"
    """Humans disagree with the machine about it too often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallScore:
    """What one call earned by one version of a scorecard."""

    score_id: ScoreId
    call_id: CallId
    scorecard_id: str
    version: str
    at: datetime
    """When it was made."""
    total: float | None
    """0 to 100; none where no question that counts was answered."""
    failed: bool = False
    """A question of the kind `auto_fail` was answered `no`: the total is 0."""
    state: ScoreState = ScoreState.MACHINE
    current: bool = True
    """False for what a later score of the same scorecard has replaced."""
    answers: tuple[Answer, ...] = ()
    """In the order of the scorecard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A human's word on an answer: who changed what, when, and why. Added to, never changed."""

    score_id: ScoreId
    question_id: str
    was: AnswerValue
    value: AnswerValue
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreQuery:
    """Which current scores; what is left out is not asked for."""

    since: datetime | None = None
    """Of calls that began then or later."""
    until: datetime | None = None
    """Of calls that began earlier."""
    scorecards: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    failed: bool | None = None
    state: ScoreState | None = None
    limit: int = 50
    """The newest calls first."""
    sight: Sight = EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescoring:
    """Stored calls scored once more: how far it has come. Kept, so that it goes on after a stop."""

    job_id: str
    calls: str
    """Which, as in `backtest/query.py`."""
    by: str
    began_at: datetime
    state: "JobState"
    done: int = 0
    total: int = 0
    changed: int = 0
    """Scores that came out otherwise than before."""
    last_call_id: CallId | None = None
    """The last one done."""
    problem: str | None = None


class JobState(StrEnum):
    """Where a re-scoring is in its life. `stopped`: it can go on where it was."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of scores that were saved."""

    scores: tuple[CallScore, ...] = ()
    """As they are kept, with humans' answers on top."""
    changed: int = 0
    """Those that differ from what was there."""
