"""Flags, what became of them and what coaches say of them: that part of `port.Writes` and `port.Reads`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from alerts.acts import Act
from alerts.records import CoachId, FlagId, HeldFlag, Latency, RedFlag
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.records.feed import FeedSnapshot
from qa_monitor.records.flags import FlagEvent, LeftFlag, StoredFlag
from qa_monitor.records.verdicts import Restored, Said, Verdict, VerdictCount
from qa_monitor.rules.ruleset import RuleVersion
from qa_monitor.store.database.database import Database
from qa_monitor.store.deliveries.deliveries import SqliteOutbox
from qa_monitor.store.flags import desks, finds, saves, trials, verdicts
from qa_monitor.store.flags.desks import Desks
from streams.records import CallStarted

SNAPSHOT_FLAGS = 500
"""Most open flags a console is given at once; the newest."""


class SqliteFlags:
    """A part of `SqliteStore`. Every change of a flag is numbered, entered for other systems, and told to followers."""

    def __init__(self, database: Database, outbox: SqliteOutbox, desks: Desks, generation: str) -> None:
        self._database, self._outbox, self._desks, self._generation = database, outbox, desks, generation
        self._listeners: list[Callable[[FlagEvent], None]] = []

    def follow(self, listener: Callable[[FlagEvent], None]) -> None:
        self._listeners.append(listener)

    async def save_held(self, held: HeldFlag) -> None:
        await self._database.write(lambda connection: saves.save_held(connection, held))

    async def save_latency(self, flag_id: FlagId, latency: Latency) -> None:
        await self._database.write(lambda connection: saves.save_latency(connection, flag_id, latency))

    async def save_flag(self, flag: RedFlag, call: CallStarted, at: datetime) -> StoredFlag:
        return await self._number(
            lambda connection: saves.save_flag(connection, flag, call, at, self._generation, self._desks)
        )

    async def acknowledge(self, flag_id: FlagId, by: CoachId, at: datetime) -> StoredFlag:
        return await self._number(lambda connection: saves.acknowledge(connection, flag_id, by, at, self._generation))

    async def save_verdict(self, verdict: Verdict) -> StoredFlag:
        return await self._number(lambda connection: verdicts.save_verdict(connection, verdict, self._generation))

    async def take_back(self, flag_id: FlagId, by: CoachId, *, since: datetime, at: datetime) -> StoredFlag:
        return await self._number(
            lambda connection: verdicts.take_back(connection, flag_id, by, since, at, self._generation)
        )

    async def act(self, flag_id: FlagId, act: Act, by: CoachId, at: datetime) -> StoredFlag:
        return await self._number(lambda connection: saves.act(connection, flag_id, act, by, at, self._generation))

    async def turn(self, flag_id: FlagId, now: datetime) -> StoredFlag:
        return await self._number(
            lambda connection: saves.turn_flag(connection, flag_id, now, self._generation, self._desks)
        )

    async def expire(self, flag_id: FlagId, at: datetime) -> StoredFlag:
        return await self._number(lambda connection: saves.expire(connection, flag_id, at, self._generation))

    async def restore_rule(self, restored: Restored) -> None:
        await self._database.write(lambda connection: verdicts.restore_rule(connection, restored))

    async def flag(self, flag_id: FlagId) -> StoredFlag | None:
        return await self._database.read(lambda connection: finds.find_flag(connection, flag_id))

    async def trial_flag(self, flag_id: FlagId) -> StoredFlag | None:
        return await self._database.read(lambda connection: trials.find_trial(connection, flag_id))

    async def flags(
        self, *, open_only: bool = True, limit: int = 500, sight: Sight = EVERYTHING
    ) -> tuple[StoredFlag, ...]:
        find = finds.find_open_flags if open_only else finds.find_latest_flags
        return await self._database.read(lambda connection: find(connection, limit, sight))

    async def snapshot(self) -> FeedSnapshot:
        return await self._database.read(lambda connection: finds.find_snapshot(connection, SNAPSHOT_FLAGS))

    async def flag_events(self, after: int, limit: int) -> tuple[FlagEvent, ...]:
        return await self._database.read(lambda connection: finds.find_flag_events(connection, after, limit))

    async def verdict_counts(self) -> tuple[VerdictCount, ...]:
        return await self._database.read(verdicts.count_verdicts)

    async def said(self, rule: RuleVersion, tenant: str) -> Sequence[Said]:
        return await self._database.read(lambda connection: verdicts.find_said(connection, rule, tenant))

    async def restored(self) -> tuple[Restored, ...]:
        return await self._database.read(verdicts.find_restored)

    async def due_flags(self, now: datetime, limit: int) -> Sequence[FlagId]:
        return await self._database.read(lambda connection: desks.find_due(connection, self._desks.policy, now, limit))

    async def changes_since(self, since: datetime) -> Sequence[FlagEvent]:
        return await self._database.read(lambda connection: desks.find_asked(connection, since))

    async def left_flags(self, ended_before: datetime, limit: int) -> tuple[LeftFlag, ...]:
        return await self._database.read(lambda connection: finds.find_left_flags(connection, ended_before, limit))

    async def _number(self, work: Callable[[Connection], tuple[StoredFlag, bool]]) -> StoredFlag:
        def numbered(connection: Connection) -> tuple[StoredFlag, bool]:
            stored, changed = work(connection)
            if changed:
                self._outbox.enter(connection, stored, self._generation)
            return stored, changed

        stored, _ = await self._database.write(numbered, urgent=True, committed=self._announce)
        return stored

    def _announce(self, outcome: tuple[StoredFlag, bool]) -> None:
        stored, changed = outcome
        if changed and stored.sequence is not None:
            for listener in self._listeners:
                listener(FlagEvent(sequence=stored.sequence, flag=stored))
