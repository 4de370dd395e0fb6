"""What coaches said of flags, and where it counts no more."""

from sqlalchemy import Column, ForeignKey, String, Table

from qa_monitor.records.verdicts import VerdictKind
from qa_monitor.store.tables.base import metadata, one_of
from qa_monitor.store.tables.columns import Instant
from streams.records import Language

# Verdicts given before do not count against the rule any more.
rule_restores = Table(
    "rule_restores",
    metadata,
    Column("rule_id", String, primary_key=True),
    Column("rule_version", String, primary_key=True),
    Column("tenant", String, primary_key=True),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
)

# The rule's version, the team and the language are those of the flag: counting reads one table.
verdicts = Table(
    "verdicts",
    metadata,
    Column("flag_id", String, ForeignKey("flags.flag_id", ondelete="CASCADE"), primary_key=True),
    Column("by", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("rule_id", String, nullable=False),
    Column("rule_version", String, nullable=False),
    Column("tenant", String, nullable=False),
    Column("team", String, nullable=False),
    Column("language", String),
    one_of("kind", VerdictKind),
    one_of("language", Language),
)
