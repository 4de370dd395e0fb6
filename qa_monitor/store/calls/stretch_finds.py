"""The queries that read gaps and holds."""

from sqlalchemy import Connection, select

from qa_monitor.records.holds import OnHold
from qa_monitor.store.calls.stretches import gap_record, hold_record
from qa_monitor.store.tables import schema
from streams.records import CallId, Gap


def find_gaps(connection: Connection, call_id: CallId) -> tuple[Gap, ...]:
    """By start."""
    table = schema.gaps
    query = select(table).where(table.c.call_id == call_id).order_by(table.c.start_s, table.c.channel)
    return tuple(gap_record(row) for row in connection.execute(query))


def find_holds(connection: Connection, call_id: CallId) -> tuple[OnHold, ...]:
    """By start."""
    table = schema.holds
    query = select(table).where(table.c.call_id == call_id).order_by(table.c.start_s)
    return tuple(hold_record(row) for row in connection.execute(query))
