"""What people say of flags that nobody was told about, since their rule was on trial."""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KINDS = "('useful', 'false_alarm', 'already_known')"


def upgrade() -> None:
    op.create_table(
        "trial_verdicts",
        sa.Column("flag_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("before_kind", sa.String(), nullable=True),
        sa.Column("before_at", Instant(), nullable=True),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("rule_version", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_trial_verdicts_kind_known")),
        sa.CheckConstraint(f"before_kind IN {KINDS}", name=op.f("ck_trial_verdicts_before_kind_known")),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_trial_verdicts_language_known")),
        sa.CheckConstraint("(before_kind IS NULL) = (before_at IS NULL)", name=op.f("ck_trial_verdicts_before")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_trial_verdicts_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("flag_id", "by", name=op.f("pk_trial_verdicts")),
    )
    op.create_index("ix_trial_verdicts_call_id", "trial_verdicts", ["call_id"], unique=False)


def downgrade() -> None:
    op.drop_table("trial_verdicts")
