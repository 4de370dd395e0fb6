"""Other systems are told of more than flags: deliveries that hold what they say.

SQLite cannot change a check: a table whose checks change is made anew, with its rows.
"""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BEFORE = "deliveries_before_0019"
CELLS = "id, key, target, event, sequence, state, attempts, entered_at, due_at, settled_at, problem"


def create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("call_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.CheckConstraint(
            "event IN ('raised', 'confirmed', 'withdrawn', 'acknowledged', 'resolved', 'expired', 'reopened',"
            " 'call.scored', 'surge.began', 'surge.ended')",
            name=op.f("ck_deliveries_event_known"),
        ),
        sa.CheckConstraint("state IN ('waiting', 'delivered', 'dead')", name=op.f("ck_deliveries_state_known")),
        sa.CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name=op.f("ck_deliveries_settled")),
        sa.CheckConstraint("(sequence IS NULL) = (body IS NOT NULL)", name=op.f("ck_deliveries_told")),
        sa.ForeignKeyConstraint(
            ["sequence"], ["flag_events.sequence"], name=op.f("fk_deliveries_sequence"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_deliveries_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("key", name=op.f("uq_deliveries_key")),
    )
    op.create_index("ix_deliveries_target_state_due_at", "deliveries", ["target", "state", "due_at"], unique=False)
    op.create_index("ix_deliveries_sequence", "deliveries", ["sequence"], unique=False)
    op.create_index("ix_deliveries_call_id", "deliveries", ["call_id"], unique=False)


def upgrade() -> None:
    op.execute(f"CREATE TABLE {BEFORE} AS SELECT * FROM deliveries")
    op.drop_table("deliveries")
    create_deliveries()
    op.execute(f"INSERT INTO deliveries ({CELLS}) SELECT {CELLS} FROM {BEFORE}")
    op.drop_table(BEFORE)


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases have no words for what this one keeps")
