"""Calls page by page, in the order in which they began: what is read is bounded, however many there are."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, and_, or_, select

from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.records.calls import CallState, StoredCall
from qa_monitor.store.calls.finds import count_flags, find_companies
from qa_monitor.store.calls.rows import stored_call
from qa_monitor.store.shared.running import Running
from qa_monitor.store.shared.sights import is_seen
from qa_monitor.store.tables import schema
from streams.records import CallId

PAGE = 500
"""Calls read together."""
calls = schema.calls


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """The last call of the page before."""

    started_at: datetime
    call_id: CallId


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which calls that are over; what is left out is not asked for."""

    since: datetime | None = None
    """Calls that began then or later."""
    until: datetime | None = None
    """Calls that began earlier."""
    tenant: str | None = None
    team: str | None = None
    """As the call ended."""
    agent_id: str | None = None
    sight: Sight = EVERYTHING
    after: After | None = None


class SqliteExports:
    """Made by the store."""

    def __init__(self, read: Running) -> None:
        self._read = read

    async def page(self, asked: Asked, limit: int = PAGE) -> tuple[StoredCall, ...]:
        """The next so many, the earliest first. Raises `StoreError`."""
        return await self._read(lambda connection: find_page(connection, asked, limit))

    async def pages(self, asked: Asked) -> AsyncIterator[tuple[StoredCall, ...]]:
        """All of them. Calls that come in meanwhile may be among them. Raises `StoreError`."""
        while page := await self.page(asked):
            yield page
            asked = replace(asked, after=after(page[-1]))


def after(stored: StoredCall) -> After:
    """Where the page after this call begins."""
    return After(started_at=stored.call.started_at, call_id=stored.call.call_id)


def find_page(connection: Connection, asked: Asked, limit: int) -> tuple[StoredCall, ...]:
    """By beginning, then by id."""
    query = select(calls).where(is_seen(asked.sight), calls.c.state != CallState.LIVE.value)
    if asked.since is not None:
        query = query.where(calls.c.started_at >= asked.since)
    if asked.until is not None:
        query = query.where(calls.c.started_at < asked.until)
    wanted = {"tenant": asked.tenant, "team": asked.team, "agent_id": asked.agent_id}
    query = query.where(*(calls.c[name] == cell for name, cell in wanted.items() if cell is not None))
    if asked.after is not None:
        at, call_id = asked.after.started_at, asked.after.call_id
        query = query.where(or_(calls.c.started_at > at, and_(calls.c.started_at == at, calls.c.call_id > call_id)))
    rows = connection.execute(query.order_by(calls.c.started_at, calls.c.call_id).limit(limit)).all()
    ids = [row.call_id for row in rows]
    companies, counts = find_companies(connection, ids), count_flags(connection, ids)
    return tuple(stored_call(row, companies[row.call_id], counts[row.call_id]) for row in rows)
