"""The migrations lead to the tables of the schema, from an empty file, once."""

import re
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from qa_monitor.store import schema
from qa_monitor.store.engines import writer_engine
from qa_monitor.store.migrate import migrate
from qa_monitor.store.records import StoreError


def definitions(path: Path) -> dict[str, list[str]]:
    """Tables, indices and triggers as the database wrote them down; the order inside a table does not matter."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'alembic%'"
    ).fetchall()
    connection.close()
    return {name: sorted(part.strip() for part in re.split(r", *\n|\n", sql)) for name, sql in rows}


def test_the_migrations_make_what_the_schema_says(tmp_path: Path) -> None:
    """Columns, keys, checks, indices and triggers."""
    migrate(tmp_path / "migrated.db")
    engine = writer_engine(tmp_path / "direct.db")
    schema.metadata.create_all(engine)
    engine.dispose()

    assert definitions(tmp_path / "migrated.db") == definitions(tmp_path / "direct.db")


def test_alembic_sees_no_difference_either(tmp_path: Path) -> None:
    """So the next migration can be drafted by alembic."""
    migrate(tmp_path / "migrated.db")
    engine = writer_engine(tmp_path / "migrated.db")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    engine.dispose()

    assert differences == []


def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    """It runs at every start."""
    migrate(tmp_path / "kept.db")
    before = definitions(tmp_path / "kept.db")
    migrate(tmp_path / "kept.db")

    assert definitions(tmp_path / "kept.db") == before


def test_a_database_of_a_later_release_is_refused_in_words(tmp_path: Path) -> None:
    """Going back needs the later release, or a backup: never a guess."""
    migrate(tmp_path / "later.db")
    connection = sqlite3.connect(tmp_path / "later.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()

    with pytest.raises(StoreError, match="written by a later release"):
        migrate(tmp_path / "later.db")
