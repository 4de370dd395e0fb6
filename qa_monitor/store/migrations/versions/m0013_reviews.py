"""What people say of calls after them: reviews, comments, and blind calibrations."""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STAYING = ("review_events", "call_comments", "calibration_sheets", "calibration_answers")


def create_calibrations() -> None:
    op.create_table(
        "calibrations",
        sa.Column("calibration_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("scorecard_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.CheckConstraint("(closed_by IS NULL) = (closed_at IS NULL)", name=op.f("ck_calibrations_closed")),
        sa.PrimaryKeyConstraint("calibration_id", name=op.f("pk_calibrations")),
    )
    op.create_index("ix_calibrations_scorecard_id_version", "calibrations", ["scorecard_id", "version"], unique=False)


def create_calibration_calls() -> None:
    op.create_table(
        "calibration_calls",
        sa.Column("calibration_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calibration_id"],
            ["calibrations.calibration_id"],
            name=op.f("fk_calibration_calls_calibration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_calibration_calls_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("calibration_id", "call_id", name=op.f("pk_calibration_calls")),
    )
    op.create_index("ix_calibration_calls_call_id", "calibration_calls", ["call_id"], unique=False)


def create_calibration_reviewers() -> None:
    op.create_table(
        "calibration_reviewers",
        sa.Column("calibration_id", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.CheckConstraint("reviewer <> ''", name=op.f("ck_calibration_reviewers_reviewer_named")),
        sa.ForeignKeyConstraint(
            ["calibration_id"],
            ["calibrations.calibration_id"],
            name=op.f("fk_calibration_reviewers_calibration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("calibration_id", "reviewer", name=op.f("pk_calibration_reviewers")),
    )
    op.create_index("ix_calibration_reviewers_reviewer", "calibration_reviewers", ["reviewer"], unique=False)


def create_call_comments() -> None:
    op.create_table(
        "call_comments",
        sa.Column("comment_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("at_s", sa.Float(), nullable=False),
        sa.Column("shared", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.String(), nullable=True),
        sa.CheckConstraint("shared IN ('reviewers', 'agent')", name=op.f("ck_call_comments_shared_known")),
        sa.CheckConstraint("at_s >= 0", name=op.f("ck_call_comments_at_counted")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_call_comments_call_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reply_to"], ["call_comments.comment_id"], name=op.f("fk_call_comments_reply_to"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_call_comments")),
    )
    op.create_index("ix_call_comments_call_id_at_s", "call_comments", ["call_id", "at_s"], unique=False)
    op.create_index("ix_call_comments_reply_to", "call_comments", ["reply_to"], unique=False)


def create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("scorecard_id", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("submitted_at", Instant(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('assigned', 'in_review', 'submitted', 'disputed', 'closed')", name=op.f("ck_reviews_state_known")
        ),
        sa.CheckConstraint(
            "why IN ('chosen', 'random', 'stratified', 'worst_first')", name=op.f("ck_reviews_why_known")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_reviews_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_reviews")),
    )
    op.create_index("ix_reviews_call_id", "reviews", ["call_id"], unique=False)
    op.create_index("ix_reviews_changed_at", "reviews", ["changed_at"], unique=False)
    op.create_index("ix_reviews_state_changed_at", "reviews", ["state", "changed_at"], unique=False)
    op.create_index("ix_reviews_tenant_agent_id", "reviews", ["tenant", "agent_id"], unique=False)


def create_calibration_answers() -> None:
    op.create_table(
        "calibration_answers",
        sa.Column("calibration_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("value IN ('yes', 'no', 'na')", name=op.f("ck_calibration_answers_value_known")),
        sa.ForeignKeyConstraint(
            ["calibration_id", "call_id"],
            ["calibration_calls.calibration_id", "calibration_calls.call_id"],
            name=op.f("fk_calibration_answers_calibration_id_call_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "calibration_id", "call_id", "reviewer", "question_id", name=op.f("pk_calibration_answers")
        ),
    )


def create_calibration_sheets() -> None:
    op.create_table(
        "calibration_sheets",
        sa.Column("calibration_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calibration_id", "call_id"],
            ["calibration_calls.calibration_id", "calibration_calls.call_id"],
            name=op.f("fk_calibration_sheets_calibration_id_call_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("calibration_id", "call_id", "reviewer", name=op.f("pk_calibration_sheets")),
    )


def create_review_events() -> None:
    op.create_table(
        "review_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=True),
        sa.Column("question_id", sa.String(), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("ruling", sa.String(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("ruling IN ('upheld', 'changed')", name=op.f("ck_review_events_ruling_known")),
        sa.CheckConstraint("value IN ('yes', 'no', 'na')", name=op.f("ck_review_events_value_known")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.review_id"], name=op.f("fk_review_events_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_events")),
    )
    op.create_index("ix_review_events_review_id", "review_events", ["review_id"], unique=False)


def upgrade() -> None:
    create_calibrations()
    create_calibration_calls()
    create_calibration_reviewers()
    create_call_comments()
    create_reviews()
    create_calibration_answers()
    create_calibration_sheets()
    create_review_events()
    for table in STAYING:
        op.execute(f"""CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'what was said of a call is added to, never changed'); END""")


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no words for what this one keeps")
