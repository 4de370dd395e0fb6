"""The outbox: for whom each change of a flag is meant, written in the transaction of the change itself.

What else is told is entered in `notices.py`.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select, update

from qa_monitor.delivery.notices import Notice
from qa_monitor.delivery.records import (
    Count,
    Delivery,
    DeliveryEvent,
    DeliveryState,
    FlagChange,
    News,
    Settlement,
    Tidied,
    Wants,
    delivery_key,
    event_of,
)
from qa_monitor.records.flags import StoredFlag
from qa_monitor.store.shared.codec import from_text
from qa_monitor.store.shared.running import Running
from qa_monitor.store.tables import schema

T = TypeVar("T")
MOST = 10_000
"""Deliveries of one target in each state. Beyond, the oldest waiting ones are given up, the oldest others removed."""
KEPT_FOR = timedelta(days=14)
"""How long settled deliveries are kept."""
TOO_MANY = "too many were waiting"
NO_TARGET = "no such target is configured"
table, events, flags, calls = schema.deliveries, schema.flag_events, schema.flags, schema.calls
WAITING = table.c.state == DeliveryState.WAITING.value


class SqliteOutbox:
    """See `delivery.port.Outbox`. Made by the store."""

    def __init__(self, write: Running, read: Running, wants: Wants | None) -> None:
        self._write, self._read, self._wants = write, read, wants

    def enter(self, connection: Connection, stored: StoredFlag, generation: str) -> None:
        """Enter a change of a flag, just numbered, for everyone who wants it. For open transactions."""
        if self._wants is not None:
            enter(connection, stored, generation, self._wants)

    async def due(self, target: str, now: datetime, limit: int) -> Sequence[Delivery]:
        own = (table.c.target == target, WAITING, table.c.due_at <= now)
        query = whole().where(*own).order_by(table.c.due_at, table.c.id).limit(limit)
        return await self._read(lambda connection: found(connection, query))

    async def next_due(self, target: str) -> datetime | None:
        query = select(table.c.due_at).where(table.c.target == target, WAITING).order_by(table.c.due_at).limit(1)
        return await self._read(lambda connection: connection.execute(query).scalar())

    async def settle(self, settlement: Settlement) -> None:
        await self._write(lambda connection: settle(connection, settlement))

    async def replay(self, *, keys: Collection[str] | None, target: str | None, now: datetime) -> int:
        return await self._write(lambda connection: replay(connection, keys, target, now))

    async def find(self, state: DeliveryState | None, target: str | None, limit: int) -> Sequence[Delivery]:
        query = whole().order_by(table.c.id.desc()).limit(limit)
        if state is not None:
            query = query.where(table.c.state == state.value)
        if target is not None:
            query = query.where(table.c.target == target)
        return await self._read(lambda connection: found(connection, query))

    async def counts(self) -> Sequence[Count]:
        return await self._read(count)

    async def tidy(self, known: Collection[str], now: datetime, most: int = MOST) -> Tidied:
        return await self._write(lambda connection: tidy(connection, known, now, most))


def enter(connection: Connection, stored: StoredFlag, generation: str, wants: Wants) -> None:
    """A row for each target that wants this change. A change of anything but the state is nobody's."""
    assert stored.sequence is not None
    own = (events.c.flag_id == stored.flag.flag_id, events.c.sequence <= stored.sequence)
    told = connection.execute(select(events).where(*own).order_by(events.c.sequence.desc()).limit(2)).all()
    before = from_text(told[1].body, StoredFlag).flag.state if len(told) > 1 else None
    event = event_of(before, stored.flag.state)
    if event is None:
        return
    tenant = connection.execute(select(calls.c.tenant).where(calls.c.call_id == stored.flag.call_id)).scalar_one()
    at = told[0].at
    for target in wants(FlagChange(event=event, stored=stored, tenant=tenant, at=at)):
        cells = {
            "key": delivery_key(generation, stored.sequence, target),
            "target": target,
            "event": event.value,
            "sequence": stored.sequence,
            "state": DeliveryState.WAITING.value,
            "attempts": 0,
            "entered_at": at,
            "due_at": at,
        }
        connection.execute(insert(table).values(cells))


def settle(connection: Connection, settlement: Settlement) -> None:
    """What an attempt led to."""
    over = settlement.state is not DeliveryState.WAITING
    cells = {
        "state": settlement.state.value,
        "attempts": settlement.attempts,
        "due_at": settlement.due_at,
        "settled_at": settlement.at if over else None,
        "problem": settlement.problem,
    }
    connection.execute(update(table).where(table.c.key == settlement.key).values(cells))


def replay(connection: Connection, keys: Collection[str] | None, target: str | None, now: datetime) -> int:
    """Settled ones wait again."""
    chosen = [~WAITING if keys is not None else table.c.state == DeliveryState.DEAD.value]
    if keys is not None:
        chosen.append(table.c.key.in_(keys))
    if target is not None:
        chosen.append(table.c.target == target)
    cells = {"state": DeliveryState.WAITING.value, "attempts": 0, "due_at": now, "settled_at": None}
    return connection.execute(update(table).where(*chosen).values(cells)).rowcount


def count(connection: Connection) -> Sequence[Count]:
    """By target and state."""
    by = (table.c.target, table.c.state)
    query = select(*by, func.count().label("times"), func.min(table.c.entered_at).label("oldest")).group_by(*by)
    return [
        Count(target=row.target, state=DeliveryState(row.state), count=row.times, oldest_at=row.oldest)
        for row in connection.execute(query.order_by(*by))
    ]


def tidy(connection: Connection, known: Collection[str], now: datetime, most: int) -> Tidied:
    """Give up and remove what is beyond the bounds."""
    given_up = give_up(connection, table.c.target.not_in(known), NO_TARGET, now)
    removed = connection.execute(table.delete().where(table.c.settled_at < now - KEPT_FOR)).rowcount
    for each in count(connection):
        if each.count <= most:
            continue
        own = (table.c.target == each.target, table.c.state == each.state.value)
        oldest = table.c.id.in_(select(table.c.id).where(*own).order_by(table.c.id).limit(each.count - most))
        if each.state is DeliveryState.WAITING:
            given_up += give_up(connection, oldest, TOO_MANY, now)
        else:
            removed += connection.execute(table.delete().where(oldest)).rowcount
    return Tidied(given_up=given_up, removed=removed)


def give_up(connection: Connection, which: ColumnElement[bool], problem: str, now: datetime) -> int:
    """Waiting ones become dead."""
    cells = {"state": DeliveryState.DEAD.value, "settled_at": now, "problem": problem}
    return connection.execute(update(table).where(WAITING, which).values(cells)).rowcount


def whole() -> Select[tuple[object, ...]]:
    """Deliveries with what they are about."""
    changes = table.outerjoin(events, events.c.sequence == table.c.sequence)
    joined = changes.outerjoin(flags, flags.c.flag_id == events.c.flag_id)
    columns = (*table.c, events.c.body.label("flag"), events.c.at, calls.c.tenant)
    return select(*columns).select_from(joined.outerjoin(calls, calls.c.call_id == flags.c.call_id))


def found(connection: Connection, query: Select[tuple[object, ...]]) -> Sequence[Delivery]:
    """What a query of whole deliveries gives."""
    return [delivery(row) for row in connection.execute(query)]


def news(row: Row[tuple[object, ...]]) -> News:
    """What is told by it."""
    if row.sequence is None:
        return from_text(row.body, Notice)
    stored = replace(from_text(row.flag, StoredFlag), sequence=row.sequence)
    return FlagChange(event=DeliveryEvent(row.event), stored=stored, tenant=row.tenant, at=row.at)


def delivery(row: Row[tuple[object, ...]]) -> Delivery:
    """One row with what it is about."""
    return Delivery(
        key=row.key,
        target=row.target,
        change=news(row),
        state=DeliveryState(row.state),
        attempts=row.attempts,
        entered_at=row.entered_at,
        due_at=row.due_at,
        settled_at=row.settled_at,
        problem=row.problem,
    )
