"""What the counts of themes come to when it is asked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from qa_monitor.store.tables import schema
from qa_monitor.store.themes.sights import in_scope
from qa_monitor.themes.grouping import Callers
from qa_monitor.themes.port import Example, Scope, Slot
from qa_monitor.themes.records import EVERY, Clip, Theme
from qa_monitor.themes.sayers import EVER, MOST_EXAMPLES, Sayers
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


def find_callers(connection: Connection, tenant: str, themes: Sequence[Theme], begin: datetime) -> Callers:
    """By the examples that are kept: the newest of each theme, over all tenants."""
    named = clips.c.theme.in_(themes)
    kept = select(clips.c.theme, func.count().label("times"), func.min(clips.c.at).label("first")).where(named)
    since = {
        Theme(row.theme): row.first if row.times >= MOST_EXAMPLES else EVER
        for row in connection.execute(kept.group_by(clips.c.theme))
    }
    found: dict[Theme, dict[CallId, datetime]] = {theme: {} for theme in themes}
    query = select(clips.c.theme, clips.c.call_id, clips.c.at)
    for row in connection.execute(query.where(named, clips.c.tenant == tenant, clips.c.at >= begin)):
        found[Theme(row.theme)][CallId(row.call_id)] = row.at
    return {theme: Sayers(calls=calls, known_since=since.get(theme, EVER)) for theme, calls in found.items()}


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
