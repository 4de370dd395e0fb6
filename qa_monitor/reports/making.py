"""Makes reports: asks the store for sums, and puts the lines together."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from qa_monitor.people.records import AgentKey, Directory, TeamKey
from qa_monitor.people.shifts import Shift
from qa_monitor.people.sight import Sight
from qa_monitor.reports.lines import lines_of
from qa_monitor.reports.occupancy import occupancy_lines
from qa_monitor.reports.part_names import PartNames, no_names
from qa_monitor.reports.periods import Every, Period, periods, zone_named
from qa_monitor.reports.port import ReportStore
from qa_monitor.reports.records import Asked, By, Key, Kind, Line, Report, ReportError

MOST_PERIODS = 800
"""More days, weeks or months than that are no report any more."""
MOST_LINES = 40_000
"""Nor are more lines: they would keep the processor from live calls for seconds."""


class Reports:
    """One per application. Reading runs off the event loop; every method raises `StoreError` and `ReportError`."""

    def __init__(
        self,
        store: ReportStore,
        directory: Callable[[], Directory],
        clock: Callable[[], datetime],
        part_names: PartNames = no_names,
    ) -> None:
        self.store = store
        """Where the sums come from."""
        self._directory, self._clock, self._part_names = directory, clock, part_names

    async def make(self, asked: Asked, sight: Sight) -> Report:
        """The report, of what may be seen."""
        try:
            zone = zone_named(asked.zone)
        except ValueError as error:
            raise ReportError(f"zone: {error}") from error
        if (asked.last - asked.first).days >= MOST_PERIODS * (1 if asked.every is Every.DAY else 7):
            raise ReportError(f"until: found {asked.last}; allowed: fewer than {MOST_PERIODS} days or weeks")
        cut = periods(asked.first, asked.last, asked.every, zone)
        if asked.kind is Kind.OCCUPANCY:
            days = periods(asked.first, asked.last, Every.DAY, zone)
            lines = await self._occupancy(asked, days, cut, sight)
        else:
            tallies = await self.store.tallies(asked, cut, sight)
            if len(tallies) > MOST_LINES:
                raise ReportError(
                    f"every: found {len(tallies)} lines; allowed: {MOST_LINES}, so longer periods or fewer"
                )
            lines = await asyncio.to_thread(lines_of, asked.kind, tallies)
        if asked.every is Every.WHOLE:
            # its one period is the whole time
            lines = tuple(line for line in lines if line.period is None)
        backlog = await self.store.backlog()
        directory = self._directory()
        parts = await self._part_names(asked, {line.key for line in lines if line.key.part})
        return Report(
            asked=asked,
            periods=cut,
            lines=lines,
            pending=backlog.pending,
            unread=backlog.unread if asked.kind is Kind.CALLS else 0,
            withheld=len(sight.blind) if asked.kind is Kind.SCORES else 0,
            made_at=self._clock(),
            names=_names(asked.by, (line.key for line in lines), directory),
            parts=parts,
        )

    async def _occupancy(
        self, asked: Asked, days: Sequence[Period], cut: Sequence[Period], sight: Sight
    ) -> tuple[Line, ...]:
        shifts = _shifts(self._directory())
        worked = await self.store.worked(asked, cut, sight)

        def own(tenant: str, agent_id: str) -> Sequence[Shift]:
            return shifts.get(AgentKey(tenant, agent_id), ())

        return await asyncio.to_thread(occupancy_lines, worked, days, cut, own)


def _shifts(directory: Directory) -> Mapping[AgentKey, Sequence[Shift]]:
    """Of agents who have an account with shifts."""
    return {each.agent: each.shifts for each in directory.accounts.values() if each.agent is not None and each.shifts}


def _names(by: By, keys: Iterable[Key], directory: Directory) -> Mapping[Key, str]:
    """What the directory calls teams and agents."""
    found: dict[Key, str] = {}
    for key in keys:
        if by is By.TEAM:
            team = directory.teams.get(TeamKey(key.tenant, key.name))
            name = "" if team is None else team.name
        elif by is By.AGENT:
            agent = directory.agents.get(AgentKey(key.tenant, key.name))
            name = "" if agent is None else agent.name
        else:
            name = ""
        if name:
            found[key] = name
    return found
