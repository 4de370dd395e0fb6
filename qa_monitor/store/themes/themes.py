"""Counts of themes, examples and surges. Counting adds to narrow rows; what is shown is summed when it is asked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Delete, Table, and_, bindparam, delete, select

from qa_monitor.people.sight import Sight
from qa_monitor.store.deliveries.notices import Notices
from qa_monitor.store.shared.running import Running
from qa_monitor.store.tables import schema
from qa_monitor.store.themes.counts import add_counts, find_uncounted
from qa_monitor.store.themes.finds import find_callers, find_compared, find_examples, find_named, find_slots, find_sums
from qa_monitor.store.themes.sights import team_is_seen
from qa_monitor.store.themes.surges import acknowledge, find_surge, find_surges, save_surge
from qa_monitor.store.themes.tidying import RARE_AFTER, Key, drop_old, find_counts_of, find_rare, find_surplus
from qa_monitor.themes.grouping import Callers
from qa_monitor.themes.port import Example, Scope, Slot
from qa_monitor.themes.records import EVERY, Counted, Ended, Surge, SurgeId, Theme

marks, counts, clips, surges = schema.theme_calls, schema.theme_counts, schema.theme_clips, schema.theme_surges

AT_ONCE = 500
"""Rows dropped in one write."""


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

    async def callers(self, tenant: str, themes: Sequence[Theme], since: datetime) -> Callers:
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


def _executed(connection: Connection, statement: Delete, rows: list[Key]) -> None:
    connection.execute(statement, rows)
