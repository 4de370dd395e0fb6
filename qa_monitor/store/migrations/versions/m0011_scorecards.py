"""What calls earned by scorecards."""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

VALUES = "('yes', 'no', 'na', 'unanswered')"


def create_scorecards() -> None:
    op.create_table(
        "scorecards",
        sa.Column("scorecard_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scorecard_id", "version", name=op.f("pk_scorecards")),
    )


def create_call_scores() -> None:
    op.create_table(
        "call_scores",
        sa.Column("score_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("scorecard_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("total", sa.Float(), nullable=True),
        sa.Column("failed", sa.Boolean(name="failed_known", create_constraint=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(name="current_known", create_constraint=True), nullable=False),
        sa.CheckConstraint("state IN ('machine', 'human')", name=op.f("ck_call_scores_state_known")),
        sa.CheckConstraint("total BETWEEN 0 AND 100", name=op.f("ck_call_scores_total_of_100")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_call_scores_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("score_id", name=op.f("pk_call_scores")),
    )
    op.create_index("ix_call_scores_call_id_at", "call_scores", ["call_id", "at"], unique=False)
    op.create_index(
        "uq_call_scores_current",
        "call_scores",
        ["call_id", "scorecard_id"],
        unique=True,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )


def create_answers() -> None:
    op.create_table(
        "score_answers",
        sa.Column("score_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("section_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("points", sa.Float(), nullable=False),
        sa.Column("possible", sa.Float(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("machine_value", sa.String(), nullable=True),
        sa.Column("rule_id", sa.String(), nullable=True),
        sa.Column("rule_version", sa.String(), nullable=True),
        sa.CheckConstraint(f"value IN {VALUES}", name=op.f("ck_score_answers_value_known")),
        sa.CheckConstraint(f"machine_value IN {VALUES}", name=op.f("ck_score_answers_machine_value_known")),
        sa.CheckConstraint("points >= 0 AND points <= possible", name=op.f("ck_score_answers_points_possible")),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_score_answers_confidence_share")),
        sa.ForeignKeyConstraint(
            ["score_id"], ["call_scores.score_id"], name=op.f("fk_score_answers_score_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("score_id", "question_id", name=op.f("pk_score_answers")),
        sqlite_with_rowid=False,
    )


def create_overrides() -> None:
    op.create_table(
        "score_overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("score_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(f"was IN {VALUES}", name=op.f("ck_score_overrides_was_known")),
        sa.CheckConstraint(f"value IN {VALUES}", name=op.f("ck_score_overrides_value_known")),
        sa.ForeignKeyConstraint(
            ["score_id"], ["call_scores.score_id"], name=op.f("fk_score_overrides_score_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_overrides")),
    )
    op.create_index("ix_score_overrides_score_id", "score_overrides", ["score_id"], unique=False)
    op.execute("""CREATE TRIGGER score_overrides_stay BEFORE UPDATE ON score_overrides
BEGIN SELECT RAISE(ABORT, 'what humans answered is added to, never changed'); END""")


def create_rescorings() -> None:
    op.create_table(
        "rescorings",
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("calls", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("last_call_id", sa.String(), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('running', 'done', 'stopped', 'failed')", name=op.f("ck_rescorings_state_known")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_rescorings")),
    )


def upgrade() -> None:
    create_scorecards()
    create_call_scores()
    create_answers()
    create_overrides()
    create_rescorings()


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no words for what this one keeps")
