"""What people say of calls after them: reviews, comments, and blind calibrations."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from qa_monitor.reviews.comments import Shared
from qa_monitor.reviews.records import ReviewState, Ruling, Value, Why
from qa_monitor.store.tables.base import keep_to, metadata, one_of
from qa_monitor.store.tables.columns import Instant

# State, reviewer and the last change are those after the last event: queues are found by them.
reviews = Table(
    "reviews",
    metadata,
    Column("review_id", String, primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    Column("tenant", String, nullable=False),
    Column("agent_id", String, nullable=False),
    Column("scorecard_id", String, nullable=False),
    Column("why", String, nullable=False),
    Column("reviewer", String, nullable=False),
    Column("state", String, nullable=False),
    Column("submitted_at", Instant),
    Column("changed_at", Instant, nullable=False),
    one_of("why", Why),
    one_of("state", ReviewState),
    Index("ix_reviews_call_id", "call_id"),
    Index("ix_reviews_changed_at", "changed_at"),
    Index("ix_reviews_state_changed_at", "state", "changed_at"),
    Index("ix_reviews_tenant_agent_id", "tenant", "agent_id"),
)

# Everything done to a review, one row each time: added to, never changed.
review_events = Table(
    "review_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("review_id", String, ForeignKey("reviews.review_id", ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reviewer", String),
    Column("question_id", String),
    Column("value", String),
    Column("ruling", String),
    Column("words", Text, nullable=False),
    one_of("value", Value),
    one_of("ruling", Ruling),
    Index("ix_review_events_review_id", "review_id"),
)

call_comments = Table(
    "call_comments",
    metadata,
    Column("comment_id", String, primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    Column("at_s", Float, nullable=False),
    Column("shared", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("words", Text, nullable=False),
    Column("reply_to", String, ForeignKey("call_comments.comment_id", ondelete="CASCADE")),
    one_of("shared", Shared),
    CheckConstraint("at_s >= 0", name="at_counted"),
    Index("ix_call_comments_call_id_at_s", "call_id", "at_s"),
    Index("ix_call_comments_reply_to", "reply_to"),
)

calibrations = Table(
    "calibrations",
    metadata,
    Column("calibration_id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("scorecard_id", String, nullable=False),
    Column("version", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("closed_by", String),
    Column("closed_at", Instant),
    CheckConstraint("(closed_by IS NULL) = (closed_at IS NULL)", name="closed"),
    Index("ix_calibrations_scorecard_id_version", "scorecard_id", "version"),
)

calibration_calls = Table(
    "calibration_calls",
    metadata,
    Column("calibration_id", String, ForeignKey("calibrations.calibration_id", ondelete="CASCADE"), primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Index("ix_calibration_calls_call_id", "call_id"),
)

calibration_reviewers = Table(
    "calibration_reviewers",
    metadata,
    Column("calibration_id", String, ForeignKey("calibrations.calibration_id", ondelete="CASCADE"), primary_key=True),
    Column("reviewer", String, primary_key=True),
    CheckConstraint("reviewer <> ''", name="reviewer_named"),
    Index("ix_calibration_reviewers_reviewer", "reviewer"),
)

calibration_sheets = Table(
    "calibration_sheets",
    metadata,
    Column("calibration_id", String, primary_key=True),
    Column("call_id", String, primary_key=True),
    Column("reviewer", String, primary_key=True),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(
        ["calibration_id", "call_id"],
        ["calibration_calls.calibration_id", "calibration_calls.call_id"],
        ondelete="CASCADE",
    ),
)

# Answers of people, and of the machine, who goes by an empty name: handed in once, never changed.
calibration_answers = Table(
    "calibration_answers",
    metadata,
    Column("calibration_id", String, primary_key=True),
    Column("call_id", String, primary_key=True),
    Column("reviewer", String, primary_key=True),
    Column("question_id", String, primary_key=True),
    Column("value", String, nullable=False),
    Column("words", Text, nullable=False),
    one_of("value", Value),
    ForeignKeyConstraint(
        ["calibration_id", "call_id"],
        ["calibration_calls.calibration_id", "calibration_calls.call_id"],
        ondelete="CASCADE",
    ),
)

STAYING = (review_events, call_comments, calibration_sheets, calibration_answers)


def stays(table: str) -> str:
    """A trigger that lets nobody write over what was said."""
    return f"""CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'what was said of a call is added to, never changed'); END"""


for table in STAYING:
    keep_to(table, stays(table.name))
