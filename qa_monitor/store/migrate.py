"""Bring a database file up to the tables this release knows. Adapter: alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from qa_monitor.store.engines import explain, writer_engine
from qa_monitor.store.records import StoreError

STEPS = Path(__file__).parent / "migrations"


def migrate(path: Path) -> None:
    """Apply the steps still missing, all or none. Call it before anything else opens the file.

    Raises `StoreError` when the file cannot be opened, or was written by a later release.
    """
    # a step that rebuilds a table would otherwise take the rows that refer to it along
    engine = writer_engine(path, foreign_keys=False)
    config = Config()
    # alembic reads % as its own sign
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise StoreError(f"{path}: the database refers to rows that are gone: restore a backup ({broken[0]})")
    except CommandError as error:
        raise StoreError(
            f"{path}: written by a later release of qa-monitor: install that one, or use another folder ({error})"
        ) from error
    except DBAPIError as error:
        raise explain(error, path) from error
    finally:
        engine.dispose()
