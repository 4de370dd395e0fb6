"""Who listened to live calls."""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ENDINGS = "ending IN ('left', 'call_ended', 'too_slow', 'not_allowed', 'service_stopped')"


def upgrade() -> None:
    op.create_table(
        "listenings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=True),
        sa.Column("call_digest", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("heard_s", sa.Float(), nullable=False),
        sa.CheckConstraint(ENDINGS, name=op.f("ck_listenings_ending_known")),
        sa.CheckConstraint("ended_at IS NULL OR ending IS NOT NULL", name=op.f("ck_listenings_ended")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_listenings_call_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listenings")),
    )
    op.create_index("ix_listenings_call_id", "listenings", ["call_id"])


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no words for what this one keeps")
