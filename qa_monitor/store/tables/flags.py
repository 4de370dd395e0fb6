"""Flags with their life, and whose desks they lie on."""

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from alerts.care import DeskReason
from alerts.records import FlagState, HoldReason, Priority
from qa_monitor.store.tables.base import metadata, one_of
from qa_monitor.store.tables.columns import Instant

flags = Table(
    "flags",
    metadata,
    Column("flag_id", String, primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    Column("rule_id", String, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("raised_s", Float, nullable=False),
    # whom the call was with when the cause of the flag began: a transfer does not change it
    Column("agent_id", String, nullable=False),
    Column("team", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("acknowledged_by", String),
    Column("acknowledged_at", Instant),
    Column("sequence", Integer, nullable=False),
    Column("care", Text, nullable=False),
    # of `care`, for queries: why it is held, and when time will change it
    Column("held", String),
    Column("due_at", Instant),
    one_of("state", FlagState),
    one_of("held", DeskReason),
    CheckConstraint(f"priority BETWEEN {Priority.LOW:d} AND {Priority.HIGH:d}", name="priority_known"),
    CheckConstraint("(acknowledged_by IS NULL) = (acknowledged_at IS NULL)", name="acknowledged"),
    Index("ix_flags_call_id_raised_s", "call_id", "raised_s"),
    Index("ix_flags_state_sequence", "state", "sequence"),
    Index("ix_flags_due_at", "due_at"),
)

# How many interruptions each coach can still be given.
desks = Table(
    "desks",
    metadata,
    Column("coach", String, primary_key=True),
    Column("tokens", Float, nullable=False),
    Column("filled_at", Instant, nullable=False),
)

# What was shown at each desk: written once a console has drawn it, not before.
shown_flags = Table(
    "shown_flags",
    metadata,
    Column("coach", String, primary_key=True),
    Column("flag_id", String, ForeignKey("flags.flag_id", ondelete="CASCADE"), primary_key=True),
    Column("drawn_at", Instant, nullable=False),
    Index("ix_shown_flags_flag_id", "flag_id"),
)

flag_events = Table(
    "flag_events",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("generation", String, nullable=False),
    Column("flag_id", String, ForeignKey("flags.flag_id", ondelete="CASCADE"), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_flag_events_flag_id", "flag_id"),
    Index("ix_flag_events_at", "at"),
    sqlite_autoincrement=True,  # a number is never given twice, even after its row was deleted
)

held_flags = Table(
    "held_flags",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    Column("flag_id", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("raised_s", Float, nullable=False),
    Column("body", Text, nullable=False),
    one_of("reason", HoldReason),
    UniqueConstraint("flag_id", "reason", "raised_s"),
    Index("ix_held_flags_call_id_raised_s", "call_id", "raised_s"),
)
