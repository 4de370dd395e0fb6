"""Who listened to live calls."""

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Integer, String, Table

from qa_monitor.people.listening import Ending
from qa_monitor.store.tables.base import metadata, one_of
from qa_monitor.store.tables.columns import Instant

# Outlives its call: with it goes the name of the call, and what is left says who listened, to whom, and when.
listenings = Table(
    "listenings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="SET NULL"), index=True),
    Column("call_digest", String, nullable=False),
    Column("tenant", String, nullable=False),
    Column("team", String, nullable=False),
    Column("agent_id", String, nullable=False),
    Column("by", String, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("ending", String),
    Column("ended_at", Instant),
    Column("heard_s", Float, nullable=False),
    one_of("ending", Ending),
    CheckConstraint("ended_at IS NULL OR ending IS NOT NULL", name="ended"),
)
