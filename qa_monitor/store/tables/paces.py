"""When what of a call came and became known: with its sound, enough to go through it again."""

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table

from qa_monitor.store.tables.base import metadata

paces = Table(
    "paces",
    metadata,
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)
