"""Why a call stays blind once its recorded sound was listened to: a service that is killed does not forget it."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("unheard", sa.Column("blind", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("unheard", "blind")
