"""Flags that the agents of their calls dispute."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from qa_monitor.reviews.flag_disputes import FlagRuling, Step
from qa_monitor.store.tables.base import keep_to, metadata, one_of
from qa_monitor.store.tables.columns import Instant

# The dispute of a flag and the decision, a row each: added to, never changed.
flag_disputes = Table(
    "flag_disputes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("flag_id", String, ForeignKey("flags.flag_id", ondelete="CASCADE"), nullable=False),
    Column("step", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("ruling", String),
    one_of("step", Step),
    one_of("ruling", FlagRuling),
    CheckConstraint("(step = 'decide') = (ruling IS NOT NULL)", name="decided"),
    UniqueConstraint("flag_id", "step", name="uq_flag_disputes_flag_id_step"),
)

DISPUTE_TRIGGER = """CREATE TRIGGER flag_disputes_stay BEFORE UPDATE ON flag_disputes
BEGIN SELECT RAISE(ABORT, 'disputes of flags are added to, never changed'); END"""
keep_to(flag_disputes, DISPUTE_TRIGGER)
