"""Reviews and comments as JSON."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from qa_monitor.reviews.comments import Shared
from qa_monitor.reviews.records import Ending, ReviewState, Ruling, Value, Why
from qa_monitor.schemas.shape import Shape

Name = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(max_length=4_000)]
Reason = Annotated[str, Field(min_length=1, max_length=4_000, pattern=r"\S")]
"""Never blank."""


class NewReviewJson(Shape):
    """Give a call to a reviewer."""

    call_id: Name
    reviewer: Name
    scorecard_id: str = Field(default="", max_length=200)
    """Empty: a review of words alone, which fills in no scorecard."""
    agent_id: Name | None = None
    """Whose part of the call; left out: the agent it began with."""
    why: Why = Why.CHOSEN
    words: Words = ""


class ReassignJson(Shape):
    """Give it to another reviewer."""

    reviewer: Name
    words: Words = ""


class AnswerJson(Shape):
    """An answer in place of the machine's, and why."""

    value: Value
    words: Reason


class WordsJson(Shape):
    """Words that may be left out."""

    words: Words = ""


class ReasonJson(Shape):
    """Words that may not."""

    words: Reason


class DisputeJson(Shape):
    """What the agent holds to be wrong."""

    question_id: Name
    words: Reason


class DecideJson(Shape):
    """What a lead makes of a dispute; `value` where the answer is changed."""

    question_id: Name
    ruling: Ruling
    words: Reason
    value: Value | None = None


class AnsweredJson(Shape):
    """What a person answered to a question."""

    question_id: str
    value: Value
    words: str
    by: str
    at: datetime


class DisputedJson(Shape):
    """A dispute, and what was decided of it."""

    question_id: str
    words: str
    by: str
    at: datetime
    ruling: Ruling | None = None
    """None: still to be decided."""
    decided_by: str | None = None
    decided_at: datetime | None = None
    decided_words: str | None = None


class EventJson(Shape):
    """One thing done to a review."""

    did: str
    by: str
    at: datetime
    question_id: str | None = None
    value: Value | None = None
    ruling: Ruling | None = None
    reviewer: str | None = None
    words: str = ""


class AskedJson(Shape):
    """A question of a review, as it is answered now."""

    question_id: str
    text_en: str
    text_fr: str
    value: str
    words: str
    """Why, in a person's words; empty for the machine's answer."""
    by_person: bool


class ReviewJson(Shape):
    """A review as it stands."""

    review_id: str
    call_id: str
    tenant: str
    agent_id: str
    scorecard_id: str
    why: Why
    reviewer: str
    state: ReviewState
    ending: Ending | None
    note: str
    """The coaching note to the agent."""
    answers: list[AnsweredJson]
    disputes: list[DisputedJson]
    changed_at: datetime
    blind: bool = False
    """The reader calibrates this call: what was answered is kept from them until the calibration is closed."""
    history: list[EventJson]
    questions: list[AskedJson] | None = None
    """What is asked, as it is answered now; none in lists, and for those who must not see it yet."""


class ReviewsJson(Shape):
    """Reviews, the last one touched first."""

    reviews: list[ReviewJson]


class ReviewersJson(Shape):
    """Who can be given a call."""

    reviewers: list["ReviewerJson"]


class ReviewerJson(Shape):
    """One account."""

    reviewer: str
    name: str
    open: int
    """Reviews they have not submitted yet."""


class MyReviewJson(Shape):
    """A review of one's own call. Reviewers are not named."""

    review_id: str
    call_id: str
    started_at: datetime
    state: ReviewState
    ending: Ending | None
    submitted_at: datetime
    total: float | None
    """0 to 100, as it is now."""
    failed: bool
    note: str
    questions: list[AskedJson]
    disputes: list[DisputedJson]


class MyReviewsJson(Shape):
    """Reviews of one's own calls, the last one touched first."""

    reviews: list[MyReviewJson]


class NewCommentJson(Shape):
    """A comment at a second."""

    at_s: float = Field(ge=0, le=1e6, allow_inf_nan=False)
    words: Reason
    shared: Shared = Shared.REVIEWERS
    reply_to: Name | None = None


class MyNewCommentJson(Shape):
    """An agent's answer in a thread that was shared with them."""

    words: Reason
    reply_to: Name


class CommentJson(Shape):
    """One comment."""

    comment_id: str
    call_id: str
    at_s: float
    shared: Shared
    by: str
    at: datetime
    words: str
    reply_to: str | None


class CommentsJson(Shape):
    """All of a call that the reader may see, by their second."""

    comments: list[CommentJson]
