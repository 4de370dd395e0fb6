"""Reports that are delivered by themselves, and which periods were begun."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.records.errors import StoreError
from qa_monitor.reports.schedules import Run, RunState, Schedule, cells_of, schedule_of
from qa_monitor.store.shared.codec import from_text, to_text
from qa_monitor.store.shared.running import Running
from qa_monitor.store.tables import schema

schedules, runs = schema.report_schedules, schema.report_runs


class SqliteSchedules:
    """See `reports.port.ScheduleStore`. Made by the store."""

    def __init__(self, write: Running, read: Running) -> None:
        self._write, self._read = write, read

    async def schedules(self) -> Sequence[Schedule]:
        return await self._read(find_schedules)

    async def put(self, schedule: Schedule) -> None:
        await self._write(lambda connection: put(connection, schedule))

    async def remove(self, schedule_id: str) -> bool:
        return await self._write(lambda connection: remove(connection, schedule_id))

    async def runs(self, limit: int) -> Sequence[Run]:
        return await self._read(lambda connection: find_runs(connection, limit))

    async def claim(self, run: Run, now: datetime) -> bool:
        return await self._write(lambda connection: claim(connection, run, now))

    async def settle(self, run: Run, state: RunState, now: datetime, problem: str | None) -> None:
        await self._write(lambda connection: settle(connection, run, state, now, problem))


def find_schedules(connection: Connection) -> Sequence[Schedule]:
    """Oldest first. Raises `StoreError` for a row that this release cannot read."""
    found = []
    for row in connection.execute(select(schedules).order_by(schedules.c.made_at, schedules.c.schedule_id)):
        try:
            found.append(schedule_of(row.schedule_id, from_text(row.cells, dict[str, str])))
        except (ValueError, KeyError) as error:
            raise StoreError(f"the report schedule {row.schedule_id!r} in the database cannot be read") from error
    return found


def put(connection: Connection, schedule: Schedule) -> None:
    """In place of the one of the same id."""
    cells = {"made_at": schedule.made_at, "cells": to_text(cells_of(schedule))}
    statement = upsert(schedules).values(schedule_id=schedule.schedule_id, **cells)
    connection.execute(statement.on_conflict_do_update(index_elements=["schedule_id"], set_=cells))


def remove(connection: Connection, schedule_id: str) -> bool:
    """With its runs; whether it was there."""
    return connection.execute(delete(schedules).where(schedules.c.schedule_id == schedule_id)).rowcount > 0


def find_runs(connection: Connection, limit: int) -> Sequence[Run]:
    """Newest first."""
    query = select(runs).order_by(runs.c.at.desc(), runs.c.schedule_id).limit(limit)
    return [
        Run(
            schedule_id=row.schedule_id,
            period=row.period,
            first=row.first,
            last=row.last,
            state=RunState(row.state),
            attempts=row.attempts,
            at=row.at,
            problem=row.problem,
        )
        for row in connection.execute(query)
    ]


def claim(connection: Connection, run: Run, now: datetime) -> bool:
    """Begin it, unless it was begun before or its schedule is gone."""
    if (
        connection.execute(select(schedules.c.schedule_id).where(schedules.c.schedule_id == run.schedule_id)).first()
        is None
    ):
        return False
    cells = {"state": RunState.STARTED.value, "attempts": 1, "at": now}
    key = {"schedule_id": run.schedule_id, "period": run.period}
    first = upsert(runs).values(**key, first=run.first, last=run.last, **cells).on_conflict_do_nothing()
    if connection.execute(first).rowcount > 0:
        return True
    waiting = and_(_is(run), runs.c.state == RunState.WAITING.value)
    again = {"state": RunState.STARTED.value, "attempts": runs.c.attempts + 1, "at": now}
    return connection.execute(update(runs).where(waiting).values(again)).rowcount > 0


def settle(connection: Connection, run: Run, state: RunState, now: datetime, problem: str | None) -> None:
    """Note what became of it; of one that was begun, and of no other."""
    begun = and_(_is(run), runs.c.state == RunState.STARTED.value)
    connection.execute(update(runs).where(begun).values(state=state.value, at=now, problem=problem))


def _is(run: Run) -> ColumnElement[bool]:
    return and_(runs.c.schedule_id == run.schedule_id, runs.c.period == run.period)
