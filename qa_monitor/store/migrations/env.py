"""Run by alembic, which loads this file for every command; hence the work at the end of it."""

from alembic import context
from sqlalchemy import Connection

from qa_monitor.store.tables.schema import metadata


def run(connection: Connection) -> None:
    """Apply the steps on the connection that `database/migrate.py` handed over, all in one transaction."""
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
