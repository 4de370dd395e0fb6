"""What coaches say of flags, and two more reasons for which a flag is held.

SQLite cannot change a check: a table whose checks change is made anew, with its rows.
"""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = "held_flags_before_0004"
HELD = "id, call_id, flag_id, reason, raised_s, body"


def create_verdicts() -> None:
    op.create_table(
        "verdicts",
        sa.Column("flag_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("rule_version", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('useful', 'false_alarm', 'already_known')", name=op.f("ck_verdicts_kind_known")),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_verdicts_language_known")),
        sa.ForeignKeyConstraint(["flag_id"], ["flags.flag_id"], name=op.f("fk_verdicts_flag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("flag_id", "by", name=op.f("pk_verdicts")),
    )


def create_held_flags() -> None:
    op.create_table(
        "held_flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("flag_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("raised_s", sa.Float(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('unconfirmed', 'inhibited', 'repeat', 'shadow', 'demoted')",
            name=op.f("ck_held_flags_reason_known"),
        ),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_held_flags_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_flags")),
        sa.UniqueConstraint("flag_id", "reason", "raised_s", name=op.f("uq_held_flags_flag_id_reason_raised_s")),
    )


def upgrade() -> None:
    op.execute(f"CREATE TABLE {BEFORE} AS SELECT * FROM held_flags")
    op.drop_table("held_flags")
    create_held_flags()
    op.execute(f"INSERT INTO held_flags ({HELD}) SELECT {HELD} FROM {BEFORE}")
    op.drop_table(BEFORE)
    op.create_index("ix_held_flags_call_id_raised_s", "held_flags", ["call_id", "raised_s"], unique=False)
    create_verdicts()


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no words for what this one keeps")
