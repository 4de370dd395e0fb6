"""What customers call about, counted across calls."""

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from qa_monitor.store.tables.base import metadata
from qa_monitor.store.tables.columns import Instant

# Calls that are counted: each once.
theme_calls = Table(
    "theme_calls",
    metadata,
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Column("counted_at", Instant, nullable=False),
)

# Calls that named a theme, by ten minutes, team and language. Names no call: it stays when one is deleted.
theme_counts = Table(
    "theme_counts",
    metadata,
    Column("at", Instant, primary_key=True),
    Column("tenant", String, primary_key=True),
    Column("theme", String, primary_key=True),
    Column("team", String, primary_key=True),
    Column("language", String, primary_key=True),
    Column("calls", Integer, nullable=False),
    CheckConstraint("calls > 0", name="calls_counted"),
    # the key is the table: what is read together, one hour, lies together
    sqlite_with_rowid=False,
)

# The newest examples of each theme.
theme_clips = Table(
    "theme_clips",
    metadata,
    Column("theme", String, primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Column("tenant", String, nullable=False),
    Column("team", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("start_s", Float, nullable=False),
    Column("end_s", Float, nullable=False),
    Column("shown", String, nullable=False),
    CheckConstraint("end_s >= start_s", name="forward"),
    Index("ix_theme_clips_call_id", "call_id"),
)

theme_surges = Table(
    "theme_surges",
    metadata,
    Column("surge_id", Integer, primary_key=True),
    Column("tenant", String, nullable=False),
    Column("themes", Text, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("expected", Float, nullable=False),
    Column("evidence", Float, nullable=False),
    Column("ended_at", Instant),
    Column("acknowledged_by", String),
    Column("acknowledged_at", Instant),
    CheckConstraint("(acknowledged_by IS NULL) = (acknowledged_at IS NULL)", name="acknowledged"),
    Index("ix_theme_surges_ended_at", "ended_at"),
    sqlite_autoincrement=True,
)
