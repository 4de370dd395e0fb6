"""Bring a database file up to the tables this release knows. Adapter: alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from qa_monitor.records.errors import StoreError
from qa_monitor.store.database.engines import explain, writer_engine

STEPS = Path(__file__).parent.parent / "migrations"


def migrate(path: Path) -> None:
    """Apply the steps still missing, all or none. Call it before anything else opens the file.

    A file that misses none is not read through: a start takes as long with many calls as with few. Raises `StoreError`
    when the file cannot be opened, was written by a later release, or refers to rows that are gone once it is changed.
    """
    # a step that rebuilds a table would otherwise take the rows that refer to it along
    engine = writer_engine(path, foreign_keys=False)
    config = Config()
    # alembic reads % as its own sign
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            before = _revision(connection)
            command.upgrade(config, "head")
            if _revision(connection) != before:
                check_references(connection, path)
    except CommandError as error:
        raise StoreError(
            f"{path}: written by a later release of qa-monitor: install that one, or use another folder ({error})"
        ) from error
    except DBAPIError as error:
        raise explain(error, path) from error
    finally:
        engine.dispose()


def check_references(connection: Connection, path: Path) -> None:
    """Every row refers to rows that are there. Reads the whole file: minutes where there are many calls.

    Raises `StoreError`.
    """
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise StoreError(f"{path}: the database refers to rows that are gone: restore a backup ({broken[0]})")


def _revision(connection: Connection) -> str | None:
    """The last step applied; none in a new file."""
    return MigrationContext.configure(connection).get_current_revision()
