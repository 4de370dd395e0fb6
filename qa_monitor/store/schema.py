"""The tables, once for every database. A change here comes with a migration beside it; a test compares the two.

Nested records (words, prosody, dynamics, whole flags) are kept as JSON text, written by `codec.py`.
"""

from enum import StrEnum

from sqlalchemy import (
    DDL,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)

from alerts.records import FlagState, HoldReason, Priority
from qa_monitor.delivery.records import DeliveryEvent, DeliveryState
from qa_monitor.rules.verdicts import VerdictKind
from qa_monitor.store.columns import Instant
from qa_monitor.store.records import CallState
from streams.records import Consent, Direction, EndReason, GapReason, Language, Notice, Speaker


def one_of(column: str, choices: type[StrEnum]) -> CheckConstraint:
    """The column holds one of these words, or nothing where nothing is allowed."""
    words = ", ".join(f"'{choice.value}'" for choice in choices)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_known")


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

generations = Table(
    "generations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("generation", String, nullable=False),
    CheckConstraint("id = 1", name="single"),
)

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

utterances = Table(
    "utterances",
    metadata,
    Column("call_id", String, primary_key=True),
    Column("utterance_id", String, primary_key=True),
    Column("channel", Integer, nullable=False),
    Column("speaker", String, nullable=False),
    Column("start_s", Float, nullable=False),
    Column("end_s", Float, nullable=False),
    Column("text", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("trusted", Boolean(name="trusted_known", create_constraint=True), nullable=False),
    Column("timing", Text),
    Column("late", Boolean(name="late_known", create_constraint=True), nullable=False),
    one_of("language", Language),
    CheckConstraint("end_s >= start_s", name="forward"),
    # who speaks is what the call announced for that channel, nothing else
    ForeignKeyConstraint(
        ["call_id", "channel", "speaker"],
        ["call_channels.call_id", "call_channels.channel", "call_channels.speaker"],
        ondelete="CASCADE",
    ),
    UniqueConstraint("call_id", "utterance_id", "speaker"),
    Index("ix_utterances_call_id_start_s", "call_id", "start_s"),
)

# The lawful line, kept by the database itself: a row exists only for an utterance of a channel announced as the
# customer's, on a call with notice given and consent granted; nor can speaker or consent be changed while it exists.
# SQLite's shell starts with foreign keys off: the triggers below hold even there.
emotions = Table(
    "emotions",
    metadata,
    Column("call_id", String, primary_key=True),
    Column("utterance_id", String, primary_key=True),
    Column("channel_role", String, nullable=False),
    Column("notice", String, nullable=False),
    Column("consent", String, nullable=False),
    Column("anger", Float, nullable=False),
    Column("distress", Float, nullable=False),
    Column("neutral", Float, nullable=False),
    Column("happy", Float, nullable=False),
    Column("arousal", Float, nullable=False),
    Column("valence", Float, nullable=False),
    Column("certainty", Float, nullable=False),
    Column("enough", Boolean(name="enough_known", create_constraint=True), nullable=False),
    Column("prosody", Text, nullable=False),
    Column("explanation_en", Text, nullable=False),
    Column("explanation_fr", Text, nullable=False),
    CheckConstraint("channel_role = 'customer'", name="customer_only"),
    CheckConstraint("consent = 'granted' AND notice IN ('played', 'contract')", name="consent_given"),
    ForeignKeyConstraint(
        ["call_id", "utterance_id", "channel_role"],
        ["utterances.call_id", "utterances.utterance_id", "utterances.speaker"],
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["call_id", "notice", "consent"], ["calls.call_id", "calls.notice", "calls.consent"], ondelete="CASCADE"
    ),
)

EMOTION_TRIGGERS = tuple(
    f"""CREATE TRIGGER emotions_customer_only_{when.lower()} BEFORE {when} ON emotions
WHEN NOT EXISTS (
    SELECT 1 FROM utterances JOIN call_channels USING (call_id, channel) JOIN calls USING (call_id)
    WHERE utterances.call_id = NEW.call_id AND utterances.utterance_id = NEW.utterance_id
    AND utterances.speaker = 'customer' AND call_channels.speaker = 'customer'
    AND calls.consent = 'granted' AND calls.notice IN ('played', 'contract')
)
BEGIN SELECT RAISE(ABORT, 'emotion is kept for customers with notice and consent only'); END"""
    for when in ("INSERT", "UPDATE")
)
for trigger in EMOTION_TRIGGERS:
    # the library gives DDL no types
    statement = DDL(trigger)  # type: ignore[no-untyped-call]
    event.listen(emotions, "after_create", statement.execute_if(dialect="sqlite"))

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
    one_of("state", FlagState),
    CheckConstraint(f"priority BETWEEN {Priority.LOW:d} AND {Priority.HIGH:d}", name="priority_known"),
    CheckConstraint("(acknowledged_by IS NULL) = (acknowledged_at IS NULL)", name="acknowledged"),
    Index("ix_flags_call_id_raised_s", "call_id", "raised_s"),
    Index("ix_flags_state_sequence", "state", "sequence"),
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
    sqlite_autoincrement=True,  # a number is never given twice, even after its row was deleted
)

# Which changes of flags are still to be told to which other systems, and what became of it.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("target", String, nullable=False),
    Column("event", String, nullable=False),
    Column("sequence", Integer, ForeignKey("flag_events.sequence", ondelete="CASCADE"), nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("problem", String),
    one_of("event", DeliveryEvent),
    one_of("state", DeliveryState),
    CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled"),
    Index("ix_deliveries_target_state_due_at", "target", "state", "due_at"),
    Index("ix_deliveries_sequence", "sequence"),
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
