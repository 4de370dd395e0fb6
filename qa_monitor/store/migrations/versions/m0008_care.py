"""What was done about a flag at a coach's desk, how often each coach may be interrupted, and what was shown to whom.

SQLite cannot change a check: a table whose checks change is made anew, with its rows.
"""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = "flags_before_0008"
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
        sa.Column("care", sa.Text(), nullable=False),
        sa.Column("held", sa.String(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "state IN ('raised', 'confirmed', 'withdrawn', 'acknowledged', 'resolved', 'expired')",
            name=op.f("ck_flags_state_known"),
        ),
        sa.CheckConstraint("held IN ('known', 'budget')", name=op.f("ck_flags_held_known")),
        sa.CheckConstraint("(acknowledged_by IS NULL) = (acknowledged_at IS NULL)", name=op.f("ck_flags_acknowledged")),
        sa.CheckConstraint("priority BETWEEN 1 AND 3", name=op.f("ck_flags_priority_known")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_flags_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("flag_id", name=op.f("pk_flags")),
    )


def create_desks() -> None:
    op.create_table(
        "desks",
        sa.Column("coach", sa.String(), nullable=False),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("filled_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("coach", name=op.f("pk_desks")),
    )
    op.create_table(
        "shown_flags",
        sa.Column("coach", sa.String(), nullable=False),
        sa.Column("flag_id", sa.String(), nullable=False),
        sa.Column("drawn_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["flag_id"], ["flags.flag_id"], name=op.f("fk_shown_flags_flag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("coach", "flag_id", name=op.f("pk_shown_flags")),
    )
    op.create_index("ix_shown_flags_flag_id", "shown_flags", ["flag_id"], unique=False)


def upgrade() -> None:
    # copied aside and not renamed: renaming would take along the keys of other tables that refer to it
    op.execute(f"CREATE TABLE {BEFORE} AS SELECT * FROM flags")
    op.drop_table("flags")
    create_flags()
    op.execute(f"INSERT INTO flags ({FLAGS}, care) SELECT {FLAGS}, '{{}}' FROM {BEFORE}")
    op.drop_table(BEFORE)
    op.create_index("ix_flags_call_id_raised_s", "flags", ["call_id", "raised_s"], unique=False)
    op.create_index("ix_flags_state_sequence", "flags", ["state", "sequence"], unique=False)
    op.create_index("ix_flags_due_at", "flags", ["due_at"], unique=False)
    create_desks()


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no words for what this one keeps")
