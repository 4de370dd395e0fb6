"""What reports ask of a store. Every method raises `StoreError`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from qa_monitor.people.sight import Sight
from qa_monitor.reports.customers import Survey, Taken, Wait
from qa_monitor.reports.occupancy import Worked
from qa_monitor.reports.periods import Period
from qa_monitor.reports.records import Asked, Tally
from qa_monitor.reports.schedules import Run, RunState, Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What is not counted yet."""

    pending: int
    """Finished calls without figures; at least so many where it is `MOST_COUNTED`."""
    unread: int
    """Calls that were not looked through for repeated contact."""


class ReportStore(Protocol):
    """Sums over finished calls, and what customers said of them."""

    async def tallies(self, asked: Asked, periods: Sequence[Period], sight: Sight) -> Sequence[Tally]:
        """What was counted, by line and period; only calls that may be seen. Not for occupancy."""

    async def worked(self, asked: Asked, periods: Sequence[Period], sight: Sight) -> Sequence[Worked]:
        """Which agent was on a call when."""

    async def backlog(self) -> Backlog:
        """How much is still to be counted."""

    async def count_calls(self, limit: int) -> int:
        """Work out the figures of calls that ended or changed, at most so many changes; how many there were."""

    async def read_calls(self, limit: int) -> int:
        """Look through calls for repeated contact, the newest first, at most so many; how many there were."""

    async def save_surveys(self, surveys: Sequence[Survey], sight: Sight) -> Taken:
        """Keep answers to calls that may be seen; the same id again replaces the answer."""

    async def save_waits(self, waits: Sequence[Wait], sight: Sight) -> Taken:
        """Keep waits of teams that may be seen; the same id again replaces the wait."""


class ScheduleStore(Protocol):
    """Reports that are delivered by themselves, and what became of each."""

    async def schedules(self) -> Sequence[Schedule]:
        """All of them, oldest first."""

    async def put(self, schedule: Schedule) -> None:
        """Keep it, in place of the one of the same id."""

    async def remove(self, schedule_id: str) -> bool:
        """Take it out with its runs; whether it was there."""

    async def runs(self, limit: int) -> Sequence[Run]:
        """The latest runs of each schedule."""

    async def claim(self, run: Run, now: datetime) -> bool:
        """Begin to deliver a period, on disk before anything is sent. False: it was begun before."""

    async def settle(self, run: Run, state: RunState, now: datetime, problem: str | None) -> None:
        """What became of a run that was claimed."""
