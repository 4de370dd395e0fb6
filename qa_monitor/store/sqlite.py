"""Adapter: the store in one SQLite file: calls and flags here, everything else in parts of their own."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from qa_monitor.delivery.records import Wants
from qa_monitor.records.calls import StoredCall
from qa_monitor.records.errors import StoreError
from qa_monitor.store.calls import saves
from qa_monitor.store.calls.calls import SqliteCalls
from qa_monitor.store.calls.exports import SqliteExports
from qa_monitor.store.calls.paces import SqlitePaces
from qa_monitor.store.database import generations
from qa_monitor.store.database.database import Database
from qa_monitor.store.database.engines import BUSY_MS
from qa_monitor.store.database.version import wal_reset_warning
from qa_monitor.store.deliveries.deliveries import SqliteOutbox
from qa_monitor.store.deliveries.notices import Notices
from qa_monitor.store.flags.desks import Desks
from qa_monitor.store.flags.flags import SqliteFlags
from qa_monitor.store.library.library import SqliteLibrary
from qa_monitor.store.people.listenings import SqliteListenings, end_left
from qa_monitor.store.people.people import SqlitePeople
from qa_monitor.store.reports.reports import SqliteReports
from qa_monitor.store.reviews.calibrations import SqliteCalibrations
from qa_monitor.store.reviews.disputes import SqliteDisputes
from qa_monitor.store.reviews.reviews import SqliteReviews
from qa_monitor.store.scorecards.exports import SqliteScoreExports
from qa_monitor.store.scorecards.scorecards import SqliteScores
from qa_monitor.store.themes.themes import SqliteThemes
from qa_monitor.store.unheard.unheard import SqliteUnheard
from qa_monitor.store.whole_calls.erasures import SqliteErasures
from qa_monitor.store.whole_calls.imports import SqliteImports
from qa_monitor.store.whole_calls.whole_calls import SqliteWholeCalls
from streams.records import CallId


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What a start found, and made of what the last run left."""

    generation: str
    interrupted: tuple[StoredCall, ...]


def begin(connection: Connection, heard_s: Callable[[CallId], float]) -> Begun:
    """Mark calls left live as interrupted, and close what else was left open."""
    begun = Begun(
        generation=generations.read_generation(connection),
        interrupted=saves.interrupt_live_calls(connection, readable(heard_s)),
    )
    saves.give_up_later(connection)
    end_left(connection)
    return begun


class SqliteStore(SqliteCalls, SqliteFlags, SqliteWholeCalls):
    """See `port.Store`. Made by `open`; one per folder, over all processes of the machine."""

    def __init__(self, database: Database, begun: Begun, wants: Wants | None, desks: Desks) -> None:
        self.outbox = SqliteOutbox(database.write, database.read, wants)
        """What other systems are still to be told."""
        SqliteCalls.__init__(self, database)
        SqliteWholeCalls.__init__(self, database)
        SqliteFlags.__init__(self, database, self.outbox, desks, begun.generation)
        self.interrupted = begun.interrupted
        """Calls the last run left live; they are marked as interrupted now."""
        self.notices = Notices(wants, lambda: begun.generation)
        """What they are told beside flags."""
        self.people = SqlitePeople(database.write, database.read)
        """Accounts, teams, and who is logged in."""
        self.listenings = SqliteListenings(database.write, database.read)
        """Who listened to live calls."""
        self.reviews = SqliteReviews(database.write, database.read)
        """What people say of calls after them."""
        self.disputes = SqliteDisputes(self._number, database.read, lambda: begun.generation)
        """Flags that agents dispute."""
        self.calibrations = SqliteCalibrations(database.write, database.read)
        """How far people, and the machine, agree."""
        self.scorecards = SqliteScores(database.write, database.read, self.notices)
        """What calls earned."""
        self.library = SqliteLibrary(database.write, database.read)
        """Kept calls, to be found again."""
        self.erasures = SqliteErasures(database.write, database.read, database.path)
        """Deleting calls, and the proofs of it."""
        self.themes = SqliteThemes(database.write, database.read, self.notices)
        """What customers call about, counted."""
        self.reports = SqliteReports(database.write, database.read)
        """Figures of finished calls."""
        self.paces = SqlitePaces(database.write, database.read)
        """What is needed to go through calls again, besides their sound."""
        self.imports = SqliteImports(database.write, database.read)
        """Which recordings were brought in."""
        self.unheard = SqliteUnheard(database.write, database.read)
        """Of which calls sound waits to be listened to."""
        self.exports = SqliteExports(database.read)
        """Calls page by page, for other systems."""
        self.score_exports = SqliteScoreExports(database.read)
        """And what they earned."""

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
        database, begun = await Database.open(
            folder, lambda connection: begin(connection, heard_s), max_bytes=max_bytes, busy_ms=busy_ms
        )
        return cls(database, begun, wants, desks or Desks())

    @property
    def generation(self) -> str:
        return self._generation

    @property
    def warning(self) -> str | None:
        return wal_reset_warning(sqlite3.sqlite_version_info)

    @property
    def waiting(self) -> int:
        """How many writes wait for the disk."""
        return self._database.waiting

    async def check(self) -> None:
        await self._database.write(generations.touch, urgent=True)

    async def close(self) -> None:
        await self._database.close()
