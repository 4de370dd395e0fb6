"""What other systems are still to be told."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from qa_monitor.delivery.notices import NoticeEvent
from qa_monitor.delivery.records import DeliveryEvent, DeliveryState
from qa_monitor.store.tables.base import metadata, one_of
from qa_monitor.store.tables.columns import Instant

_EVENTS = ", ".join(f"'{event.value}'" for event in (*DeliveryEvent, *NoticeEvent))

# What is still to be told to which other systems, and what became of it: a change of a flag by its number,
# anything else with all there is to tell.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("target", String, nullable=False),
    Column("event", String, nullable=False),
    Column("sequence", Integer, ForeignKey("flag_events.sequence", ondelete="CASCADE")),
    Column("body", Text),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE")),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("problem", String),
    CheckConstraint(f"event IN ({_EVENTS})", name="event_known"),
    one_of("state", DeliveryState),
    CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled"),
    CheckConstraint("(sequence IS NULL) = (body IS NOT NULL)", name="told"),
    Index("ix_deliveries_target_state_due_at", "target", "state", "due_at"),
    Index("ix_deliveries_sequence", "sequence"),
    Index("ix_deliveries_call_id", "call_id"),
)
