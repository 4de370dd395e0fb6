"""When the customer was on hold, and phrases that may have been said where other words were recognised.

SQLite cannot add a column where the others stand, before the checks: the table is made anew, with its rows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


BEFORE = "utterances_before_0007"
KEPT = (
    "call_id, utterance_id, channel, speaker, start_s, end_s, text, words, language, confidence, revision, trusted,"
    " timing, late"
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
        sa.Column("trusted", sa.Boolean(name="trusted_known", create_constraint=True), nullable=False),
        sa.Column("timing", sa.Text(), nullable=True),
        sa.Column("late", sa.Boolean(name="late_known", create_constraint=True), nullable=False),
        sa.Column("sought", sa.Text(), nullable=True),
        sa.CheckConstraint("end_s >= start_s", name=op.f("ck_utterances_forward")),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_utterances_language_known")),
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


def create_holds() -> None:
    op.create_table(
        "holds",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("start_s", sa.Float(), nullable=False),
        sa.Column("told_s", sa.Float(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("channel", sa.Integer(), nullable=True),
        sa.Column("end_s", sa.Float(), nullable=True),
        sa.Column("end_told_s", sa.Float(), nullable=True),
        sa.CheckConstraint("cause IN ('music', 'tones', 'signalled')", name=op.f("ck_holds_cause_known")),
        sa.CheckConstraint("(end_s IS NULL) = (end_told_s IS NULL)", name=op.f("ck_holds_ended")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_holds_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", "start_s", name=op.f("pk_holds")),
    )


def upgrade() -> None:
    op.execute(f"CREATE TABLE {BEFORE} AS SELECT * FROM utterances")
    op.drop_table("utterances")
    create_utterances()
    op.execute(f"INSERT INTO utterances ({KEPT}) SELECT {KEPT} FROM {BEFORE}")
    op.drop_table(BEFORE)
    op.create_index("ix_utterances_call_id_start_s", "utterances", ["call_id", "start_s"], unique=False)
    create_holds()


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no words for what this one keeps")
