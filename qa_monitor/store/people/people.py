"""Accounts, teams, agents and covers as rows of named texts; passwords as hashes; sessions; the log of changes."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.people.changes import Change, Did, FieldChange, Logged, put
from qa_monitor.people.port import Kept, Password, Session, Written
from qa_monitor.people.records import AccountId, Directory, PeopleError
from qa_monitor.people.rows import Kind, cells_of, entry_of, id_of, kind_of
from qa_monitor.records.errors import StoreError
from qa_monitor.store.shared.codec import from_text, to_text
from qa_monitor.store.shared.running import Running
from qa_monitor.store.tables import schema

people, passwords, changes, sessions = schema.people, schema.passwords, schema.people_changes, schema.sessions


class SqlitePeople:
    """See `people.port.PeopleStore`. Made by the store."""

    def __init__(self, write: Running, read: Running) -> None:
        self._write, self._read = write, read

    async def load(self) -> Kept:
        return await self._read(load)

    async def write(self, written: Written) -> None:
        await self._write(lambda connection: write(connection, written))

    async def changes(self, limit: int) -> tuple[Logged, ...]:
        return await self._read(lambda connection: find_changes(connection, limit))

    async def begin_session(self, session: Session) -> None:
        await self._write(lambda connection: begin_session(connection, session))

    async def end_sessions(self, digests: Sequence[str]) -> None:
        if digests:
            await self._write(lambda connection: end_sessions(connection, digests))


def load(connection: Connection) -> Kept:
    """Everything. Raises `StoreError` for a row that this release cannot read."""
    return Kept(
        directory=load_directory(connection),
        passwords={
            AccountId(row.account_id): Password(
                account_id=AccountId(row.account_id), hashed=row.hashed, must_change=row.must_change, set_at=row.set_at
            )
            for row in connection.execute(select(passwords))
        },
        sessions=tuple(
            Session(
                digest=row.digest,
                account_id=None if row.account_id is None else AccountId(row.account_id),
                began_at=row.began_at,
            )
            for row in connection.execute(select(sessions))
        ),
    )


def load_directory(connection: Connection) -> Directory:
    """Rows in the order in which they refer to each other."""
    rows = connection.execute(select(people).order_by(people.c.id)).all()
    directory = Directory()
    for kind in Kind:
        for row in rows:
            if row.kind != kind.value:
                continue
            try:
                directory = put(directory, entry_of(kind, from_text(row.cells, dict[str, str])))
            except (PeopleError, ValueError) as error:
                raise StoreError(f"the {kind} {row.id!r} in the database cannot be read: {error}") from error
    return directory


def write(connection: Connection, written: Written) -> None:
    """Entries, a password, and the log of them."""
    for entry in written.put:
        cells = {"cells": to_text(cells_of(entry))}
        key = {"kind": kind_of(entry).value, "id": id_of(entry)}
        statement = upsert(people).values({**key, **cells})
        connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=cells))
    for kind, name in written.removed:
        connection.execute(delete(people).where(people.c.kind == kind.value, people.c.id == name))
    if written.password is not None:
        write_password(connection, written.password)
    for line in written.log:
        connection.execute(insert(changes).values(logged_cells(line)))


def write_password(connection: Connection, password: Password) -> None:
    """In place of the one before."""
    cells = {"hashed": password.hashed, "must_change": password.must_change, "set_at": password.set_at}
    statement = upsert(passwords).values({"account_id": password.account_id, **cells})
    connection.execute(statement.on_conflict_do_update(index_elements=["account_id"], set_=cells))


def begin_session(connection: Connection, session: Session) -> None:
    """Somebody logged in."""
    cells = {"digest": session.digest, "account_id": session.account_id, "began_at": session.began_at}
    connection.execute(insert(sessions).values(cells))


def end_sessions(connection: Connection, digests: Sequence[str]) -> None:
    """These are over."""
    connection.execute(delete(sessions).where(sessions.c.digest.in_(digests)))


def logged_cells(line: Logged) -> dict[str, object]:
    """One line of the log."""
    change = line.change
    return {
        "at": line.at,
        "by": line.by,
        "kind": change.kind.value,
        "whom": change.whom,
        "did": change.did.value,
        "fields": to_text(change.fields),
    }


def find_changes(connection: Connection, limit: int) -> tuple[Logged, ...]:
    """Newest first."""
    return tuple(
        Logged(
            change=Change(
                kind=Kind(row.kind),
                whom=row.whom,
                did=Did(row.did),
                fields=from_text(row.fields, tuple[FieldChange, ...]),
            ),
            by=row.by,
            at=row.at,
        )
        for row in connection.execute(select(changes).order_by(changes.c.id.desc()).limit(limit))
    )
