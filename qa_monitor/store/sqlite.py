"""Adapter: the store in one SQLite file. One thread writes; reads go through a few connections that cannot."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from alerts.acts import Act
from alerts.records import CoachId, FlagId, HeldFlag, Latency, RedFlag
from qa_monitor.delivery.records import Wants
from qa_monitor.people.records import AgentKey
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.rules.ruleset import RuleVersion
from qa_monitor.rules.verdicts import Restored, Said, Verdict, VerdictCount
from qa_monitor.store import consents, desk_saves, finds, flag_saves, own_calls, saves, verdicts
from qa_monitor.store.calibrations import SqliteCalibrations
from qa_monitor.store.deliveries import SqliteOutbox
from qa_monitor.store.desk_saves import Desks
from qa_monitor.store.disputes import SqliteDisputes
from qa_monitor.store.engines import BUSY_MS, explain, reader_engine, writer_engine
from qa_monitor.store.erasures import SqliteErasures
from qa_monitor.store.exports import SqliteExports
from qa_monitor.store.folder import FolderLock
from qa_monitor.store.imports import SqliteImports
from qa_monitor.store.library import SqliteLibrary
from qa_monitor.store.listenings import SqliteListenings, end_left
from qa_monitor.store.migrate import migrate
from qa_monitor.store.notices import Notices
from qa_monitor.store.paces import SqlitePaces
from qa_monitor.store.people import SqlitePeople
from qa_monitor.store.records import (
    CallAgent,
    CallRecord,
    CallState,
    FeedSnapshot,
    FlagEvent,
    Hold,
    LeftFlag,
    OnHold,
    OwnCall,
    StoredCall,
    StoredFlag,
    StoreError,
)
from qa_monitor.store.reports import SqliteReports
from qa_monitor.store.reviews import SqliteReviews
from qa_monitor.store.score_exports import SqliteScoreExports
from qa_monitor.store.scorecards import SqliteScores
from qa_monitor.store.sqlite_version import wal_reset_warning
from qa_monitor.store.themes import SqliteThemes
from qa_monitor.store.writer import Writer
from sentiment.records import Course, Dynamics, EmotionScore
from streams.records import CallEnded, CallId, CallStarted, ConsentChanged, Gap, Utterance

T = TypeVar("T")

FILE = "qa-monitor.db"
SNAPSHOT_FLAGS = 500
"""Most open flags a console is given at once; the newest."""


def nothing_heard(call_id: CallId) -> float:
    """No audio is kept."""
    return 0.0


def readable(heard_s: Callable[[CallId], float]) -> Callable[[CallId], float]:
    """The same, where audio that a crash damaged counts as none: it must not keep the service from starting."""

    def heard(call_id: CallId) -> float:
        try:
            return heard_s(call_id)
        except StoreError:
            return 0.0

    return heard


class SqliteStore:
    """See `port.Store`. Made by `open`; one per folder, over all processes of the machine."""

    def __init__(self, folder: Path, writing: Engine, lock: FolderLock, wants: Wants | None, desks: Desks) -> None:
        self._path = folder / FILE
        self._lock = lock
        self._desks = desks
        self._writing = writing
        self._reading = reader_engine(self._path)
        self._writer = Writer(writing, self._path, asyncio.get_running_loop())
        self.outbox = SqliteOutbox(self._writer.run, self._read, wants)
        """What other systems are still to be told."""
        self.notices = Notices(wants, lambda: self._generation)
        """What they are told beside flags."""
        self.people = SqlitePeople(self._writer.run, self._read)
        """Accounts, teams, and who is logged in."""
        self.listenings = SqliteListenings(self._writer.run, self._read)
        """Who listened to live calls."""
        self.reviews = SqliteReviews(self._writer.run, self._read)
        """What people say of calls after them."""
        self.disputes = SqliteDisputes(self._number, self._read, lambda: self._generation)
        """Flags that agents dispute."""
        self.calibrations = SqliteCalibrations(self._writer.run, self._read)
        """How far people, and the machine, agree."""
        self.scorecards = SqliteScores(self._writer.run, self._read, self.notices)
        """What calls earned."""
        self.library = SqliteLibrary(self._writer.run, self._read)
        """Kept calls, to be found again."""
        self.erasures = SqliteErasures(self._writer.run, self._read, self._path)
        """Deleting calls, and the proofs of it."""
        self.themes = SqliteThemes(self._writer.run, self._read, self.notices)
        """What customers call about, counted."""
        self.reports = SqliteReports(self._writer.run, self._read)
        """Figures of finished calls."""
        self.paces = SqlitePaces(self._writer.run, self._read)
        """What is needed to go through calls again, besides their sound."""
        self.imports = SqliteImports(self._writer.run, self._read)
        """Which recordings were brought in."""
        self.exports = SqliteExports(self._read)
        """Calls page by page, for other systems."""
        self.score_exports = SqliteScoreExports(self._read)
        """And what they earned."""
        self._listeners: list[Callable[[FlagEvent], None]] = []
        self._generation = ""
        self.interrupted: tuple[StoredCall, ...] = ()
        """Calls the last run left live; they are marked as interrupted now."""

    @classmethod
    async def open(
        cls,
        folder: Path,
        *,
        heard_s: Callable[[CallId], float] = nothing_heard,
        max_bytes: int | None = None,
        busy_ms: int = BUSY_MS,
        wants: Wants | None = None,
        desks: Desks | None = None,
    ) -> "SqliteStore":
        """Open or make the database of this folder, bring it up to date, and mark calls left live as interrupted.

        `heard_s` tells how many seconds of audio of a call are kept; `wants`, which other systems are told of a change
        of a flag (none: nobody); `desks`, how flags come to coaches (none: at once, to everyone). Raises `StoreError`
        in words for the operator.
        """
        lock = await asyncio.to_thread(FolderLock.take, folder)
        try:
            writing = writer_engine(folder / FILE, max_bytes=max_bytes, busy_ms=busy_ms)
            store = cls(folder, writing, lock, wants, desks or Desks())
            await asyncio.to_thread(store._prepare, heard_s)
        except BaseException:
            lock.release()
            raise
        store._writer.start()
        return store

    def _prepare(self, heard_s: Callable[[CallId], float]) -> None:
        migrate(self._path)
        try:
            with self._writing.begin() as connection:
                self._generation = saves.read_generation(connection)
                self.interrupted = saves.interrupt_live_calls(connection, readable(heard_s))
                saves.give_up_later(connection)
                end_left(connection)
        except DBAPIError as error:
            raise explain(error, self._path) from error
        # what is said in calls is for the service's user alone
        self._path.chmod(0o600)

    @property
    def generation(self) -> str:
        return self._generation

    @property
    def warning(self) -> str | None:
        return wal_reset_warning(sqlite3.sqlite_version_info)

    @property
    def waiting(self) -> int:
        """How many writes wait for the disk."""
        return self._writer.waiting

    def follow(self, listener: Callable[[FlagEvent], None]) -> None:
        self._listeners.append(listener)

    async def check(self) -> None:
        await self._writer.run(saves.touch, urgent=True)

    async def close(self) -> None:
        await asyncio.to_thread(self._writer.stop)
        # readers first: the last to close folds the log back into the file
        self._reading.dispose()
        self._writing.dispose()
        self._lock.release()

    async def save_call(self, call: CallStarted) -> StoredCall:
        return await self._writer.run(lambda connection: saves.save_call(connection, call))

    async def save_blind(self, call_id: CallId, reason: str | None) -> None:
        await self._writer.run(lambda connection: saves.save_blind(connection, call_id, reason))

    async def save_hold(self, call_id: CallId, hold: Hold | None) -> None:
        await self._writer.run(lambda connection: saves.save_hold(connection, call_id, hold))

    async def save_agent(self, call_id: CallId, agent: CallAgent) -> StoredCall:
        return await self._writer.run(lambda connection: saves.save_agent(connection, call_id, agent))

    async def forget_emotions(self, call_id: CallId) -> None:
        await self._writer.run(lambda connection: consents.forget_voice(connection, call_id))

    async def save_consent(self, change: ConsentChanged, call: CallStarted, at: datetime) -> None:
        await self._writer.run(lambda connection: consents.save_consent(connection, change, call, at), urgent=True)

    async def save_course(self, call_id: CallId, course: Course) -> None:
        await self._writer.run(
            lambda connection: consents.save_course(connection, saves.existing_call(connection, call_id), course)
        )

    async def save_dynamics(self, call_id: CallId, dynamics: Dynamics) -> None:
        await self._writer.run(lambda connection: saves.save_dynamics(connection, call_id, dynamics))

    async def end_call(self, ended: CallEnded, ended_at: datetime) -> StoredCall:
        return await self._writer.run(lambda connection: saves.end_call(connection, ended, ended_at))

    async def save_utterance(
        self, utterance: Utterance, emotion: EmotionScore | None = None, *, late: bool = False
    ) -> None:
        await self._writer.run(lambda connection: saves.save_utterance(connection, utterance, emotion, late=late))

    async def save_gap(self, gap: Gap) -> None:
        await self._writer.run(lambda connection: saves.save_gap(connection, gap))

    async def save_on_hold(self, hold: OnHold) -> None:
        await self._writer.run(lambda connection: saves.save_on_hold(connection, hold))

    async def save_held(self, held: HeldFlag) -> None:
        await self._writer.run(lambda connection: flag_saves.save_held(connection, held))

    async def save_latency(self, flag_id: FlagId, latency: Latency) -> None:
        await self._writer.run(lambda connection: flag_saves.save_latency(connection, flag_id, latency))

    async def save_flag(self, flag: RedFlag, call: CallStarted, at: datetime) -> StoredFlag:
        return await self._number(
            lambda connection: flag_saves.save_flag(connection, flag, call, at, self._generation, self._desks)
        )

    async def acknowledge(self, flag_id: FlagId, by: CoachId, at: datetime) -> StoredFlag:
        return await self._number(
            lambda connection: flag_saves.acknowledge(connection, flag_id, by, at, self._generation)
        )

    async def save_verdict(self, verdict: Verdict) -> StoredFlag:
        return await self._number(lambda connection: verdicts.save_verdict(connection, verdict, self._generation))

    async def take_back(self, flag_id: FlagId, by: CoachId, *, since: datetime, at: datetime) -> StoredFlag:
        return await self._number(
            lambda connection: verdicts.take_back(connection, flag_id, by, since, at, self._generation)
        )

    async def act(self, flag_id: FlagId, act: Act, by: CoachId, at: datetime) -> StoredFlag:
        return await self._number(lambda connection: flag_saves.act(connection, flag_id, act, by, at, self._generation))

    async def turn(self, flag_id: FlagId, now: datetime) -> StoredFlag:
        return await self._number(
            lambda connection: flag_saves.turn_flag(connection, flag_id, now, self._generation, self._desks)
        )

    async def expire(self, flag_id: FlagId, at: datetime) -> StoredFlag:
        return await self._number(lambda connection: flag_saves.expire(connection, flag_id, at, self._generation))

    async def restore_rule(self, restored: Restored) -> None:
        await self._writer.run(lambda connection: verdicts.restore_rule(connection, restored))

    async def _number(self, work: Callable[[Connection], tuple[StoredFlag, bool]]) -> StoredFlag:
        def numbered(connection: Connection) -> tuple[StoredFlag, bool]:
            stored, changed = work(connection)
            if changed:
                self.outbox.enter(connection, stored, self._generation)
            return stored, changed

        stored, _ = await self._writer.run(numbered, urgent=True, committed=self._announce)
        return stored

    def _announce(self, outcome: tuple[StoredFlag, bool]) -> None:
        stored, changed = outcome
        if changed and stored.sequence is not None:
            for listener in self._listeners:
                listener(FlagEvent(sequence=stored.sequence, flag=stored))

    async def calls(
        self, state: CallState | None = None, limit: int = 50, sight: Sight = EVERYTHING
    ) -> tuple[StoredCall, ...]:
        return await self._read(lambda connection: finds.find_calls(connection, state, limit, sight))

    async def call(self, call_id: CallId) -> StoredCall | None:
        return await self._read(lambda connection: finds.find_call(connection, call_id))

    async def record(self, call_id: CallId) -> CallRecord | None:
        return await self._read(lambda connection: finds.find_record(connection, call_id))

    async def flag(self, flag_id: FlagId) -> StoredFlag | None:
        return await self._read(lambda connection: finds.find_flag(connection, flag_id))

    async def flags(
        self, *, open_only: bool = True, limit: int = 500, sight: Sight = EVERYTHING
    ) -> tuple[StoredFlag, ...]:
        find = finds.find_open_flags if open_only else finds.find_latest_flags
        return await self._read(lambda connection: find(connection, limit, sight))

    async def agents_calls(self, agent: AgentKey, limit: int) -> tuple[OwnCall, ...]:
        return await self._read(lambda connection: own_calls.find_own_calls(connection, agent, limit))

    async def snapshot(self) -> FeedSnapshot:
        return await self._read(lambda connection: finds.find_snapshot(connection, SNAPSHOT_FLAGS))

    async def flag_events(self, after: int, limit: int) -> tuple[FlagEvent, ...]:
        return await self._read(lambda connection: finds.find_flag_events(connection, after, limit))

    async def verdict_counts(self) -> tuple[VerdictCount, ...]:
        return await self._read(verdicts.count_verdicts)

    async def said(self, rule: RuleVersion, tenant: str) -> Sequence[Said]:
        return await self._read(lambda connection: verdicts.find_said(connection, rule, tenant))

    async def restored(self) -> tuple[Restored, ...]:
        return await self._read(verdicts.find_restored)

    async def due_flags(self, now: datetime, limit: int) -> Sequence[FlagId]:
        return await self._read(lambda connection: desk_saves.find_due(connection, self._desks.policy, now, limit))

    async def changes_since(self, since: datetime) -> Sequence[FlagEvent]:
        return await self._read(lambda connection: desk_saves.find_asked(connection, since))

    async def left_flags(self, ended_before: datetime, limit: int) -> tuple[LeftFlag, ...]:
        return await self._read(lambda connection: finds.find_left_flags(connection, ended_before, limit))

    async def _read(self, query: Callable[[Connection], T]) -> T:
        return await asyncio.to_thread(self._query, query)

    def _query(self, query: Callable[[Connection], T]) -> T:
        try:
            with self._reading.connect() as connection:
                return query(connection)
        except DBAPIError as error:
            raise explain(error, self._path) from error
