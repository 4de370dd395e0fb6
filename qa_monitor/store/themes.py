"""Counts of themes, examples and surges. Counting adds to narrow rows; what is shown is summed when it is asked."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import (
    Connection,
    Delete,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.delivery.notices import surged
from qa_monitor.people.sight import Sight
from qa_monitor.store import schema
from qa_monitor.store.deliveries import Running
from qa_monitor.store.notices import Notices, Tell, tell_nobody
from qa_monitor.store.records import BACKLOG, LATER, CallState
from qa_monitor.store.theme_sights import in_scope, team_is_seen
from qa_monitor.themes.port import Example, Scope, Slot
from qa_monitor.themes.records import EVERY, FEWEST_CALLS, REASON, Clip, Counted, Ended, Said, Surge, SurgeId, Theme
from streams.records import CallId, Language, Speaker

calls, utterances = schema.calls, schema.utterances
marks, counts, clips, surges = schema.theme_calls, schema.theme_counts, schema.theme_clips, schema.theme_surges

KEPT = timedelta(days=35)
"""How long counts are kept: four weeks to compare the running one with."""
RARE_AFTER = timedelta(days=2)
"""So long a term has to be named by `FEWEST_CALLS` calls, or its counts go."""
AT_ONCE = 500
"""Rows dropped in one write."""
Key = dict[str, object]
MOST_CLIPS = 40
"""Examples kept of each theme, the newest."""
LATE = timedelta(minutes=15)
"""How long the text of a call is waited for that is transcribed after it."""


class SqliteThemes:
    """See `themes.port.ThemeStore`. Made by the store."""

    def __init__(self, write: Running, read: Running, notices: Notices) -> None:
        self._write, self._read, self._notices = write, read, notices

    async def uncounted(self, since: datetime, until: datetime, limit: int) -> Sequence[Ended]:
        return await self._read(lambda connection: find_uncounted(connection, since, until, limit))

    async def count(self, counted: Sequence[Counted], now: datetime) -> None:
        await self._write(lambda connection: add_counts(connection, counted, now))

    async def slots(self, since: datetime, until: datetime) -> Sequence[Slot]:
        return await self._read(lambda connection: find_slots(connection, since, until))

    async def callers(self, tenant: str, themes: Sequence[Theme], since: datetime) -> Mapping[Theme, frozenset[CallId]]:
        return await self._read(lambda connection: find_callers(connection, tenant, themes, since))

    async def sums(self, scope: Scope, themes: Collection[Theme]) -> Mapping[Theme, int]:
        return await self._read(lambda connection: find_sums(connection, scope, themes))

    async def compared(self, scope: Scope, since: datetime, least: int) -> Mapping[Theme, tuple[int, int]]:
        return await self._read(lambda connection: find_compared(connection, scope, since, least))

    async def volume(self, scope: Scope) -> int:
        return await self.named(EVERY, scope)

    async def named(self, theme: Theme, scope: Scope) -> int:
        return await self._read(lambda connection: find_named(connection, theme, scope))

    async def examples(self, themes: Sequence[Theme], scope: Scope, each: int) -> Sequence[Example]:
        return await self._read(lambda connection: find_examples(connection, themes, scope, each))

    async def teams(self, sight: Sight) -> Sequence[str]:
        query = select(counts.c.team).where(counts.c.theme == EVERY, team_is_seen(sight, counts)).distinct()
        return await self._read(lambda connection: tuple(sorted(connection.execute(query).scalars())))

    async def surges(self, ended_since: datetime) -> Sequence[Surge]:
        query = select(surges).where(surges.c.ended_at.is_(None) | (surges.c.ended_at >= ended_since))
        return await self._read(lambda connection: find_surges(connection, query))

    async def surge(self, surge_id: SurgeId) -> Surge | None:
        return await self._read(lambda connection: find_surge(connection, surge_id))

    async def save_surge(self, surge: Surge) -> Surge:
        kept = await self._write(lambda connection: save_surge(connection, surge, self._notices.enter))
        self._notices.entered()
        return kept

    async def acknowledge(self, surge_id: SurgeId, by: str, at: datetime) -> Surge | None:
        return await self._write(lambda connection: acknowledge(connection, surge_id, by, at))

    async def tidy(self, now: datetime, since: datetime) -> None:
        await self._write(lambda connection: drop_old(connection, now))
        rare = await self._read(lambda connection: find_rare(connection, now))
        rows = await self._read(
            lambda connection: find_counts_of(connection, rare, since - RARE_AFTER, now - RARE_AFTER)
        )
        await self._drop(counts, rows)
        await self._drop(clips, await self._read(lambda connection: find_surplus(connection, rare)))

    async def _drop(self, table: Table, keys: Sequence[Key]) -> None:
        """By their keys, and in slices: calls are written in between."""
        own = and_(*(column == bindparam(f"key_{column.name}") for column in table.primary_key))
        for start in range(0, len(keys), AT_ONCE):
            some = [{f"key_{name}": value for name, value in key.items()} for key in keys[start : start + AT_ONCE]]
            await self._write(partial(_executed, statement=delete(table).where(own), rows=some))

    async def forget(self) -> None:
        def drop(connection: Connection) -> None:
            for table in (marks, counts, clips):
                connection.execute(delete(table))

        await self._write(drop)


def find_uncounted(connection: Connection, since: datetime, until: datetime, limit: int) -> Sequence[Ended]:
    """With what their customers said, as far as the text is trusted."""
    query = (
        select(calls.c.call_id, calls.c.tenant, calls.c.team, calls.c.started_at)
        .outerjoin(marks, marks.c.call_id == calls.c.call_id)
        .where(
            calls.c.state != CallState.LIVE.value,
            calls.c.started_at >= since,
            calls.c.ended_at <= until,
            marks.c.call_id.is_(None),
            calls.c.blind.is_(None) | calls.c.blind.not_in((BACKLOG, LATER)) | (calls.c.ended_at <= until - LATE),
        )
        .order_by(calls.c.started_at, calls.c.call_id)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    said: dict[str, list[Said]] = defaultdict(list)
    texts = (
        select(utterances.c.call_id, utterances.c.start_s, utterances.c.end_s, utterances.c.text, utterances.c.language)
        .where(
            utterances.c.call_id.in_([row.call_id for row in rows]),
            utterances.c.speaker == Speaker.CUSTOMER.value,
            utterances.c.trusted,
        )
        .order_by(utterances.c.call_id, utterances.c.start_s)
    )
    for row in connection.execute(texts):
        one = Said(start_s=row.start_s, end_s=row.end_s, text=row.text, language=Language(row.language))
        said[row.call_id].append(one)
    return tuple(
        Ended(
            call_id=CallId(row.call_id),
            tenant=row.tenant,
            team=row.team,
            started_at=row.started_at,
            said=tuple(said[row.call_id]),
        )
        for row in rows
    )


def add_counts(connection: Connection, counted: Sequence[Counted], now: datetime) -> None:
    """One row per theme and ten minutes, and one example per theme and call."""
    for call in counted:
        # a call may be deleted while it is counted
        there = connection.execute(select(calls.c.call_id).where(calls.c.call_id == call.call_id)).first()
        mark = upsert(marks).values(call_id=call.call_id, counted_at=now).on_conflict_do_nothing()
        if there is None or not connection.execute(mark).rowcount:
            continue
        key = {"at": call.at, "tenant": call.tenant, "team": call.team, "language": call.language or ""}
        added = upsert(counts).on_conflict_do_update(
            index_elements=["at", "tenant", "theme", "team", "language"], set_={"calls": counts.c.calls + 1}
        )
        connection.execute(added, [{**key, "theme": theme, "calls": 1} for theme in (EVERY, *call.themes)])
        examples = [
            {
                "theme": theme,
                "call_id": call.call_id,
                "tenant": call.tenant,
                "team": call.team,
                "at": call.at,
                "start_s": place.start_s,
                "end_s": place.end_s,
                "shown": place.shown,
            }
            for theme, place in call.themes.items()
        ]
        if examples:
            connection.execute(upsert(clips).on_conflict_do_nothing(), examples)


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


def find_surges(connection: Connection, query: Select[tuple[object, ...]]) -> Sequence[Surge]:
    """The latest found first."""
    ordered = query.order_by(surges.c.found_at.desc(), surges.c.surge_id.desc())
    return tuple(surge_of(row) for row in connection.execute(ordered))


def find_surge(connection: Connection, surge_id: SurgeId) -> Surge | None:
    """One."""
    row = connection.execute(select(surges).where(surges.c.surge_id == surge_id)).first()
    return None if row is None else surge_of(row)


def surge_of(row: Row[tuple[object, ...]]) -> Surge:
    """One row."""
    cells = row._mapping
    return Surge(
        surge_id=SurgeId(cells["surge_id"]),
        tenant=cells["tenant"],
        themes=tuple(Theme(theme) for theme in cells["themes"].split("\n")),
        began_at=cells["began_at"],
        found_at=cells["found_at"],
        calls=cells["calls"],
        expected=cells["expected"],
        evidence=cells["evidence"],
        ended_at=cells["ended_at"],
        acknowledged_by=cells["acknowledged_by"],
        acknowledged_at=cells["acknowledged_at"],
    )


def save_surge(connection: Connection, surge: Surge, tell: Tell = tell_nobody) -> Surge:
    """New, or changed. Other systems are told of its beginning and its end."""
    before = None if surge.surge_id is None else find_surge(connection, surge.surge_id)
    cells = {
        "tenant": surge.tenant,
        "themes": "\n".join(surge.themes),
        "began_at": surge.began_at,
        "found_at": surge.found_at,
        "calls": surge.calls,
        "expected": surge.expected,
        "evidence": surge.evidence,
        "ended_at": surge.ended_at,
    }
    if surge.surge_id is None:
        number = connection.execute(insert(surges).values(cells).returning(surges.c.surge_id)).scalar_one()
    else:
        number = surge.surge_id
        connection.execute(update(surges).where(surges.c.surge_id == number).values(cells))
    kept = _existing(connection, SurgeId(number))
    notice = surged(before, kept)
    if notice is not None:
        tell(connection, notice)
    return kept


def acknowledge(connection: Connection, surge_id: SurgeId, by: str, at: datetime) -> Surge | None:
    """The first to say so is kept."""
    known = {"acknowledged_by": by, "acknowledged_at": at}
    fresh = surges.c.acknowledged_at.is_(None)
    connection.execute(update(surges).where(surges.c.surge_id == surge_id, fresh).values(known))
    return find_surge(connection, surge_id)


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
        if row.place > MOST_CLIPS or row.theme in rare
    ]


def _executed(connection: Connection, statement: Delete, rows: list[Key]) -> None:
    connection.execute(statement, rows)


def _existing(connection: Connection, surge_id: SurgeId) -> Surge:
    found = find_surge(connection, surge_id)
    assert found is not None, "it was written in this transaction"
    return found
