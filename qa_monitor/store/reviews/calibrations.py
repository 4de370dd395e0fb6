"""Blind calibrations: who is asked about which calls, what was handed in, and what the machine had said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select, update

from qa_monitor.records.errors import NotKept
from qa_monitor.reviews.calibration import (
    MACHINE,
    Calibration,
    CalibrationId,
    Given,
    NotNow,
    Said,
    Sheet,
    check_takes,
)
from qa_monitor.reviews.records import QuestionId, ReviewerId, Value
from qa_monitor.store.calls.saves import existing_call
from qa_monitor.store.shared.running import Running
from qa_monitor.store.tables import schema
from streams.records import CallId

table, sheets, answers = schema.calibrations, schema.calibration_sheets, schema.calibration_answers
asked_calls, asked = schema.calibration_calls, schema.calibration_reviewers


class SqliteCalibrations:
    """See `reviews.port.CalibrationStore`. Made by the store."""

    def __init__(self, write: Running, read: Running) -> None:
        self._write, self._read = write, read

    async def begin(self, calibration: Calibration) -> None:
        await self._write(lambda connection: begin(connection, calibration))

    async def hand_in(self, calibration_id: CalibrationId, sheet: Sheet) -> Calibration:
        return await self._write(lambda connection: hand_in(connection, calibration_id, sheet))

    async def close(self, calibration_id: CalibrationId, by: str, at: datetime) -> Calibration:
        return await self._write(lambda connection: close(connection, existing(connection, calibration_id), by, at))

    async def calibration(self, calibration_id: CalibrationId) -> Calibration | None:
        return await self._read(lambda connection: find_one(connection, calibration_id))

    async def calibrations(self, limit: int) -> tuple[Calibration, ...]:
        return await self._read(lambda connection: find(connection, limit=limit))

    async def open_for(self, reviewer: ReviewerId) -> tuple[Calibration, ...]:
        return await self._read(lambda connection: find_open_for(connection, reviewer))

    async def open_calls(self) -> frozenset[CallId]:
        return await self._read(find_open_calls)

    async def calibrated(self) -> Sequence[tuple[str, str]]:
        return await self._read(find_calibrated)

    async def said(self, scorecard_id: str, version: str) -> Sequence[Said]:
        return await self._read(lambda connection: find_said(connection, scorecard_id, version))


def begin(connection: Connection, new: Calibration) -> None:
    """A new one. Raises `NotKept` for a call that is not kept."""
    name = {"calibration_id": new.calibration_id}
    heads = {"title": new.title, "scorecard_id": new.scorecard_id, "version": new.version, "by": new.by, "at": new.at}
    connection.execute(insert(table).values({**name, **heads}))
    for call_id in new.calls:
        existing_call(connection, call_id)
        connection.execute(insert(asked_calls).values({**name, "call_id": call_id}))
    for reviewer in new.reviewers:
        connection.execute(insert(asked).values({**name, "reviewer": reviewer}))
    for said in new.machine:
        connection.execute(insert(answers).values({**name, **_cells(said, "")}))


def _cells(said: Said, words: str) -> dict[str, object]:
    return {
        "call_id": said.call_id,
        "reviewer": said.by,
        "question_id": said.question_id,
        "value": said.value.value,
        "words": words,
    }


def existing(connection: Connection, calibration_id: CalibrationId) -> Calibration:
    """Raises `NotKept`."""
    found = find_one(connection, calibration_id)
    if found is None:
        raise NotKept("calibration", calibration_id)
    return found


def hand_in(connection: Connection, calibration_id: CalibrationId, sheet: Sheet) -> Calibration:
    """One sheet; whoever hands in the last one closes it. Raises `NotNow`."""
    before = existing(connection, calibration_id)
    check_takes(before, sheet)
    key = {"calibration_id": calibration_id, "call_id": sheet.call_id, "reviewer": sheet.reviewer}
    connection.execute(insert(sheets).values({**key, "at": sheet.at}))
    for question_id, given in sheet.answers.items():
        said = Said(call_id=sheet.call_id, question_id=question_id, by=sheet.reviewer, value=given.value)
        connection.execute(insert(answers).values({**key, **_cells(said, given.words)}))
    now = replace(before, sheets=(*before.sheets, sheet))
    return close(connection, now, sheet.reviewer, sheet.at) if now.complete else now


def close(connection: Connection, open_one: Calibration, by: str, at: datetime) -> Calibration:
    """From now on everybody sees everything of it. Raises `NotNow`."""
    if open_one.closed:
        raise NotNow("this calibration is closed")
    own = table.c.calibration_id == open_one.calibration_id
    connection.execute(update(table).where(own).values(closed_by=by, closed_at=at))
    return replace(open_one, closed_by=by, closed_at=at)


def find_one(connection: Connection, calibration_id: CalibrationId) -> Calibration | None:
    """One of them."""
    found = find(connection, table.c.calibration_id == calibration_id)
    return found[0] if found else None


def find_open_for(connection: Connection, reviewer: ReviewerId) -> tuple[Calibration, ...]:
    """Those that still ask this person something."""
    own = select(asked.c.calibration_id).where(asked.c.reviewer == reviewer)
    return find(connection, table.c.closed_at.is_(None), table.c.calibration_id.in_(own))


def find_open_calls(connection: Connection) -> frozenset[CallId]:
    """Of every calibration that is not closed."""
    of_open = asked_calls.join(table, table.c.calibration_id == asked_calls.c.calibration_id)
    found = select(asked_calls.c.call_id).select_from(of_open).where(table.c.closed_at.is_(None))
    return frozenset(CallId(call_id) for call_id in connection.execute(found).scalars())


def find(connection: Connection, *those: ColumnElement[bool], limit: int | None = None) -> tuple[Calibration, ...]:
    """The newest first."""
    query = select(table).where(*those).order_by(table.c.at.desc(), table.c.calibration_id).limit(limit)
    found = []
    for row in connection.execute(query).all():
        name = CalibrationId(row.calibration_id)
        machine, handed_in = _answers(connection, name)
        calls = select(asked_calls.c.call_id).where(asked_calls.c.calibration_id == name)
        people = select(asked.c.reviewer).where(asked.c.calibration_id == name)
        found.append(
            Calibration(
                calibration_id=name,
                title=row.title,
                scorecard_id=row.scorecard_id,
                version=row.version,
                calls=tuple(CallId(each) for each in connection.scalars(calls.order_by(asked_calls.c.call_id))),
                reviewers=tuple(ReviewerId(each) for each in connection.scalars(people.order_by(asked.c.reviewer))),
                by=row.by,
                at=row.at,
                machine=machine,
                sheets=handed_in,
                closed_by=row.closed_by,
                closed_at=row.closed_at,
            )
        )
    return tuple(found)


def _answers(connection: Connection, name: CalibrationId) -> tuple[tuple[Said, ...], tuple[Sheet, ...]]:
    """The machine's answers, and the sheets of people in the order in which they were handed in."""
    machine: list[Said] = []
    given: dict[tuple[str, str], dict[QuestionId, Given]] = {}
    own = answers.c.calibration_id == name
    for row in connection.execute(select(answers).where(own).order_by(answers.c.call_id, answers.c.question_id)):
        if row.reviewer == MACHINE:
            machine.append(_said(row.call_id, row.question_id, row.reviewer, row.value))
        else:
            said = Given(value=Value(row.value), words=row.words)
            given.setdefault((row.call_id, row.reviewer), {})[QuestionId(row.question_id)] = said
    rows = connection.execute(select(sheets).where(sheets.c.calibration_id == name).order_by(sheets.c.at))
    handed_in = tuple(
        Sheet(
            call_id=CallId(row.call_id),
            reviewer=ReviewerId(row.reviewer),
            at=row.at,
            answers=given.get((row.call_id, row.reviewer), {}),
        )
        for row in rows
    )
    return tuple(machine), handed_in


def find_calibrated(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Each version once."""
    query = select(table.c.scorecard_id, table.c.version).where(table.c.closed_at.is_not(None)).distinct()
    return tuple(
        (row.scorecard_id, row.version)
        for row in connection.execute(query.order_by(table.c.scorecard_id, table.c.version))
    )


def find_said(connection: Connection, scorecard_id: str, version: str) -> tuple[Said, ...]:
    """Every answer of closed calibrations; a call that is in several of them counts with its last one."""
    closed = (table.c.scorecard_id == scorecard_id, table.c.version == version, table.c.closed_at.is_not(None))
    query = select(answers).join(table, table.c.calibration_id == answers.c.calibration_id).where(*closed)
    return tuple(
        _said(row.call_id, row.question_id, row.reviewer, row.value)
        for row in connection.execute(query.order_by(table.c.closed_at))
    )


def _said(call_id: str, question_id: str, by: str, value: str) -> Said:
    return Said(call_id=CallId(call_id), question_id=QuestionId(question_id), by=ReviewerId(by), value=Value(value))
