"""Flags that expire, and rules that are told again after they were demoted.

SQLite cannot change a check: a table whose checks change is made anew, with its rows.
"""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BEFORE = "flags_before_0005"
FLAGS = (
    "flag_id, call_id, rule_id, priority, state, raised_s, agent_id, team, body, acknowledged_by, acknowledged_at,"
    " sequence"
)


def create_flags() -> None:
    op.create_table(
        "flags",
        sa.Column("flag_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("raised_s", sa.Float(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("acknowledged_by", sa.String(), nullable=True),
        sa.Column("acknowledged_at", Instant(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('raised', 'confirmed', 'withdrawn', 'acknowledged', 'resolved', 'expired')",
            name=op.f("ck_flags_state_known"),
        ),
        sa.CheckConstraint("(acknowledged_by IS NULL) = (acknowledged_at IS NULL)", name=op.f("ck_flags_acknowledged")),
        sa.CheckConstraint("priority BETWEEN 1 AND 3", name=op.f("ck_flags_priority_known")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_flags_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("flag_id", name=op.f("pk_flags")),
    )


def create_rule_restores() -> None:
    op.create_table(
        "rule_restores",
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("rule_version", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("rule_id", "rule_version", "tenant", name=op.f("pk_rule_restores")),
    )


def upgrade() -> None:
    # copied aside and not renamed: renaming would take along the keys of other tables that refer to it
    op.execute(f"CREATE TABLE {BEFORE} AS SELECT * FROM flags")
    op.drop_table("flags")
    create_flags()
    op.execute(f"INSERT INTO flags ({FLAGS}) SELECT {FLAGS} FROM {BEFORE}")
    op.drop_table(BEFORE)
    op.create_index("ix_flags_call_id_raised_s", "flags", ["call_id", "raised_s"], unique=False)
    op.create_index("ix_flags_state_sequence", "flags", ["state", "sequence"], unique=False)
    create_rule_restores()


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no words for what this one keeps")
