"""A start finds what an earlier run left, and what was told lately, without reading every call and change."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_flag_events_at", "flag_events", ["at"])
    op.create_index("ix_calls_blind", "calls", ["blind"], sqlite_where=sa.text("blind IS NOT NULL"))


def downgrade() -> None:
    op.drop_index("ix_calls_blind", "calls")
    op.drop_index("ix_flag_events_at", "flag_events")
