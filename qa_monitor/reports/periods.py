"""Days, weeks and months by the clocks of one place. Pure.

A day lasts from one midnight of its zone to the next: 23 or 25 hours where clocks change. Weeks are those of ISO 8601,
from Monday on; the first week of a year is the one with its first Thursday.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Every(StrEnum):
    """How the time of a report is cut."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    WHOLE = "whole"
    """Not at all."""


class ZoneError(ValueError):
    """This machine knows no such time zone. Says what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One stretch of a report: whole local days, `since` among them, up to and without `until`."""

    name: str
    """`2026-03-29`, `2026-W13`, `2026-03`; the first and the last day of a stretch of its own making."""
    first: date
    last: date
    since: datetime
    until: datetime
    cut: bool = False
    """Whether it is only a part of a week or month: the report begins or ends in the midst of it."""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return (self.until - self.since).total_seconds()


def zone_named(name: str) -> ZoneInfo:
    """A time zone such as `Europe/Paris`. Raises `ZoneError`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ZoneError(f"found {name!r}; allowed: a zone this machine knows, such as Europe/Paris") from error


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """The instant a local day begins, in UTC; where clocks skip midnight, the instant they do."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def periods(first: date, last: date, every: Every, zone: ZoneInfo) -> tuple[Period, ...]:
    """What the days from `first` to `last`, both included, are cut into: no gap, no overlap, in order.

    Raises ValueError where `last` comes before `first`.
    """
    if last < first:
        raise ValueError(f"a report cannot end on {last}, before it begins on {first}")
    found, day = [], first
    while day <= last:
        begins, ends = _whole(day, every, first, last)
        until = min(ends, last)
        found.append(
            Period(
                name=_name(day, until, every),
                first=day,
                last=until,
                since=day_begins(day, zone),
                until=day_begins(until + timedelta(days=1), zone),
                cut=begins != day or until != ends,
            )
        )
        day = until + timedelta(days=1)
    return tuple(found)


def latest_whole(today: date, every: Every) -> tuple[date, date]:
    """The first and the last day of the latest period that is over on `today`."""
    begins, _ = _whole(today, every, today, today)
    last = begins - timedelta(days=1)
    return _whole(last, every, last, last)


def week_begins(day: date) -> date:
    """The Monday of the week around a day."""
    return day - timedelta(days=day.weekday())


def place(instants: Sequence[datetime], at: datetime) -> int:
    """Which of the stretches that begin at these instants holds `at`; -1 before the first."""
    return bisect_right(instants, at) - 1


def _whole(day: date, every: Every, first: date, last: date) -> tuple[date, date]:
    """The first and last day of the whole period around a day."""
    match every:
        case Every.DAY:
            return day, day
        case Every.WEEK:
            monday = week_begins(day)
            return monday, monday + timedelta(days=6)
        case Every.MONTH:
            begins = day.replace(day=1)
            return begins, (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        case Every.WHOLE:
            return first, last


def _name(first: date, last: date, every: Every) -> str:
    match every:
        case Every.DAY:
            return first.isoformat()
        case Every.WEEK:
            year, week, _ = first.isocalendar()
            return f"{year}-W{week:02}"
        case Every.MONTH:
            return f"{first:%Y-%m}"
        case Every.WHOLE:
            return f"{first} – {last}"
