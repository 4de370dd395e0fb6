"""What calls earned by scorecards: every score that was made, each answer with what proves it, and humans' words."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from qa_monitor.scorecards.records import AnswerValue, JobState, ScoreState
from qa_monitor.store.tables.base import keep_to, metadata, one_of
from qa_monitor.store.tables.columns import Instant

# Versions of scorecards as people read them: a score is shown with the questions that were asked then.
scorecards = Table(
    "scorecards",
    metadata,
    Column("scorecard_id", String, primary_key=True),
    Column("version", String, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("body", Text, nullable=False),
)

call_scores = Table(
    "call_scores",
    metadata,
    Column("score_id", String, primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    Column("scorecard_id", String, nullable=False),
    Column("version", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("total", Float),
    Column("failed", Boolean(name="failed_known", create_constraint=True), nullable=False),
    Column("state", String, nullable=False),
    Column("current", Boolean(name="current_known", create_constraint=True), nullable=False),
    one_of("state", ScoreState),
    CheckConstraint("total BETWEEN 0 AND 100", name="total_of_100"),
    Index("ix_call_scores_call_id_at", "call_id", "at"),
    Index(
        "uq_call_scores_current",
        "call_id",
        "scorecard_id",
        unique=True,
        sqlite_where=text("current = 1"),
        postgresql_where=text("current"),
    ),
)

score_answers = Table(
    "score_answers",
    metadata,
    Column("score_id", String, ForeignKey("call_scores.score_id", ondelete="CASCADE"), primary_key=True),
    Column("question_id", String, primary_key=True),
    Column("section_id", String, nullable=False),
    Column("number", Integer, nullable=False, server_default="0"),
    Column("value", String, nullable=False),
    Column("points", Float, nullable=False),
    Column("possible", Float, nullable=False),
    Column("confidence", Float),
    Column("spans", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("machine_value", String),
    Column("rule_id", String),
    Column("rule_version", String),
    one_of("value", AnswerValue),
    one_of("machine_value", AnswerValue),
    CheckConstraint("points >= 0 AND points <= possible", name="points_possible"),
    CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence_share"),
    sqlite_with_rowid=False,
)

# What humans answered, one row each time: added to, never changed.
score_overrides = Table(
    "score_overrides",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("score_id", String, ForeignKey("call_scores.score_id", ondelete="CASCADE"), nullable=False),
    Column("question_id", String, nullable=False),
    Column("was", String, nullable=False),
    Column("value", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
    one_of("was", AnswerValue),
    one_of("value", AnswerValue),
    Index("ix_score_overrides_score_id", "score_id"),
)

OVERRIDE_TRIGGER = """CREATE TRIGGER score_overrides_stay BEFORE UPDATE ON score_overrides
BEGIN SELECT RAISE(ABORT, 'what humans answered is added to, never changed'); END"""
keep_to(score_overrides, OVERRIDE_TRIGGER)

rescorings = Table(
    "rescorings",
    metadata,
    Column("job_id", String, primary_key=True),
    Column("calls", String, nullable=False),
    Column("by", String, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("state", String, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("last_call_id", String),
    Column("problem", String),
    one_of("state", JobState),
)
