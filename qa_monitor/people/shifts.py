"""When somebody works in a week: `mon-fri 08:00-16:30 Europe/Paris`. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FORM = "days, hours and zone such as `mon-fri 08:00-16:30 Europe/Paris` or `mon,thu 22:00-06:00 UTC`"
_PARTS = re.compile(
    r"(?P<days>[a-z,-]+)\s+(?P<start>\d\d:\d\d)\s*-\s*(?P<end>\d\d:\d\d)\s+(?P<zone>\S+)", re.IGNORECASE
)


class ShiftError(ValueError):
    """A shift cannot be read. Says what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """The same hours on some days of every week, by the clocks of one place."""

    days: frozenset[int]
    """Days it begins on: 0 for Monday to 6 for Sunday."""
    start: time
    end: time
    """On the next day where it is not after `start`; the same as `start`: all day long."""
    zone: str

    def holds(self, now: datetime) -> bool:
        """Whether `now` lies in it. Clocks that change at night change it too: it goes by what they show."""
        local = now.astimezone(ZoneInfo(self.zone))
        clock = local.time()
        if self.start < self.end:
            return local.weekday() in self.days and self.start <= clock < self.end
        yesterday = (local - timedelta(days=1)).weekday()
        return (local.weekday() in self.days and clock >= self.start) or (yesterday in self.days and clock < self.end)

    def __str__(self) -> str:
        return f"{_days_text(self.days)} {self.start:%H:%M}-{self.end:%H:%M} {self.zone}"


def read_shift(text: str) -> Shift:
    """The shift of a text. Raises `ShiftError`."""
    parts = _PARTS.fullmatch(text.strip())
    if parts is None:
        raise ShiftError(text)
    try:
        ZoneInfo(parts["zone"])
        start, end = time.fromisoformat(parts["start"]), time.fromisoformat(parts["end"])
        return Shift(days=_read_days(parts["days"].lower()), start=start, end=end, zone=parts["zone"])
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        raise ShiftError(text) from error


def _read_days(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        begin, end = DAYS.index(first), DAYS.index(last or first)
        # `sat-mon` goes over the end of the week
        found.update(day % 7 for day in range(begin, (end if end >= begin else end + 7) + 1))
    return frozenset(found)


def _days_text(days: frozenset[int]) -> str:
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs)
