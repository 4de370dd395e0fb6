"""The queries that write gaps and holds. Each is called inside an open transaction."""

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.records.holds import OnHold
from qa_monitor.store.calls.stretches import gap_cells, hold_cells
from qa_monitor.store.tables import schema
from streams.records import CallId, Gap


def save_on_hold(connection: Connection, hold: OnHold) -> None:
    """Keep a stretch on hold; one that begins at the same second replaces it."""
    cells = hold_cells(hold)
    key = ["call_id", "start_s"]
    connection.execute(upsert(schema.holds).values(cells).on_conflict_do_update(index_elements=key, set_=cells))


def save_joined_holds(
    connection: Connection, call_id: CallId, holds: Sequence[OnHold], gone_s: Sequence[float]
) -> None:
    """Keep these, and drop those that are a part of them."""
    table = schema.holds
    connection.execute(table.delete().where(table.c.call_id == call_id, table.c.start_s.in_(gone_s)))
    for hold in holds:
        save_on_hold(connection, hold)


def save_gap(connection: Connection, gap: Gap) -> None:
    """Keep a gap; one that begins at the same second replaces it."""
    cells = gap_cells(gap)
    key = ["call_id", "channel", "start_s"]
    connection.execute(upsert(schema.gaps).values(cells).on_conflict_do_update(index_elements=key, set_=cells))
