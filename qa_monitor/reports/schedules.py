"""Reports that are delivered by themselves: which are due. Pure.

Each period is delivered at most once: it is claimed on disk before anything is sent. Those that a stopped service
missed are caught up, each once, the oldest first, the latest few only.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from qa_monitor.people.records import AccountId
from qa_monitor.reports.periods import Every, latest_whole, periods, zone_named
from qa_monitor.reports.records import BYS, By, Kind, ReportError
from streams.records import Language

MOST_CAUGHT_UP = 4
"""Periods before the latest one that are still delivered."""
MOST_ATTEMPTS = 10
RETRY = timedelta(minutes=30)
"""How long a delivery that certainly did not leave waits."""
FOLDER = "folder"
"""Stands for the folder of reports, where others name a mail target."""


class Form(StrEnum):
    """How a report is written."""

    PDF = "pdf"
    CSV = "csv"


class RunState(StrEnum):
    """How far one delivery has come."""

    STARTED = "started"
    """Claimed: it is being sent, or the service stopped meanwhile."""
    WAITING = "waiting"
    """It certainly did not leave, and is tried again."""
    DELIVERED = "delivered"
    FAILED = "failed"
    UNSURE = "unsure"
    """The service stopped while it was being sent: it may have left, and is not sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A report that is delivered after every week or month."""

    schedule_id: str
    kind: Kind
    by: By
    often: Every
    """Week or month."""
    every: Every
    """How the time of the report is cut."""
    hour: int
    """Of the first day after the period, by the clocks of its zone."""
    zone: str
    form: Form
    to: str
    """A mail target's name, or `folder`."""
    language: Language
    account: AccountId | None
    """Whose it is: only calls that they may see are in it. None: the operator's."""
    made_at: datetime

    def __post_init__(self) -> None:
        zone_named(self.zone)
        if self.often not in (Every.WEEK, Every.MONTH):
            raise ReportError(f"often: found {self.often.value!r}; allowed: week, month")
        if not 0 <= self.hour <= 23:
            raise ReportError(f"hour: found {self.hour}; allowed: 0 to 23")
        if self.by not in BYS[self.kind]:
            allowed = ", ".join(BYS[self.kind])
            raise ReportError(f"by: found {self.by.value!r}; allowed for {self.kind.value}: {allowed}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One period of one schedule."""

    schedule_id: str
    period: str
    first: date
    last: date
    state: RunState = RunState.STARTED
    attempts: int = 0
    at: datetime | None = None
    problem: str | None = None


def due_runs(schedule: Schedule, known: Sequence[Run], now: datetime) -> tuple[Run, ...]:
    """Periods to deliver now, oldest first: over since their hour, not begun before, not older than the schedule."""
    zone = zone_named(schedule.zone)
    settled = {run.period: run for run in known if run.schedule_id == schedule.schedule_id}
    today = now.astimezone(zone).date()
    made_on = schedule.made_at.astimezone(zone).date()
    found: list[Run] = []
    for _ in range(MOST_CAUGHT_UP + 1):
        first, last = latest_whole(today, schedule.often)
        if last < made_on:
            break
        run = Run(
            schedule_id=schedule.schedule_id,
            period=periods(first, last, schedule.often, zone)[0].name,
            first=first,
            last=last,
        )
        due_at = datetime.combine(last + timedelta(days=1), time(schedule.hour), zone)
        if now >= due_at and _is_open(settled, run.period, now):
            found.append(run)
        today = first
    return tuple(reversed(found))


def after_failure(attempts: int, *, unsent: bool) -> RunState:
    """What becomes of a run whose sending failed. What may have left is never sent again."""
    return RunState.WAITING if unsent and attempts < MOST_ATTEMPTS else RunState.FAILED


def _is_open(known: Mapping[str, Run], period: str, now: datetime) -> bool:
    run = known.get(period)
    if run is None:
        return True
    return run.state is RunState.WAITING and run.at is not None and now >= run.at + RETRY


def cells_of(schedule: Schedule) -> dict[str, str]:
    """All but its id, as named texts."""
    return {
        "kind": schedule.kind.value,
        "by": schedule.by.value,
        "often": schedule.often.value,
        "every": schedule.every.value,
        "hour": str(schedule.hour),
        "zone": schedule.zone,
        "form": schedule.form.value,
        "to": schedule.to,
        "language": schedule.language.value,
        "account": schedule.account or "",
        "made_at": schedule.made_at.isoformat(),
    }


def schedule_of(schedule_id: str, cells: Mapping[str, str]) -> Schedule:
    """What `cells_of` was made from. Raises ValueError, KeyError or `ReportError` for anything else."""
    return Schedule(
        schedule_id=schedule_id,
        kind=Kind(cells["kind"]),
        by=By(cells["by"]),
        often=Every(cells["often"]),
        every=Every(cells["every"]),
        hour=int(cells["hour"]),
        zone=cells["zone"],
        form=Form(cells["form"]),
        to=cells["to"],
        language=Language(cells["language"]),
        account=AccountId(cells["account"]) if cells["account"] else None,
        made_at=datetime.fromisoformat(cells["made_at"]),
    )


def unknown_target(schedule: Schedule, targets: Collection[str], *, folder: bool) -> str | None:
    """Why a schedule cannot be delivered with the settings as they are; none where it can."""
    if schedule.to == FOLDER:
        return None if folder else "the setting reports_folder names no folder"
    return None if schedule.to in targets else f"no mail target is called {schedule.to!r}"
