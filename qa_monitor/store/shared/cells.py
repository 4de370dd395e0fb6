"""What the rows of all tables are read from and written as."""

from sqlalchemy import Row

from streams.records import Language

Cells = dict[str, object]
"""Column names to values."""
AnyRow = Row[tuple[object, ...]]


def language_or_none(value: str | None) -> Language | None:
    """A language column."""
    return None if value is None else Language(value)
