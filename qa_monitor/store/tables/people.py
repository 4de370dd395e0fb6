"""People, and who may come in."""

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from qa_monitor.people.changes import Did
from qa_monitor.people.rows import Kind
from qa_monitor.store.tables.base import metadata, one_of
from qa_monitor.store.tables.columns import Instant

# Entries of the directory of people, each a row of named texts that `people/rows.py` reads and checks.
people = Table(
    "people",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("cells", Text, nullable=False),
    one_of("kind", Kind),
)

people_changes = Table(
    "people_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("by", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("whom", String, nullable=False),
    Column("did", String, nullable=False),
    Column("fields", Text, nullable=False),
    one_of("kind", Kind),
    one_of("did", Did),
)

passwords = Table(
    "passwords",
    metadata,
    Column("account_id", String, primary_key=True),
    Column("hashed", String, nullable=False),
    Column("must_change", Boolean(name="must_change_known", create_constraint=True), nullable=False),
    Column("set_at", Instant, nullable=False),
)

# Cookies are kept as their digest: who reads the database cannot take over a session.
sessions = Table(
    "sessions",
    metadata,
    Column("digest", String, primary_key=True),
    Column("account_id", String),
    Column("began_at", Instant, nullable=False),
)
