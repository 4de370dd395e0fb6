"""What customers were told and answered in the course of a call, how they went through it, and good news.

SQLite cannot change a check: a table whose checks change is made anew, with its rows.
"""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BEFORE = "held_flags_before_0010"
HELD = "id, call_id, flag_id, reason, raised_s, body"


def create_consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("at_s", sa.Float(), nullable=True),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.CheckConstraint("notice IN ('none', 'played', 'contract')", name=op.f("ck_consents_notice_known")),
        sa.CheckConstraint(
            "consent IN ('unknown', 'granted', 'refused', 'objected', 'off_record')",
            name=op.f("ck_consents_consent_known"),
        ),
        sa.CheckConstraint(
            "source IN ('announced', 'ivr', 'keypad', 'agent', 'coach', 'api')", name=op.f("ck_consents_source_known")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_consents_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_call_id", "consents", ["call_id"], unique=False)
    op.execute("""CREATE TRIGGER consents_stay BEFORE UPDATE ON consents
BEGIN SELECT RAISE(ABORT, 'what a customer answered is added to, never changed'); END""")


def create_courses() -> None:
    op.create_table(
        "courses",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("channel", sa.Integer(), nullable=False),
        sa.Column("channel_role", sa.String(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("channel_role = 'customer'", name=op.f("ck_courses_customer_only")),
        sa.CheckConstraint(
            "consent = 'granted' AND notice IN ('played', 'contract')", name=op.f("ck_courses_consent_given")
        ),
        sa.ForeignKeyConstraint(
            ["call_id", "channel", "channel_role"],
            ["call_channels.call_id", "call_channels.channel", "call_channels.speaker"],
            name=op.f("fk_courses_call_id_channel_channel_role"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["call_id", "notice", "consent"],
            ["calls.call_id", "calls.notice", "calls.consent"],
            name=op.f("fk_courses_call_id_notice_consent"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_courses")),
    )
    for when in ("INSERT", "UPDATE"):
        op.execute(f"""CREATE TRIGGER courses_customer_only_{when.lower()} BEFORE {when} ON courses
WHEN NOT EXISTS (
    SELECT 1 FROM call_channels JOIN calls USING (call_id)
    WHERE call_channels.call_id = NEW.call_id AND call_channels.channel = NEW.channel
    AND call_channels.speaker = 'customer'
    AND calls.consent = 'granted' AND calls.notice IN ('played', 'contract')
)
BEGIN SELECT RAISE(ABORT, 'a course is kept for customers with notice and consent only'); END""")


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
            "reason IN ('unconfirmed', 'inhibited', 'repeat', 'shadow', 'demoted', 'good_news')",
            name=op.f("ck_held_flags_reason_known"),
        ),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_held_flags_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_flags")),
        sa.UniqueConstraint("flag_id", "reason", "raised_s", name=op.f("uq_held_flags_flag_id_reason_raised_s")),
    )


def upgrade() -> None:
    create_consents()
    create_courses()
    # copied aside and not renamed: renaming would take along the keys of other tables that refer to it
    op.execute(f"CREATE TABLE {BEFORE} AS SELECT * FROM held_flags")
    op.drop_table("held_flags")
    create_held_flags()
    op.execute(f"INSERT INTO held_flags ({HELD}) SELECT {HELD} FROM {BEFORE}")
    op.drop_table(BEFORE)
    op.create_index("ix_held_flags_call_id_raised_s", "held_flags", ["call_id", "raised_s"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no words for what this one keeps")
