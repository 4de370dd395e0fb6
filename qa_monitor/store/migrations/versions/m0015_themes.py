"""What customers call about, counted across calls: terms and reasons by ten minutes, examples, surges."""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "theme_calls",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("counted_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_theme_calls_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_theme_calls")),
    )
    op.create_table(
        "theme_counts",
        sa.Column("at", Instant(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.CheckConstraint("calls > 0", name=op.f("ck_theme_counts_calls_counted")),
        sa.PrimaryKeyConstraint("at", "tenant", "theme", "team", "language", name=op.f("pk_theme_counts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "theme_clips",
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("start_s", sa.Float(), nullable=False),
        sa.Column("end_s", sa.Float(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.CheckConstraint("end_s >= start_s", name=op.f("ck_theme_clips_forward")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_theme_clips_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("theme", "call_id", name=op.f("pk_theme_clips")),
    )
    op.create_index("ix_theme_clips_call_id", "theme_clips", ["call_id"], unique=False)
    op.create_table(
        "theme_surges",
        sa.Column("surge_id", sa.Integer(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("found_at", Instant(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Float(), nullable=False),
        sa.Column("evidence", sa.Float(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("acknowledged_by", sa.String(), nullable=True),
        sa.Column("acknowledged_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(acknowledged_by IS NULL) = (acknowledged_at IS NULL)", name=op.f("ck_theme_surges_acknowledged")
        ),
        sa.PrimaryKeyConstraint("surge_id", name=op.f("pk_theme_surges")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_theme_surges_ended_at", "theme_surges", ["ended_at"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no words for what this one keeps")
