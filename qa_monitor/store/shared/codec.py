"""Nested records to the JSON text kept in a column, and back. Adapter: msgspec."""

import math
from typing import TypeVar

import msgspec

from alerts.care import Care
from alerts.records import RedFlag
from qa_monitor.delivery.notices import Notice
from qa_monitor.people.changes import FieldChange
from qa_monitor.records.errors import StoreError
from qa_monitor.records.flags import StoredFlag
from qa_monitor.scorecards.records import Scorecard, Span
from sentiment.records import Course, Dynamics, Prosody
from streams.records import Sought, Timing, Word

Kept = TypeVar(
    "Kept",
    RedFlag,
    StoredFlag,
    Care,
    Dynamics,
    Course,
    Prosody,
    Timing,
    tuple[Word, ...],
    tuple[Sought, ...],
    dict[str, str],
    tuple[FieldChange, ...],
    tuple[Span, ...],
    Scorecard,
    Notice,
)


def to_text(record: Kept) -> str:
    """One record as JSON. Raises `StoreError` for what could not be read back, such as an infinite number."""
    if not finite(msgspec.to_builtins(record)):
        raise StoreError(f"{type(record).__name__} holds a number that is not finite")
    return msgspec.json.encode(record).decode()


def finite(value: object) -> bool:
    """No infinite or undefined number hides in these nested dicts and lists: JSON has none."""
    if isinstance(value, dict):
        return all(finite(inner) for inner in value.values())
    if isinstance(value, list | tuple):
        return all(finite(inner) for inner in value)
    return not isinstance(value, float) or math.isfinite(value)


def from_text(text: str, kind: type[Kept]) -> Kept:
    """The record a text was made from. Raises `ValueError` for anything else."""
    return msgspec.json.decode(text, type=kind)
