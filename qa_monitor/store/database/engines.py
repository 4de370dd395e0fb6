"""Connections to one SQLite file: one that writes and checkpoints, others that only read."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from qa_monitor.records.errors import StoreError

BUSY_MS = 1_000
"""How long a statement waits for a foreign lock before it fails: a flag must not wait longer to be told."""
PAGE_BYTES = 4_096
READERS = 4
ADVICE = {
    "SQLITE_FULL": "the disk is full: free some space, saving goes on by itself",
    "SQLITE_BUSY": "another program holds the database: close it, saving goes on by itself",
    "SQLITE_CANTOPEN": "the database cannot be opened: check that the folder exists and that this user may write in it",
    "SQLITE_READONLY": "the database is read-only: let this user write to it and to its folder",
    "SQLITE_IOERR": "the disk does not answer: check it, then restart",
    "SQLITE_CORRUPT": "the database is damaged: stop the service and restore a backup",
    "SQLITE_NOTADB": "this file is no database: move it away or restore a backup",
    "SQLITE_CONSTRAINT": "the database refuses this row",
}


def explain(error: DBAPIError, path: Path) -> StoreError:
    """What a database error means to the operator."""
    cause = error.orig
    name = getattr(cause, "sqlite_errorname", None) or ""
    for start, advice in ADVICE.items():
        if name.startswith(start):
            return StoreError(f"{path}: {advice} ({cause})")
    return StoreError(f"{path}: the database failed ({cause})")


def is_busy(error: DBAPIError) -> bool:
    """Another program holds the file: trying again at once only waits again."""
    return (getattr(error.orig, "sqlite_errorname", None) or "").startswith("SQLITE_BUSY")


def writer_engine(
    path: Path, *, max_bytes: int | None = None, busy_ms: int = BUSY_MS, foreign_keys: bool = True
) -> Engine:
    """The one engine that may write. Every commit is on the disk when it returns.

    `max_bytes` bounds the file; a write beyond it fails as on a full disk.
    """

    def connect() -> sqlite3.Connection:
        # SQLAlchemy hands the one connection to the writer thread
        connection = sqlite3.connect(path, timeout=busy_ms / 1_000, check_same_thread=False, isolation_level=None)
        connection.execute(f"PRAGMA page_size={PAGE_BYTES}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        connection.execute("PRAGMA secure_delete=ON")
        if max_bytes is not None:
            connection.execute(f"PRAGMA max_page_count={max(1, max_bytes // PAGE_BYTES)}")
        return connection

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", begin_immediate)
    return engine


def reader_engine(path: Path) -> Engine:
    """An engine that cannot write and never checkpoints. What one connection reads is one instant."""

    def connect() -> sqlite3.Connection:
        address = f"file:{quote(str(path))}?mode=ro"
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_MS / 1_000, check_same_thread=False, isolation_level=None
        )
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("PRAGMA query_only=ON")
        return connection

    engine = create_engine(
        "sqlite+pysqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=READERS,
        max_overflow=0,
        hide_parameters=True,  # errors get into logs, and what is sought or kept are words that were said
    )
    event.listen(engine, "begin", begin_deferred)
    return engine


# Python's sqlite3 starts transactions by its own rules: it is switched off above, and told here.
def begin_immediate(connection: Connection) -> None:
    """Take the write lock now, not at the first write."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def begin_deferred(connection: Connection) -> None:
    """Read one instant from the first query on."""
    connection.exec_driver_sql("BEGIN")
