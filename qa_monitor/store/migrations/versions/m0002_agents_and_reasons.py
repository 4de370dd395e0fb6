"""Several agents in one call, flags with the agent of their moment, calls held back, and what else can happen to one.

SQLite cannot change a check: a table whose checks change is made anew, with its rows.
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BEFORE = "_before_0002"
CALLS = (
    "call_id, tenant, team, agent_id, direction, language, rate_hz, started_at, dialect, notice, consent, metadata,"
    " state, ended_at, end_reason, duration_s, blind, dynamics"
)
GAPS = "call_id, channel, start_s, duration_s, reason"
FLAGS = "flag_id, call_id, rule_id, priority, state, raised_s, body, acknowledged_by, acknowledged_at, sequence"


def create_calls() -> None:
    op.create_table(
        "calls",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("rate_hz", sa.Integer(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("dialect", sa.String(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("metadata", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("duration_s", sa.Float(), nullable=True),
        sa.Column("blind", sa.String(), nullable=True),
        sa.Column("dynamics", sa.Text(), nullable=True),
        sa.Column("paused", sa.String(), nullable=True),
        sa.CheckConstraint("(state = 'live') = (ended_at IS NULL)", name=op.f("ck_calls_ended")),
        sa.CheckConstraint(
            "consent IN ('unknown', 'granted', 'refused', 'objected', 'off_record')",
            name=op.f("ck_calls_consent_known"),
        ),
        sa.CheckConstraint("direction IN ('inbound', 'outbound', 'unknown')", name=op.f("ck_calls_direction_known")),
        sa.CheckConstraint(
            "end_reason IN ('end', 'hangup', 'error', 'abrupt', 'timeout', 'refused', 'reconnect', 'interrupted')",
            name=op.f("ck_calls_end_reason_known"),
        ),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_calls_language_known")),
        sa.CheckConstraint("notice IN ('none', 'played', 'contract')", name=op.f("ck_calls_notice_known")),
        sa.CheckConstraint("state IN ('live', 'ended', 'interrupted')", name=op.f("ck_calls_state_known")),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_calls")),
        sa.UniqueConstraint("call_id", "notice", "consent", name=op.f("uq_calls_call_id_notice_consent")),
    )


def create_gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("channel", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start_s", sa.Float(), nullable=False),
        sa.Column("duration_s", sa.Float(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('lost', 'paused', 'discarded', 'off_record')", name=op.f("ck_gaps_reason_known")
        ),
        sa.ForeignKeyConstraint(
            ["call_id", "channel"],
            ["call_channels.call_id", "call_channels.channel"],
            name=op.f("fk_gaps_call_id_channel"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("call_id", "channel", "start_s", name=op.f("pk_gaps")),
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
            "state IN ('raised', 'confirmed', 'withdrawn', 'acknowledged', 'resolved')",
            name=op.f("ck_flags_state_known"),
        ),
        sa.CheckConstraint("(acknowledged_by IS NULL) = (acknowledged_at IS NULL)", name=op.f("ck_flags_acknowledged")),
        sa.CheckConstraint("priority BETWEEN 1 AND 3", name=op.f("ck_flags_priority_known")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_flags_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("flag_id", name=op.f("pk_flags")),
    )


def create_call_agents() -> None:
    op.create_table(
        "call_agents",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("from_s", sa.Float(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.CheckConstraint("from_s >= 0", name=op.f("ck_call_agents_from_counted")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_call_agents_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", "from_s", name=op.f("pk_call_agents")),
    )
    op.execute(
        "INSERT INTO call_agents (call_id, from_s, agent_id, team) SELECT call_id, 0.0, agent_id, team FROM calls"
    )


def rebuild(table: str, create: Callable[[], None], columns: str, rows: str) -> None:
    """Make a table anew; `rows` selects what it holds, in the order of `columns`.

    The old one is copied aside and not renamed: renaming would take along the keys of other tables that refer to it.
    """
    op.execute(f"CREATE TABLE {table}{BEFORE} AS SELECT * FROM {table}")
    op.drop_table(table)
    create()
    op.execute(f"INSERT INTO {table} ({columns}) {rows}")
    op.drop_table(f"{table}{BEFORE}")


def upgrade() -> None:
    rebuild("calls", create_calls, CALLS, f"SELECT {CALLS} FROM calls{BEFORE}")
    op.create_index("ix_calls_started_at", "calls", ["started_at"], unique=False)
    op.create_index("ix_calls_state_started_at", "calls", ["state", "started_at"], unique=False)
    rebuild("gaps", create_gaps, GAPS, f"SELECT {GAPS} FROM gaps{BEFORE}")
    rebuild(
        "flags",
        create_flags,
        f"{FLAGS}, agent_id, team",
        "SELECT flag_id, call_id, rule_id, priority, f.state, raised_s, body, acknowledged_by, acknowledged_at,"
        f" sequence, agent_id, team FROM flags{BEFORE} f JOIN calls USING (call_id)",
    )
    op.create_index("ix_flags_call_id_raised_s", "flags", ["call_id", "raised_s"], unique=False)
    op.create_index("ix_flags_state_sequence", "flags", ["state", "sequence"], unique=False)
    create_call_agents()


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no words for what this one keeps")
