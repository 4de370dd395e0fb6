"""What the counts of themes come to when it is asked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from qa_monitor.store import schema
from qa_monitor.store.theme_sights import in_scope
from qa_monitor.themes.port import Example, Scope, Slot
from qa_monitor.themes.records import EVERY, Clip, Theme
from streams.records import CallId

counts, clips = schema.theme_counts, schema.theme_clips


def find_slots(connection: Connection, since: datetime, until: datetime) -> Sequence[Slot]:
    """Over all teams."""
    key = (counts.c.at, counts.c.tenant, counts.c.theme, counts.c.language)
    query = select(*key, func.sum(counts.c.calls).label("named")).where(counts.c.at >= since, counts.c.at < until)
    return tuple(
        Slot(tenant=row.tenant, theme=Theme(row.theme), language=row.language, at=row.at, calls=row.named)
        for row in connection.execute(query.group_by(*key))
    )


def find_callers(
    connection: Connection, tenant: str, themes: Sequence[Theme], since: datetime
) -> Mapping[Theme, frozenset[CallId]]:
    """By the examples that are kept."""
    found: dict[Theme, set[CallId]] = {theme: set() for theme in themes}
    query = select(clips.c.theme, clips.c.call_id).where(
        clips.c.tenant == tenant, clips.c.theme.in_(themes), clips.c.at >= since
    )
    for row in connection.execute(query):
        found[Theme(row.theme)].add(CallId(row.call_id))
    return {theme: frozenset(ids) for theme, ids in found.items()}


def find_sums(connection: Connection, scope: Scope, themes: Collection[Theme]) -> Mapping[Theme, int]:
    """Each call counts once: it is of one team and one language."""
    query = (
        select(counts.c.theme, func.sum(counts.c.calls).label("named"))
        .where(*in_scope(scope, counts), counts.c.theme.in_(sorted(themes)))
        .group_by(counts.c.theme)
    )
    return {Theme(row.theme): int(row.named) for row in connection.execute(query)}


def find_compared(connection: Connection, scope: Scope, since: datetime, least: int) -> Mapping[Theme, tuple[int, int]]:
    """Both in one pass over the counts."""
    now = func.sum(case((counts.c.at >= since, counts.c.calls), else_=0))
    before = func.sum(case((counts.c.at < since, counts.c.calls), else_=0))
    query = (
        select(counts.c.theme, now.label("now"), before.label("before"))
        .where(*in_scope(scope, counts), counts.c.theme != EVERY)
        .group_by(counts.c.theme)
        .having(now >= least)
    )
    return {Theme(row.theme): (int(row.now), int(row.before)) for row in connection.execute(query)}


def find_named(connection: Connection, theme: Theme, scope: Scope) -> int:
    """Calls that named one theme."""
    query = select(func.sum(counts.c.calls)).where(*in_scope(scope, counts), counts.c.theme == theme)
    return int(connection.execute(query).scalar() or 0)


def find_examples(connection: Connection, themes: Sequence[Theme], scope: Scope, each: int) -> Sequence[Example]:
    """The newest of each."""
    place = func.row_number().over(partition_by=clips.c.theme, order_by=(clips.c.at.desc(), clips.c.call_id))
    ranked = (
        select(clips, place.label("place"))
        .where(clips.c.theme.in_(themes), *in_scope(scope, clips, language=False))
        .subquery()
    )
    query = select(ranked).where(ranked.c.place <= each).order_by(ranked.c.theme, ranked.c.place)
    return tuple(
        Example(
            theme=Theme(row.theme),
            shown=row.shown,
            clip=Clip(call_id=CallId(row.call_id), at=row.at, start_s=row.start_s, end_s=row.end_s),
        )
        for row in connection.execute(query)
    )
