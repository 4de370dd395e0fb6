"""Answers and waits from CSV files: every mistake with its line. Pure."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from qa_monitor.reports.customers import CustomerError, Survey, SurveyKind, Wait

MOST_PROBLEMS = 100
SURVEY_COLUMNS = ("survey_id", "call_id", "kind", "value", "answered_at")
WAIT_COLUMNS = ("wait_id", "began_at", "waited_s", "answered")
WAIT_MORE = ("call_id", "tenant", "team", "queue")
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}

Item = TypeVar("Item", Survey, Wait)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A line that cannot be used."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Generic[Item]):
    """What a file holds. With a problem, nothing of it is to be taken."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...]


def read_surveys(text: str) -> Read[Survey]:
    """Columns `survey_id`, `call_id`, `kind`, `value`, `answered_at`; others are left alone."""
    return _read(text, SURVEY_COLUMNS, _survey)


def read_waits(text: str) -> Read[Wait]:
    """Columns `wait_id`, `began_at`, `waited_s`, `answered`, and `call_id`, `tenant`, `team`, `queue` where known."""
    return _read(text, WAIT_COLUMNS, _wait)


def _read(text: str, needed: tuple[str, ...], make: Callable[[Mapping[str, str]], Item]) -> Read[Item]:
    # spreadsheets write a mark in front, and in some countries semicolons
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    missing = [name for name in needed if name not in (rows.fieldnames or ())]
    if missing:
        return Read(items=(), problems=(Problem(line=1, problem=f"columns are missing: {', '.join(missing)}"),))
    items: list[Item] = []
    problems: list[Problem] = []
    try:
        for row in rows:
            try:
                items.append(
                    make({name: (value or "").strip() for name, value in row.items() if isinstance(name, str)})
                )
            except ValueError as error:
                problems.append(Problem(line=rows.line_num, problem=str(error)))
    except csv.Error as error:
        problems.append(Problem(line=rows.line_num, problem=str(error)))
    return Read(items=tuple(items), problems=tuple(problems[:MOST_PROBLEMS]))


def _survey(row: Mapping[str, str]) -> Survey:
    kind = row["kind"].lower()
    if kind not in tuple(SurveyKind):
        raise CustomerError(field="kind", found=row["kind"], allowed=", ".join(SurveyKind))
    if not row["value"].isdecimal():
        raise CustomerError(field="value", found=row["value"], allowed="a whole number")
    return Survey(
        survey_id=row["survey_id"],
        call_id=row["call_id"],
        kind=SurveyKind(kind),
        value=int(row["value"]),
        answered_at=_instant("answered_at", row["answered_at"]),
    )


def _wait(row: Mapping[str, str]) -> Wait:
    answered = _YES_NO.get(row["answered"].lower())
    if answered is None:
        raise CustomerError(field="answered", found=row["answered"], allowed="yes, no")
    try:
        waited_s = float(row["waited_s"])
    except ValueError:
        raise CustomerError(field="waited_s", found=row["waited_s"], allowed="seconds, 0 to 86400") from None
    return Wait(
        wait_id=row["wait_id"],
        call_id=row.get("call_id") or None,
        tenant=row.get("tenant") or "default",
        team=row.get("team", ""),
        queue=row.get("queue", ""),
        began_at=_instant("began_at", row["began_at"]),
        waited_s=waited_s,
        answered=answered,
    )


def _instant(field: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise CustomerError(field=field, found=text, allowed="a time with its zone, 2026-03-02T12:00:00Z") from None
