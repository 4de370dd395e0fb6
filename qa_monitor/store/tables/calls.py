"""A call, who was on it, what the customer answered, and where nothing of it was heard."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from qa_monitor.records.calls import CallState
from qa_monitor.store.tables.base import keep_to, metadata, one_of
from qa_monitor.store.tables.columns import Instant
from sentiment.hold import HoldCause
from streams.consent import Consent, ConsentSource, Notice
from streams.records import Direction, EndReason, GapReason, Language, Speaker

calls = Table(
    "calls",
    metadata,
    Column("call_id", String, primary_key=True),
    Column("tenant", String, nullable=False),
    Column("team", String, nullable=False),
    Column("agent_id", String, nullable=False),
    Column("direction", String, nullable=False),
    Column("language", String),
    Column("rate_hz", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("dialect", String, nullable=False),
    Column("notice", String, nullable=False),
    Column("consent", String, nullable=False),
    Column("metadata", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("ended_at", Instant),
    Column("end_reason", String),
    Column("duration_s", Float),
    Column("blind", String),
    Column("dynamics", Text),
    Column("paused", String),
    one_of("direction", Direction),
    one_of("language", Language),
    one_of("notice", Notice),
    one_of("consent", Consent),
    one_of("state", CallState),
    one_of("end_reason", EndReason),
    CheckConstraint("(state = 'live') = (ended_at IS NULL)", name="ended"),
    UniqueConstraint("call_id", "notice", "consent"),
    Index("ix_calls_state_started_at", "state", "started_at"),
    Index("ix_calls_started_at", "started_at"),
)
# few are: what waits to be transcribed is found without reading every call
Index("ix_calls_blind", calls.c.blind, sqlite_where=text("blind IS NOT NULL"))

call_channels = Table(
    "call_channels",
    metadata,
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Column("channel", Integer, primary_key=True, autoincrement=False),
    Column("speaker", String, nullable=False),
    one_of("speaker", Speaker),
    CheckConstraint("channel >= 0", name="channel_counted"),
    UniqueConstraint("call_id", "channel", "speaker"),
)

call_agents = Table(
    "call_agents",
    metadata,
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Column("from_s", Float, primary_key=True),
    Column("agent_id", String, nullable=False),
    Column("team", String, nullable=False),
    CheckConstraint("from_s >= 0", name="from_counted"),
)

# What customers were told and answered, one row each time: added to, never changed.
consents = Table(
    "consents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("at_s", Float),
    Column("notice", String, nullable=False),
    Column("consent", String, nullable=False),
    Column("source", String, nullable=False),
    Column("by", String, nullable=False),
    Column("reference", String, nullable=False),
    one_of("notice", Notice),
    one_of("consent", Consent),
    one_of("source", ConsentSource),
    Index("ix_consents_call_id", "call_id"),
)

CONSENT_TRIGGER = """CREATE TRIGGER consents_stay BEFORE UPDATE ON consents
BEGIN SELECT RAISE(ABORT, 'what a customer answered is added to, never changed'); END"""
keep_to(consents, CONSENT_TRIGGER)

gaps = Table(
    "gaps",
    metadata,
    Column("call_id", String, primary_key=True),
    Column("channel", Integer, primary_key=True, autoincrement=False),
    Column("start_s", Float, primary_key=True),
    Column("duration_s", Float, nullable=False),
    Column("reason", String, nullable=False),
    one_of("reason", GapReason),
    ForeignKeyConstraint(
        ["call_id", "channel"], ["call_channels.call_id", "call_channels.channel"], ondelete="CASCADE"
    ),
)

holds = Table(
    "holds",
    metadata,
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Column("start_s", Float, primary_key=True),
    Column("told_s", Float, nullable=False),
    Column("cause", String, nullable=False),
    Column("channel", Integer),
    Column("end_s", Float),
    Column("end_told_s", Float),
    one_of("cause", HoldCause),
    CheckConstraint("(end_s IS NULL) = (end_told_s IS NULL)", name="ended"),
)
