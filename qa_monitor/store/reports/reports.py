"""Reports in the database: figures kept and summed up, answers and waits brought in."""

from collections.abc import Sequence

from qa_monitor.people.sight import Sight
from qa_monitor.reports.customers import Survey, Taken, Wait
from qa_monitor.reports.occupancy import Worked
from qa_monitor.reports.periods import Period
from qa_monitor.reports.port import Backlog
from qa_monitor.reports.records import Asked, Tally
from qa_monitor.store.reports.customers import save_surveys, save_waits
from qa_monitor.store.reports.figures import count_backlog, keep_figures, keep_repeats, make_figures, read_for_repeats
from qa_monitor.store.reports.runs import SqliteSchedules
from qa_monitor.store.reports.sums import sum_up
from qa_monitor.store.reports.worked import find_worked
from qa_monitor.store.shared.running import Running

MOST_COUNTED = 100_000
"""What is not counted yet is told up to here: counting further takes time, and says no more."""


class SqliteReports:
    """See `reports.port.ReportStore`. Made by the store."""

    def __init__(self, write: Running, read: Running) -> None:
        self._write, self._read = write, read
        self.schedules = SqliteSchedules(write, read)
        """Reports that are delivered by themselves."""

    async def tallies(self, asked: Asked, periods: Sequence[Period], sight: Sight) -> Sequence[Tally]:
        return await self._read(lambda connection: sum_up(connection, asked, periods, sight))

    async def worked(self, asked: Asked, periods: Sequence[Period], sight: Sight) -> Sequence[Worked]:
        return await self._read(lambda connection: find_worked(connection, asked, periods, sight))

    async def backlog(self) -> Backlog:
        pending, unread = await self._read(lambda connection: count_backlog(connection, MOST_COUNTED))
        return Backlog(pending=pending, unread=unread)

    async def count_calls(self, limit: int) -> int:
        made = await self._read(lambda connection: make_figures(connection, limit))
        if made is None:
            return 0
        await self._write(lambda connection: keep_figures(connection, made))
        return made.noted

    async def read_calls(self, limit: int) -> int:
        found = await self._read(lambda connection: read_for_repeats(connection, limit))
        if found:
            await self._write(lambda connection: keep_repeats(connection, found))
        return len(found)

    async def save_surveys(self, surveys: Sequence[Survey], sight: Sight) -> Taken:
        return await self._write(lambda connection: save_surveys(connection, surveys, sight))

    async def save_waits(self, waits: Sequence[Wait], sight: Sight) -> Taken:
        return await self._write(lambda connection: save_waits(connection, waits, sight))
