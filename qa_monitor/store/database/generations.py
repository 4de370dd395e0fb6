"""The run of numbers that changes of flags belong to. For open transactions."""

import secrets

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.store.tables import schema


def read_generation(connection: Connection) -> str:
    """The name of this run of numbers, made on first use."""
    found = connection.execute(select(schema.generations.c.generation)).scalar()
    return renew_generation(connection) if found is None else str(found)


def renew_generation(connection: Connection) -> str:
    """Name a new run of numbers: consoles that followed the old one start afresh."""
    generation = secrets.token_hex(4)
    statement = upsert(schema.generations).values(id=1, generation=generation)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"generation": generation}))
    return generation


def touch(connection: Connection) -> None:
    """Write something that changes nothing in the end."""
    kept = read_generation(connection)
    # writing the same bytes would not reach the disk at all: SQLite leaves that out
    connection.execute(update(schema.generations).values(generation=""))
    connection.execute(update(schema.generations).values(generation=kept))
