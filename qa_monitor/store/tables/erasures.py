"""Proofs of calls that were deleted. They refer to nothing: what they are about is gone."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from qa_monitor.store.tables.base import metadata
from qa_monitor.store.tables.columns import Instant

erasures = Table(
    "erasures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_digest", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String, nullable=False),
    Column("rows", Text, nullable=False),
    Column("audio_files", Integer, nullable=False),
    Column("audio_bytes", Integer, nullable=False),
    Index("ix_erasures_call_digest", "call_digest"),
)
