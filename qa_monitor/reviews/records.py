"""The records of a review: what is done to it, one act at a time, and how it stands after them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

from qa_monitor.people.records import AgentKey
from streams.records import CallId

ReviewId = NewType("ReviewId", str)
QuestionId = NewType("QuestionId", str)
"""A question of a scorecard, by the name the scorecard gives it."""
ReviewerId = NewType("ReviewerId", str)
"""The account that reviews; the operator goes by the name `console`."""


class Value(StrEnum):
    """What a person answers to a question of a scorecard."""

    YES = "yes"
    NO = "no"
    NA = "na"


class Why(StrEnum):
    """How a call came to be reviewed: told to the reviewer and to the agent."""

    CHOSEN = "chosen"
    RANDOM = "random"
    STRATIFIED = "stratified"
    WORST_FIRST = "worst_first"


class ReviewState(StrEnum):
    """Where a review stands."""

    ASSIGNED = "assigned"
    IN_REVIEW = "in_review"
    SUBMITTED = "submitted"
    """The agent may acknowledge or dispute it."""
    DISPUTED = "disputed"
    """A QA lead has to decide."""
    CLOSED = "closed"


class Ending(StrEnum):
    """How a review ended."""

    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    NOT_ANSWERED = "not_answered"
    """A lead closed it, without a word from the agent."""
    WITHDRAWN = "withdrawn"
    """A lead closed it before it was submitted: the agent never sees it."""


class Ruling(StrEnum):
    """What a lead decided of a disputed answer."""

    UPHELD = "upheld"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Give it to a reviewer; a second time, to another one. What was answered so far stays."""

    reviewer: ReviewerId
    words: str = ""
    """In which sample, or for what; for the reviewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """The reviewer takes it up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What holds in place of the machine's answer."""

    question_id: QuestionId
    value: Value
    words: str
    """Why. Never empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The coaching note to the agent; a later one takes its place. Empty: none."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit:
    """It is done: the agent sees it from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """The agent has seen it, and leaves it at that."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """The agent holds that a question is answered wrongly. One question at a time, each once."""

    question_id: QuestionId
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """What a lead makes of a disputed question; `value` is what holds from now on, where it is changed."""

    question_id: QuestionId
    ruling: Ruling
    words: str
    value: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """A lead ends it where nobody answered, or nobody is to review it after all."""

    words: str


Act = Assign | Begin | Answer | Note | Submit | Acknowledge | Dispute | Decide | Close


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act, by whom and when. Never changed, never taken away."""

    act: Act
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """A dispute, and what was decided of it."""

    question_id: QuestionId
    words: str
    by: str
    at: datetime
    decided: Event | None = None
    """Its act is a `Decide`; none: still open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review as it stands. Made and changed by `life.py` alone."""

    review_id: ReviewId
    call_id: CallId
    agent: AgentKey
    """Whose part of the call is reviewed."""
    scorecard_id: str
    why: Why
    reviewer: ReviewerId
    state: ReviewState
    history: tuple[Event, ...]
    """Everything done to it, oldest first."""
    answers: Mapping[QuestionId, Event] = field(default_factory=lambda: MappingProxyType({}))
    """The last answer to each question that a person answered: `Answer`, or the `Decide` that changed it."""
    note: str = ""
    disputes: tuple[Disputed, ...] = ()
    ending: Ending | None = None

    @property
    def submitted(self) -> bool:
        """Whether the agent may see it."""
        return any(isinstance(event.act, Submit) for event in self.history)

    @property
    def open_disputes(self) -> tuple[Disputed, ...]:
        """Those a lead has still to decide."""
        return tuple(dispute for dispute in self.disputes if dispute.decided is None)


def value_of(event: Event) -> Value:
    """What was answered. For the events of `Review.answers`."""
    match event.act:
        case Answer(value=value) | Decide(value=Value() as value):
            return value
    raise ValueError(f"{type(event.act).__name__} answers no question")
