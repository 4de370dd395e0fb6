"""Whether an utterance was transcribed only after the fact. What was kept before was transcribed at its time.

SQLite cannot add a column with a check where the others stand: the table is made anew, with its rows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = "utterances_before_0003"
KEPT = (
    "call_id, utterance_id, channel, speaker, start_s, end_s, text, words, language, confidence, revision, trusted,"
    " timing"
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


def upgrade() -> None:
    op.execute(f"CREATE TABLE {BEFORE} AS SELECT * FROM utterances")
    op.drop_table("utterances")
    create_utterances()
    op.execute(f"INSERT INTO utterances ({KEPT}, late) SELECT {KEPT}, 0 FROM {BEFORE}")
    op.drop_table(BEFORE)
    op.create_index("ix_utterances_call_id_start_s", "utterances", ["call_id", "start_s"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no words for what this one keeps")
