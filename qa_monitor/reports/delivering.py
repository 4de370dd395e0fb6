"""Delivers reports after every week or month: by mail, or into a folder. Each period at most once."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from qa_monitor.delivery.letters import File, Letter
from qa_monitor.delivery.messages import Messages
from qa_monitor.delivery.targets import Target, TargetKind, Targets
from qa_monitor.people.records import Account, AccountId
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.records.errors import StoreError
from qa_monitor.reports.dates import day_name, stretch_name
from qa_monitor.reports.making import Reports
from qa_monitor.reports.pdf import report_pdf
from qa_monitor.reports.port import ScheduleStore
from qa_monitor.reports.records import Asked, Report, ReportError
from qa_monitor.reports.schedules import (
    FOLDER,
    Form,
    Run,
    RunState,
    Schedule,
    after_failure,
    due_runs,
    unknown_target,
)
from qa_monitor.reports.table import report_csv
from qa_monitor.reports.words import WORDS
from streams.records import Language

log = structlog.get_logger()

LOOK_S = 60.0
MOST_RUNS = 2_000
"""Latest runs that are remembered: those of 400 schedules that have five periods each to catch up."""
MEDIA = {Form.PDF: "application/pdf", Form.CSV: "text/csv"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeing:
    """Who may see what, at this moment."""

    account: Callable[[AccountId], Account | None]
    """None: it is gone, or disabled."""
    sight: Callable[[Account], Sight]
    blinded: Callable[[Sight], Awaitable[Sight]]
    """The same for readers nobody knows: see `reviews.blinding`."""


class ReportPost:
    """One per application. `targets`: those in force now; `folder`: none where reports go into none."""

    def __init__(
        self,
        reports: Reports,
        store: ScheduleStore,
        seeing: Seeing,
        targets: Callable[[], Targets],
        folder: Path | None,
        clock: Callable[[], datetime],
    ) -> None:
        self.store = store
        """Schedules and their runs."""
        self._reports, self._seeing, self._targets = reports, seeing, targets
        self._folder, self._clock = folder, clock

    def problem(self, schedule: Schedule) -> str | None:
        """Why it cannot be delivered with the settings as they are; none where it can."""
        return unknown_target(schedule, self.mail_targets, folder=self._folder is not None)

    @property
    def mail_targets(self) -> tuple[str, ...]:
        """Where mail can go."""
        return tuple(target.name for target in self._targets().every if target.kind is TargetKind.MAIL)

    @property
    def has_folder(self) -> bool:
        """Whether reports can be put into a folder."""
        return self._folder is not None

    async def watch(self) -> None:
        """Until cancelled: deliver what is due, first of all what was missed while the service was not running."""
        settled = False
        while True:
            try:
                if not settled:
                    await self.settle_left()
                    settled = True
                await self.look()
            except StoreError as error:
                log.warning("scheduled reports wait for the store", why=str(error))
            await asyncio.sleep(LOOK_S)

    async def settle_left(self) -> None:
        """What an earlier run of the service began and did not finish. For the start only. Raises `StoreError`."""
        to = {each.schedule_id: each.to for each in await self.store.schedules()}
        for run in await self.store.runs(MOST_RUNS):
            if run.state is RunState.STARTED:
                # a file is put in place whole or not at all: that can be done again
                state = RunState.WAITING if to.get(run.schedule_id) == FOLDER else RunState.UNSURE
                await self.store.settle(run, state, self._clock(), "the service stopped while it was sent")

    async def look(self) -> int:
        """Deliver all that is due now; how many were delivered. Raises `StoreError`."""
        delivered = 0
        known = await self.store.runs(MOST_RUNS)
        for schedule in await self.store.schedules():
            for run in due_runs(schedule, known, self._clock()):
                if await self.store.claim(run, self._clock()):
                    before = next((each.attempts for each in known if _same(each, run)), 0)
                    delivered += await self._deliver(schedule, run, before + 1)
        return delivered

    async def _deliver(self, schedule: Schedule, run: Run, attempts: int) -> bool:
        try:
            problem, unsent = await self._sent(schedule, run)
        except (StoreError, ReportError, OSError) as error:
            # nothing has left: the report could not even be made, or written
            problem, unsent = (error.strerror or "disk" if isinstance(error, OSError) else str(error)), True
        state = RunState.DELIVERED if problem is None else after_failure(attempts, unsent=unsent)
        await self.store.settle(run, state, self._clock(), problem)
        if problem is not None:
            log.warning("a scheduled report was not delivered", schedule=schedule.schedule_id, why=problem)
        return problem is None

    async def _sent(self, schedule: Schedule, run: Run) -> tuple[str | None, bool]:
        """Why it was not sent, none where it was; and whether nothing left for certain."""
        sight = self._sight(schedule)
        if sight is None:
            return "the account of this schedule is gone or disabled", False
        wrong = self.problem(schedule)
        if wrong is not None:
            return wrong, True
        report = await self._reports.make(asked_by(schedule, run), await self._seeing.blinded(sight))
        content = await asyncio.to_thread(written, report, schedule.form, schedule.language)
        name = (
            f"{schedule.kind.value}-{schedule.by.value}-{run.period}-{schedule.schedule_id[:8]}.{schedule.form.value}"
        )
        if schedule.to == FOLDER:
            assert self._folder is not None
            await asyncio.to_thread(put_into, self._folder, name, content)
            return None, False
        target = next(each for each in self._targets().every if each.name == schedule.to)
        return await self._mail(
            target, schedule, run, File(name=name, media_type=MEDIA[schedule.form], content=content)
        )

    async def _mail(self, target: Target, schedule: Schedule, run: Run, file: File) -> tuple[str | None, bool]:
        words = WORDS[schedule.language]
        period = stretch_name(run.first, schedule.often, schedule.language)
        said = {"kind": words.kinds[schedule.kind], "by": words.by[schedule.by].lower(), "period": period}
        first, last = (day_name(day, schedule.language) for day in (run.first, run.last))
        letter = Letter(
            key=f"report-{schedule.schedule_id}-{run.period}",
            subject=words.subject.format(**said),
            text=words.text.format(**said, first=first, last=last, zone=schedule.zone),
            file=file,
        )
        channel = Messages(target, self._targets().link)
        try:
            outcome = await channel.tell(letter)
        finally:
            await channel.close()
        return outcome.problem, outcome.unsent

    def _sight(self, schedule: Schedule) -> Sight | None:
        if schedule.account is None:
            return EVERYTHING
        account = self._seeing.account(schedule.account)
        return None if account is None else self._seeing.sight(account)


def asked_by(schedule: Schedule, run: Run) -> Asked:
    """The report of one period."""
    return Asked(
        kind=schedule.kind,
        by=schedule.by,
        every=schedule.every,
        zone=schedule.zone,
        first=run.first,
        last=run.last,
    )


def written(report: Report, form: Form, language: Language) -> bytes:
    """The report as a file. Takes a moment."""
    if form is Form.PDF:
        return report_pdf(report, language)
    # spreadsheets tell by the mark in front that it is UTF-8
    return report_csv(report).encode("utf-8-sig")


def put_into(folder: Path, name: str, content: bytes) -> None:
    """Whole or not at all, in place of one of the same name. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder / f".{name}.part"
    beside.write_bytes(content)
    beside.chmod(0o640)
    os.replace(beside, folder / name)


def _same(one: Run, other: Run) -> bool:
    return (one.schedule_id, one.period) == (other.schedule_id, other.period)
