"""Which counts and examples of themes are no longer kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from qa_monitor.store.tables import schema
from qa_monitor.themes.records import EVERY, FEWEST_CALLS, REASON
from qa_monitor.themes.sayers import MOST_EXAMPLES

counts, clips = schema.theme_counts, schema.theme_clips

KEPT = timedelta(days=35)
"""How long counts are kept: four weeks to compare the running one with."""
RARE_AFTER = timedelta(days=2)
"""So long a term has to be named by `FEWEST_CALLS` calls, or its counts go."""
Key = dict[str, object]


def drop_old(connection: Connection, now: datetime) -> None:
    """Counts and examples of calls too long ago."""
    connection.execute(delete(counts).where(counts.c.at < now - KEPT))
    connection.execute(delete(clips).where(clips.c.at < now - KEPT))


def find_rare(connection: Connection, now: datetime) -> frozenset[str]:
    """Terms that too few calls named, over all the time kept; reasons stay, and what was named lately."""
    query = (
        select(counts.c.theme)
        .where(counts.c.theme.not_like(f"{REASON}%"), counts.c.theme != EVERY)
        .group_by(counts.c.theme)
        .having(func.sum(counts.c.calls) < FEWEST_CALLS, func.max(counts.c.at) < now - RARE_AFTER)
    )
    return frozenset(connection.execute(query).scalars())


def find_counts_of(connection: Connection, themes: frozenset[str], since: datetime, until: datetime) -> Sequence[Key]:
    """The keys of all counts of these themes."""
    query = select(*counts.primary_key).where(counts.c.at >= since, counts.c.at < until)
    return [dict(row._mapping) for row in connection.execute(query) if row.theme in themes]


def find_surplus(connection: Connection, rare: frozenset[str]) -> Sequence[Key]:
    """The keys of examples of rare terms, and of all but the newest of the others."""
    place = func.row_number().over(partition_by=clips.c.theme, order_by=(clips.c.at.desc(), clips.c.call_id))
    ranked = select(clips.c.theme, clips.c.call_id, place.label("place")).subquery()
    return [
        {"theme": row.theme, "call_id": row.call_id}
        for row in connection.execute(select(ranked))
        if row.place > MOST_EXAMPLES or row.theme in rare
    ]
