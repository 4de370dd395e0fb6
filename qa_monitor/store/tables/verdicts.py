"""What coaches said of flags, and where it counts no more."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table

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

# Of flags that nobody was told about, since their rule was on trial: these are in no table of told flags.
trial_verdicts = Table(
    "trial_verdicts",
    metadata,
    Column("flag_id", String, primary_key=True),
    Column("by", String, primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),
    Column("at", Instant, nullable=False),
    # the same person's word before, for whoever takes this one back
    Column("before_kind", String),
    Column("before_at", Instant),
    Column("rule_id", String, nullable=False),
    Column("rule_version", String, nullable=False),
    Column("tenant", String, nullable=False),
    Column("team", String, nullable=False),
    Column("language", String),
    one_of("kind", VerdictKind),
    one_of("before_kind", VerdictKind),
    one_of("language", Language),
    CheckConstraint("(before_kind IS NULL) = (before_at IS NULL)", name="before"),
    Index("ix_trial_verdicts_call_id", "call_id"),
)
