"""Calls of which sound was recorded that nobody has listened to yet."""

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table

from qa_monitor.store.tables.base import metadata

# Without its key the sound on the disk is noise. None: only the running service knows it, and the sound ends with it.
unheard = Table(
    "unheard",
    metadata,
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Column("key", LargeBinary, nullable=True),
    # Why the call cannot be judged even when all of this was listened to. None: nothing else is known to be missing.
    Column("blind", String, nullable=True),
)
