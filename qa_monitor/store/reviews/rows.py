"""Acts on a review as the cells of one row, and back."""

from collections.abc import Callable

from sqlalchemy import Row

from qa_monitor.records.errors import StoreError
from qa_monitor.reviews.records import (
    Acknowledge,
    Act,
    Answer,
    Assign,
    Begin,
    Close,
    Decide,
    Dispute,
    Event,
    Note,
    QuestionId,
    ReviewerId,
    ReviewId,
    Ruling,
    Submit,
    Value,
)

Cells = Row[tuple[object, ...]]
COLUMNS = ("reviewer", "question_id", "value", "ruling", "words")
KINDS: dict[str, Callable[[Cells], Act]] = {
    "assign": lambda row: Assign(reviewer=ReviewerId(row.reviewer), words=row.words),
    "begin": lambda row: Begin(),
    "answer": lambda row: Answer(question_id=QuestionId(row.question_id), value=Value(row.value), words=row.words),
    "note": lambda row: Note(words=row.words),
    "submit": lambda row: Submit(),
    "acknowledge": lambda row: Acknowledge(words=row.words),
    "dispute": lambda row: Dispute(question_id=QuestionId(row.question_id), words=row.words),
    "decide": lambda row: Decide(
        question_id=QuestionId(row.question_id),
        ruling=Ruling(row.ruling),
        words=row.words,
        value=None if row.value is None else Value(row.value),
    ),
    "close": lambda row: Close(words=row.words),
}
"""By the word a row carries: the name of its class in lower case."""


def event_cells(review_id: ReviewId, event: Event) -> dict[str, object]:
    """One row; columns that an act does not have stay empty."""
    cells = {column: getattr(event.act, column, None) for column in COLUMNS}
    return {
        **cells,
        "words": cells["words"] or "",
        "review_id": review_id,
        "kind": type(event.act).__name__.lower(),
        "by": event.by,
        "at": event.at,
    }


def event_of(row: Cells) -> Event:
    """What the row tells. Raises `StoreError` for an act of another release."""
    make = KINDS.get(row.kind)
    if make is None:
        raise StoreError(f"the database tells of {row.kind!r} done to a review, which this release does not know")
    return Event(act=make(row), by=row.by, at=row.at)
