"""Calls are found by how their customers were, and sorted by their flags, without reading every one."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    felt = (sa.text("json_extract(body, '$.state')"), sa.text("json_extract(body, '$.trend')"))
    op.create_index("ix_courses_felt", "courses", [*felt, "call_id"])
    gravest = sa.text("flags_high * 1000000 + flags_medium * 1000 + flags_low")
    op.create_index("ix_call_facts_gravest", "call_facts", [gravest, "number"])


def downgrade() -> None:
    op.drop_index("ix_call_facts_gravest", "call_facts")
    op.drop_index("ix_courses_felt", "courses")
