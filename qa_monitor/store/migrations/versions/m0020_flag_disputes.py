"""Flags that the agents of their calls dispute."""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TRIGGER = """CREATE TRIGGER flag_disputes_stay BEFORE UPDATE ON flag_disputes
BEGIN SELECT RAISE(ABORT, 'disputes of flags are added to, never changed'); END"""


def upgrade() -> None:
    op.create_table(
        "flag_disputes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("flag_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("ruling", sa.String(), nullable=True),
        sa.CheckConstraint("step IN ('dispute', 'decide')", name=op.f("ck_flag_disputes_step_known")),
        sa.CheckConstraint("ruling IN ('stands', 'false_alarm')", name=op.f("ck_flag_disputes_ruling_known")),
        sa.CheckConstraint("(step = 'decide') = (ruling IS NOT NULL)", name=op.f("ck_flag_disputes_decided")),
        sa.ForeignKeyConstraint(
            ["flag_id"], ["flags.flag_id"], name=op.f("fk_flag_disputes_flag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_disputes")),
        sa.UniqueConstraint("flag_id", "step", name=op.f("uq_flag_disputes_flag_id_step")),
    )
    op.execute(TRIGGER)


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no words for what this one keeps")
