"""The migrations lead to the tables of the schema, from an empty file, once."""

import re
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from qa_monitor.records.errors import StoreError
from qa_monitor.store.database.engines import writer_engine
from qa_monitor.store.database.migrate import STEPS, migrate
from qa_monitor.store.tables import schema

KEPT = ("calls", "call_channels", "utterances", "emotions", "gaps", "flags", "flag_events", "held_flags")
A_SCORE = (
    "INSERT INTO emotions VALUES ('c', 'u', 'customer', 'played', 'granted',"
    " 0.1, 0.1, 0.7, 0.1, 0.5, 0.5, 0.9, 1, '{}', '', '');"
)
FIRST_RELEASE = f"""
INSERT INTO calls VALUES ('c', 'default', 'north', 'ann', 'inbound', 'fr', 8000, '2026-03-02 12:00:00', 'pcm',
    'played', 'granted', '{{}}', 'ended', '2026-03-02 12:01:00', 'end', 9.5, 'mono', NULL);
INSERT INTO call_channels VALUES ('c', 0, 'customer');
INSERT INTO utterances VALUES ('c', 'u', 0, 'customer', 1.0, 2.0, 'oui', '[]', 'fr', 0.9, 1, 1, NULL);
{A_SCORE}
INSERT INTO gaps VALUES ('c', 0, 3.0, 0.5, 'lost');
INSERT INTO flags VALUES ('f', 'c', 'refund', 3, 'confirmed', 2.0, '{{}}', NULL, NULL, 1);
INSERT INTO flag_events VALUES (1, 'g', 'f', '{{}}', '2026-03-02 12:00:02');
INSERT INTO held_flags VALUES (1, 'c', 'h', 'repeat', 4.0, '{{}}');
"""


def at_revision(path: Path, revision: str) -> None:
    """A file as an earlier release left it."""
    engine = writer_engine(path, foreign_keys=False)
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def definitions(path: Path) -> dict[str, list[str]]:
    """Tables, indices and triggers as the database wrote them down.

    The order inside a table does not matter, nor do quotes, which SQLite puts around the name of a table made anew.
    """
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'alembic%'"
    ).fetchall()
    connection.close()
    return {name: sorted(part.strip() for part in re.split(r", *\n|\n", sql.replace('"', ""))) for name, sql in rows}


def test_the_migrations_make_what_the_schema_says(tmp_path: Path) -> None:
    """Columns, keys, checks, indices and triggers."""
    migrate(tmp_path / "migrated.db")
    engine = writer_engine(tmp_path / "direct.db")
    schema.metadata.create_all(engine)
    engine.dispose()

    assert definitions(tmp_path / "migrated.db") == definitions(tmp_path / "direct.db")


def is_ours(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    """Not the index of words, with the tables SQLite keeps it in: alembic knows no virtual tables."""
    return kind != "table" or not (name or "").startswith("call_words")


# alembic and SQLAlchemy cannot read such indices back; the test above compares them as SQLite wrote them down
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_alembic_sees_no_difference_either(tmp_path: Path) -> None:
    """So the next migration can be drafted by alembic."""
    migrate(tmp_path / "migrated.db")
    engine = writer_engine(tmp_path / "migrated.db")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        differences = compare_metadata(context, schema.metadata)
    engine.dispose()

    assert differences == []


def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    """It runs at every start."""
    migrate(tmp_path / "kept.db")
    before = definitions(tmp_path / "kept.db")
    migrate(tmp_path / "kept.db")

    assert definitions(tmp_path / "kept.db") == before


def test_a_database_of_the_first_release_keeps_everything(tmp_path: Path) -> None:
    """Calls, scores, gaps and flags with all that refers to them; each call and flag has its agent."""
    path = tmp_path / "first.db"
    at_revision(path, "0001")
    connection = sqlite3.connect(path)
    connection.executescript(FIRST_RELEASE)
    connection.close()
    migrate(path)

    connection = sqlite3.connect(path)
    counts = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in KEPT}
    agents = connection.execute("SELECT call_id, from_s, agent_id, team FROM call_agents").fetchall()
    flag = connection.execute("SELECT flag_id, state, agent_id, team, body, sequence FROM flags").fetchone()
    call = connection.execute("SELECT state, end_reason, duration_s, blind FROM calls").fetchone()
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.close()

    assert counts == dict.fromkeys(KEPT, 1)
    assert agents == [("c", 0.0, "ann", "north")]
    assert flag == ("f", "confirmed", "ann", "north", "{}", 1)
    assert call == ("ended", "end", 9.5, "mono")
    assert broken == []


def test_a_score_is_refused_after_the_change_as_before(tmp_path: Path) -> None:
    """The guard over emotions outlives that a table it looks at was made anew."""
    path = tmp_path / "first.db"
    at_revision(path, "0001")
    connection = sqlite3.connect(path)
    connection.executescript(FIRST_RELEASE.replace("'granted'", "'refused'").partition("INSERT INTO emotions")[0])
    connection.close()
    migrate(path)

    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="notice and consent"):
        connection.execute(A_SCORE)
    connection.close()


def test_a_database_of_a_later_release_is_refused_in_words(tmp_path: Path) -> None:
    """Going back needs the later release, or a backup: never a guess."""
    migrate(tmp_path / "later.db")
    connection = sqlite3.connect(tmp_path / "later.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()

    with pytest.raises(StoreError, match="written by a later release"):
        migrate(tmp_path / "later.db")
