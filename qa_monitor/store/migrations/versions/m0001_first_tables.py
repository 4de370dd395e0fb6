"""Calls, utterances, emotion, gaps, flags and their changes, held flags."""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def create_generations() -> None:
    op.create_table(
        "generations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_generations_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generations")),
    )


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
        sa.CheckConstraint("(state = 'live') = (ended_at IS NULL)", name=op.f("ck_calls_ended")),
        sa.CheckConstraint(
            "consent IN ('unknown', 'granted', 'refused', 'objected', 'off_record')",
            name=op.f("ck_calls_consent_known"),
        ),
        sa.CheckConstraint("direction IN ('inbound', 'outbound', 'unknown')", name=op.f("ck_calls_direction_known")),
        sa.CheckConstraint(
            "end_reason IN ('end', 'hangup', 'error', 'abrupt', 'timeout', 'refused', 'interrupted')",
            name=op.f("ck_calls_end_reason_known"),
        ),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_calls_language_known")),
        sa.CheckConstraint("notice IN ('none', 'played', 'contract')", name=op.f("ck_calls_notice_known")),
        sa.CheckConstraint("state IN ('live', 'ended', 'interrupted')", name=op.f("ck_calls_state_known")),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_calls")),
        sa.UniqueConstraint("call_id", "notice", "consent", name=op.f("uq_calls_call_id_notice_consent")),
    )
    op.create_index("ix_calls_started_at", "calls", ["started_at"], unique=False)
    op.create_index("ix_calls_state_started_at", "calls", ["state", "started_at"], unique=False)


def create_call_channels() -> None:
    op.create_table(
        "call_channels",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("channel", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.CheckConstraint(
            "speaker IN ('customer', 'agent', 'mixed', 'unknown')", name=op.f("ck_call_channels_speaker_known")
        ),
        sa.CheckConstraint("channel >= 0", name=op.f("ck_call_channels_channel_counted")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_call_channels_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", "channel", name=op.f("pk_call_channels")),
        sa.UniqueConstraint("call_id", "channel", "speaker", name=op.f("uq_call_channels_call_id_channel_speaker")),
    )


def create_utterances() -> None:
    op.create_table(
        "utterances",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("utterance_id", sa.String(), nullable=False),
        sa.Column("channel", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("start_s", sa.Float(), nullable=False),
        sa.Column("end_s", sa.Float(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trusted", sa.Boolean(create_constraint=True, name="trusted_known"), nullable=False),
        sa.Column("timing", sa.Text(), nullable=True),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_utterances_language_known")),
        sa.CheckConstraint("end_s >= start_s", name=op.f("ck_utterances_forward")),
        sa.ForeignKeyConstraint(
            ["call_id", "channel", "speaker"],
            ["call_channels.call_id", "call_channels.channel", "call_channels.speaker"],
            name=op.f("fk_utterances_call_id_channel_speaker"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("call_id", "utterance_id", name=op.f("pk_utterances")),
        sa.UniqueConstraint(
            "call_id", "utterance_id", "speaker", name=op.f("uq_utterances_call_id_utterance_id_speaker")
        ),
    )
    op.create_index("ix_utterances_call_id_start_s", "utterances", ["call_id", "start_s"], unique=False)


def create_emotions() -> None:
    op.create_table(
        "emotions",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("utterance_id", sa.String(), nullable=False),
        sa.Column("channel_role", sa.String(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("anger", sa.Float(), nullable=False),
        sa.Column("distress", sa.Float(), nullable=False),
        sa.Column("neutral", sa.Float(), nullable=False),
        sa.Column("happy", sa.Float(), nullable=False),
        sa.Column("arousal", sa.Float(), nullable=False),
        sa.Column("valence", sa.Float(), nullable=False),
        sa.Column("certainty", sa.Float(), nullable=False),
        sa.Column("enough", sa.Boolean(create_constraint=True, name="enough_known"), nullable=False),
        sa.Column("prosody", sa.Text(), nullable=False),
        sa.Column("explanation_en", sa.Text(), nullable=False),
        sa.Column("explanation_fr", sa.Text(), nullable=False),
        sa.CheckConstraint("channel_role = 'customer'", name=op.f("ck_emotions_customer_only")),
        sa.CheckConstraint(
            "consent = 'granted' AND notice IN ('played', 'contract')", name=op.f("ck_emotions_consent_given")
        ),
        sa.ForeignKeyConstraint(
            ["call_id", "notice", "consent"],
            ["calls.call_id", "calls.notice", "calls.consent"],
            name=op.f("fk_emotions_call_id_notice_consent"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["call_id", "utterance_id", "channel_role"],
            ["utterances.call_id", "utterances.utterance_id", "utterances.speaker"],
            name=op.f("fk_emotions_call_id_utterance_id_channel_role"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("call_id", "utterance_id", name=op.f("pk_emotions")),
    )


def create_gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("channel", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start_s", sa.Float(), nullable=False),
        sa.Column("duration_s", sa.Float(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("reason IN ('lost', 'paused', 'discarded')", name=op.f("ck_gaps_reason_known")),
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
    op.create_index("ix_flags_call_id_raised_s", "flags", ["call_id", "raised_s"], unique=False)
    op.create_index("ix_flags_state_sequence", "flags", ["state", "sequence"], unique=False)


def create_flag_events() -> None:
    op.create_table(
        "flag_events",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("generation", sa.String(), nullable=False),
        sa.Column("flag_id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["flag_id"], ["flags.flag_id"], name=op.f("fk_flag_events_flag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_flag_events")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_flag_events_flag_id", "flag_events", ["flag_id"], unique=False)


def create_held_flags() -> None:
    op.create_table(
        "held_flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("flag_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("raised_s", sa.Float(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("reason IN ('unconfirmed', 'inhibited', 'repeat')", name=op.f("ck_held_flags_reason_known")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_held_flags_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_flags")),
        sa.UniqueConstraint("flag_id", "reason", "raised_s", name=op.f("uq_held_flags_flag_id_reason_raised_s")),
    )
    op.create_index("ix_held_flags_call_id_raised_s", "held_flags", ["call_id", "raised_s"], unique=False)


def guard_emotions() -> None:
    """Holds even where foreign keys are switched off."""
    for when in ("INSERT", "UPDATE"):
        op.execute(f"""CREATE TRIGGER emotions_customer_only_{when.lower()} BEFORE {when} ON emotions
WHEN NOT EXISTS (
    SELECT 1 FROM utterances JOIN call_channels USING (call_id, channel) JOIN calls USING (call_id)
    WHERE utterances.call_id = NEW.call_id AND utterances.utterance_id = NEW.utterance_id
    AND utterances.speaker = 'customer' AND call_channels.speaker = 'customer'
    AND calls.consent = 'granted' AND calls.notice IN ('played', 'contract')
)
BEGIN SELECT RAISE(ABORT, 'emotion is kept for customers with notice and consent only'); END""")


def upgrade() -> None:
    create_generations()
    create_calls()
    create_call_channels()
    create_utterances()
    create_emotions()
    create_gaps()
    create_flags()
    create_flag_events()
    create_held_flags()
    guard_emotions()


def downgrade() -> None:
    for table in (
        "held_flags",
        "flag_events",
        "flags",
        "gaps",
        "emotions",
        "utterances",
        "call_channels",
        "calls",
        "generations",
    ):
        op.drop_table(table)
