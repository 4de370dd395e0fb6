"""What was said in a call."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from qa_monitor.store.tables.base import metadata, one_of
from streams.records import Language

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
    Column("sought", Text),
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
