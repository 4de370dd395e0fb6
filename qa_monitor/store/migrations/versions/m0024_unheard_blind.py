"""Why a call stays blind once its recorded sound was listened to: a service that is killed does not forget it."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite would write an added column on the line of the one before it
    with op.batch_alter_table("unheard", recreate="always") as table:
        table.add_column(sa.Column("blind", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("unheard", recreate="always") as table:
        table.drop_column("blind")
