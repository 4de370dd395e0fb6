"""Adapter: whole copies of the database file, made while the service works, and checked before they are used."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.exc import DBAPIError

from qa_monitor.records.errors import StoreError
from qa_monitor.store.database.engines import explain, writer_engine
from qa_monitor.store.database.generations import renew_generation
from qa_monitor.store.database.migrate import check_references, migrate


def copy_database(path: Path, target: Path) -> None:
    """Write a copy as of one instant, without what was deleted, and without hindering the one writer.

    Raises `StoreError` when there is no database, or no room for the copy.
    """
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be copied to {target}: {error}") from error
    target.chmod(0o600)


def adopt_database(path: Path) -> None:
    """Make a copy ready to be worked with: whole, up to date, and with numbers of its own.

    Consoles that followed the database it was taken from start afresh. Raises `StoreError` when it is not whole.
    """
    engine = writer_engine(path)
    try:
        with engine.connect() as connection:
            verdict = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            if verdict != "ok":
                raise StoreError(f"{path}: the copy is damaged ({verdict}): use another backup")
            check_references(connection, path)
        migrate(path)
        with engine.begin() as connection:
            renew_generation(connection)
    except DBAPIError as error:
        raise explain(error, path) from error
    finally:
        engine.dispose()
