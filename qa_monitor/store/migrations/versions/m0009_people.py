"""Accounts, teams, agents and covers, with passwords, sessions and the log of changes."""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('team', 'account', 'agent', 'cover')", name=op.f("ck_people_kind_known")),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_people")),
    )
    op.create_table(
        "people_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("whom", sa.String(), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('team', 'account', 'agent', 'cover')", name=op.f("ck_people_changes_kind_known")),
        sa.CheckConstraint(
            "did IN ('made', 'changed', 'removed', 'password')", name=op.f("ck_people_changes_did_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_changes")),
    )
    op.create_table(
        "passwords",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("hashed", sa.String(), nullable=False),
        sa.Column("must_change", sa.Boolean(name="must_change_known", create_constraint=True), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_passwords")),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=True),
        sa.Column("began_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
    )


def downgrade() -> None:
    for table in ("sessions", "passwords", "people_changes", "people"):
        op.drop_table(table)
