"""Which recordings were brought in: none twice."""

from sqlalchemy import Column, String, Table

from qa_monitor.store.tables.base import metadata
from qa_monitor.store.tables.columns import Instant

# The digest tells a recording whatever its name. No key to the call: one that was deleted is not brought in again.
imports = Table(
    "imports",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("call_id", String, nullable=False),
    Column("at", Instant, nullable=False),
)
