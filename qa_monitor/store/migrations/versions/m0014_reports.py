"""Figures of finished calls for reports, what customers answered and how long they waited, reports on a schedule.

Calls that are kept already are noted as due: the service makes their figures once it runs.
"""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_OF_CALL = """INSERT INTO figures_due (call_id, said) VALUES (NEW.call_id, 1)"""
_OF_FLAG = """INSERT INTO figures_due (call_id, said) SELECT calls.call_id, 0
FROM calls JOIN call_figures USING (call_id) WHERE calls.call_id = NEW.call_id"""
_OF_VERDICT = """INSERT INTO figures_due (call_id, said) SELECT calls.call_id, 0
FROM flags JOIN calls USING (call_id) JOIN call_figures USING (call_id) WHERE flags.flag_id = {row}.flag_id"""
TRIGGERS = (
    f"""CREATE TRIGGER figures_of_new_call AFTER INSERT ON calls WHEN NEW.state <> 'live'
BEGIN {_OF_CALL}; END""",
    f"""CREATE TRIGGER figures_of_call
AFTER UPDATE OF state, duration_s, dynamics, blind, team, agent_id ON calls WHEN NEW.state <> 'live'
BEGIN {_OF_CALL}; END""",
    f"""CREATE TRIGGER figures_of_late_words AFTER INSERT ON utterances
WHEN NEW.late AND EXISTS (SELECT 1 FROM call_figures WHERE call_id = NEW.call_id)
BEGIN {_OF_CALL}; END""",
    f"""CREATE TRIGGER figures_of_new_flag AFTER INSERT ON flags
BEGIN {_OF_FLAG}; END""",
    f"""CREATE TRIGGER figures_of_flag AFTER UPDATE OF state ON flags
BEGIN {_OF_FLAG}; END""",
    f"""CREATE TRIGGER figures_of_new_verdict AFTER INSERT ON verdicts
BEGIN {_OF_VERDICT.format(row="NEW")}; END""",
    f"""CREATE TRIGGER figures_of_verdict AFTER UPDATE ON verdicts
BEGIN {_OF_VERDICT.format(row="NEW")}; END""",
    f"""CREATE TRIGGER figures_of_no_verdict AFTER DELETE ON verdicts
BEGIN {_OF_VERDICT.format(row="OLD")}; END""",
)


def create_figures() -> None:
    op.create_table(
        "call_figures",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("duration_s", sa.Float(), nullable=True),
        sa.Column("talk_s", sa.Float(), nullable=True),
        sa.Column("hold_s", sa.Float(), nullable=True),
        sa.Column("silence_s", sa.Float(), nullable=True),
        sa.Column("talk_over_s", sa.Float(), nullable=True),
        sa.Column("repeated", sa.String(), nullable=True),
        sa.CheckConstraint(
            "direction IN ('inbound', 'outbound', 'unknown')", name=op.f("ck_call_figures_direction_known")
        ),
        sa.CheckConstraint("repeated IN ('yes', 'no', 'unknown')", name=op.f("ck_call_figures_repeated_known")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_call_figures_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_call_figures")),
    )
    op.create_index("ix_call_figures_began_at", "call_figures", ["began_at"], unique=False)
    op.create_index(
        "ix_call_figures_unread", "call_figures", ["began_at"], unique=False, sqlite_where=sa.text("repeated IS NULL")
    )
    op.create_table(
        "flag_figures",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("useful", sa.Integer(), nullable=False),
        sa.Column("false_alarm", sa.Integer(), nullable=False),
        sa.Column("already_known", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call_figures.call_id"], name=op.f("fk_flag_figures_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", "rule_id", name=op.f("pk_flag_figures")),
    )
    op.create_table(
        "figures_due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("said", sa.Boolean(create_constraint=True, name="said_known"), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_figures_due_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figures_due")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_figures_due_call_id", "figures_due", ["call_id"], unique=False)


def create_customers() -> None:
    op.create_table(
        "surveys",
        sa.Column("survey_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.CheckConstraint("kind IN ('nps', 'csat', 'ces')", name=op.f("ck_surveys_kind_known")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_surveys_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_surveys")),
    )
    op.create_index("ix_surveys_call_id", "surveys", ["call_id"], unique=False)
    op.create_table(
        "waits",
        sa.Column("wait_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=True),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("waited_s", sa.Float(), nullable=False),
        sa.Column("answered", sa.Boolean(create_constraint=True, name="answered_known"), nullable=False),
        sa.CheckConstraint("waited_s >= 0", name=op.f("ck_waits_waited_counted")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_waits_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("wait_id", name=op.f("pk_waits")),
        sa.UniqueConstraint("call_id", name=op.f("uq_waits_call_id")),
    )
    op.create_index("ix_waits_began_at", "waits", ["began_at"], unique=False)


def create_schedules() -> None:
    op.create_table(
        "report_schedules",
        sa.Column("schedule_id", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("schedule_id", name=op.f("pk_report_schedules")),
    )
    op.create_table(
        "report_runs",
        sa.Column("schedule_id", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('started', 'waiting', 'delivered', 'failed', 'unsure')", name=op.f("ck_report_runs_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["schedule_id"],
            ["report_schedules.schedule_id"],
            name=op.f("fk_report_runs_schedule_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("schedule_id", "period", name=op.f("pk_report_runs")),
    )


def upgrade() -> None:
    create_figures()
    create_customers()
    create_schedules()
    op.execute("INSERT INTO figures_due (call_id, said) SELECT call_id, 1 FROM calls WHERE state <> 'live'")
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no place for what this one keeps")
