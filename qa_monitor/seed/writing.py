"""Puts made calls into the database. The one place that knows which tables a seeded call fills, and in which order."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, Table, insert

from qa_monitor.people.records import Entry
from qa_monitor.people.rows import cells_of, id_of, kind_of
from qa_monitor.seed.rows import LINES, Batch
from qa_monitor.store.library.facts import keep_facts
from qa_monitor.store.reports.figures import keep_figures, keep_repeats, make_figures
from qa_monitor.store.shared.codec import to_text
from qa_monitor.store.tables import schema
from qa_monitor.store.tables.words import OF_NEW_UTTERANCES, trigger
from qa_monitor.store.whole_calls.imports import BEFORE_WORDS

AFTER_WORDS = (
    schema.emotions,
    schema.courses,
    schema.flags,
    schema.flag_events,
    schema.shown_flags,
    schema.verdicts,
    schema.held_flags,
    schema.call_scores,
    schema.score_answers,
)
"""What follows what is said, in the same order."""
INSERT_LINES = f"INSERT INTO utterances ({', '.join(LINES)}) VALUES ({', '.join('?' * len(LINES))})"


def write(connection: Connection, batch: Batch) -> int:
    """Put calls into the open transaction, with what the store works out of them; gives how many rows were made."""
    with words_apart(connection):
        for table in BEFORE_WORDS:
            _insert(connection, table, batch)
        connection.exec_driver_sql(INSERT_LINES, list(batch.lines))
    for table in AFTER_WORDS:
        _insert(connection, table, batch)
    keep_facts(connection, list(batch.calls))
    while figures := make_figures(connection, len(batch.calls)):
        keep_figures(connection, figures)
    keep_repeats(connection, {call_id: told for call_id, told in batch.calls.items()})
    return len(batch.lines) + sum(map(len, batch.rows.values()))


def _insert(connection: Connection, table: Table, batch: Batch) -> None:
    if rows := batch.rows.get(table.name):
        connection.execute(insert(table), list(rows))


@contextmanager
def words_apart(connection: Connection) -> Iterator[None]:
    """Within an open transaction, utterances come without a look at the index of words each: it is entered by call."""
    for name in OF_NEW_UTTERANCES:
        connection.exec_driver_sql(f"DROP TRIGGER words_{name}")
    yield
    for name in OF_NEW_UTTERANCES:
        connection.exec_driver_sql(trigger(name))


def write_people(connection: Connection, entries: Iterable[Entry], known: Mapping[tuple[str, str], object]) -> int:
    """Everyone who is not there yet; those who are stay as they are. Gives how many."""
    rows = [
        {"kind": kind_of(entry).value, "id": id_of(entry), "cells": to_text(cells_of(entry))}
        for entry in entries
        if (kind_of(entry).value, id_of(entry)) not in known
    ]
    if rows:
        connection.execute(insert(schema.people), rows)
    return len(rows)
