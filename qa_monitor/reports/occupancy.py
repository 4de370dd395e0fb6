"""How much of their time at work agents spend on calls. Pure.

Occupancy is handling time over staffed time. Sustained load above nine tenths is a risk to the agent, not a success:
nobody has a moment left between two calls.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from qa_monitor.people.shifts import Shift
from qa_monitor.reports.periods import Period, day_begins
from qa_monitor.reports.records import Figure, Key, Line

ABOVE = 0.9
SUSTAINED_DAYS = 3
"""Days above nine tenths within one period from which on it is more than a busy day."""

Span = tuple[float, float]
"""From one instant to another, as seconds since the epoch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """When an agent was on calls. Plain spans: a year of a centre holds hundreds of thousands."""

    tenant: str
    agent_id: str
    spans: Sequence[Span]
    """In any order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One agent's day."""

    handling_s: float
    staffed_s: float

    @property
    def occupancy(self) -> float | None:
        """None where nobody knows how long they were there."""
        return min(1.0, self.handling_s / self.staffed_s) if self.staffed_s > 0 else None


Shifts = Callable[[str, str], Sequence[Shift]]
"""The shifts of an agent of a tenant; none where they are not known."""


def occupancy_lines(
    worked: Iterable[Worked], days: Sequence[Period], periods: Sequence[Period], shifts: Shifts
) -> tuple[Line, ...]:
    """One line per agent and period, and one over all of them. `days`: those of the whole report, in order."""
    lines: list[Line] = []
    for (tenant, agent_id), spans in sorted(_by_agent(worked).items()):
        found = _days(spans, days, shifts(tenant, agent_id))
        key = Key(tenant, agent_id)
        lines.append(Line(key=key, period=None, figures=figures(list(found.values()))))
        for number, period in enumerate(periods):
            own = [day for index, day in found.items() if period.since <= days[index].since < period.until]
            if own:
                lines.append(Line(key=key, period=number, figures=figures(own)))
    return tuple(lines)


def figures(days: Sequence[Day]) -> tuple[Figure, ...]:
    """Of an agent's days with calls."""
    handling_s, staffed_s = (sum(day.handling_s for day in days), sum(day.staffed_s for day in days))
    above = sum(1 for day in days if (day.occupancy or 0.0) > ABOVE)
    n = len(days)
    value = min(1.0, handling_s / staffed_s) if staffed_s > 0 else None
    strained = value is not None and value > ABOVE and above >= SUSTAINED_DAYS
    return (
        Figure(name="occupancy", value=value, n=n, risk=strained),
        Figure(name="handling_s", value=handling_s, n=n),
        Figure(name="staffed_s", value=staffed_s, n=n),
        Figure(name="days", value=n, n=n),
        Figure(name="days_above", value=above, n=n, risk=above >= SUSTAINED_DAYS),
    )


def staffed(shifts: Sequence[Shift], since: datetime, until: datetime) -> tuple[Span, ...]:
    """When these shifts lie between two instants, joined where they overlap. Clocks that change change their length."""
    found: list[Span] = []
    for shift in shifts:
        zone = ZoneInfo(shift.zone)
        # a shift that began the evening before may reach into it
        day = since.astimezone(zone).date() - timedelta(days=1)
        while day_begins(day, zone) < until:
            if day.weekday() in shift.days:
                ends_on = day if shift.start < shift.end else day + timedelta(days=1)
                begins = datetime.combine(day, shift.start, zone).timestamp()
                ends = datetime.combine(ends_on, shift.end, zone).timestamp()
                found.append((max(begins, since.timestamp()), min(ends, until.timestamp())))
            day += timedelta(days=1)
    return joined(found)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order, those that touch made one, empty ones left out."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if ends <= begins:
            continue
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return tuple(found)


def length(spans: Iterable[Span]) -> float:
    """Seconds of all of them."""
    return sum(ends - begins for begins, ends in spans)


def _by_agent(worked: Iterable[Worked]) -> Mapping[tuple[str, str], list[Span]]:
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for each in worked:
        found[each.tenant, each.agent_id].extend(each.spans)
    return found


def _days(spans: Iterable[Span], days: Sequence[Period], shifts: Sequence[Shift]) -> Mapping[int, Day]:
    """Each day with a call on it. A call over midnight is divided; two at once count once."""
    bounds = [(day.since.timestamp(), day.until.timestamp()) for day in days]
    pieces: dict[int, list[Span]] = defaultdict(list)
    number = 0
    for begins, ends in joined(spans):
        while number < len(bounds) and bounds[number][1] <= begins:
            number += 1
        for index in range(number, len(bounds)):
            if bounds[index][0] >= ends:
                break
            pieces[index].append((max(begins, bounds[index][0]), min(ends, bounds[index][1])))
    return {index: _day(own, days[index], shifts) for index, own in sorted(pieces.items())}


def _day(calls: Sequence[Span], day: Period, shifts: Sequence[Shift]) -> Day:
    """By their shifts where they have some that day, else from their first call to the end of their last."""
    planned = staffed(shifts, day.since, day.until)
    # a call that outlasts the shift is work too
    there = joined([*planned, *calls]) if planned else ((calls[0][0], calls[-1][1]),)
    return Day(handling_s=length(calls), staffed_s=length(there))
