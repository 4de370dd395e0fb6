"""Scheduled reports: which periods are due, each once, whatever happened to the service meanwhile."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from qa_monitor.delivery.targets import Targets
from qa_monitor.people.records import AccountId
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.reports.delivering import ReportPost, Seeing
from qa_monitor.reports.periods import Every
from qa_monitor.reports.records import By, Kind, ReportError
from qa_monitor.reports.schedules import (
    FOLDER,
    MOST_ATTEMPTS,
    Form,
    Run,
    RunState,
    Schedule,
    after_failure,
    cells_of,
    due_runs,
    schedule_of,
)
from qa_monitor.store.sqlite import SqliteStore
from streams.records import Language
from tests.qa_monitor.mailing import a_mail_server, a_mail_target
from tests.qa_monitor.reporting import MONDAY, count_all, keep_call, reports_of
from tests.qa_monitor.storing import a_store

MADE = datetime(2026, 3, 4, 12, tzinfo=UTC)
SCHEDULE = Schedule(
    schedule_id="weekly-calls",
    kind=Kind.CALLS,
    by=By.TEAM,
    often=Every.WEEK,
    every=Every.DAY,
    hour=7,
    zone="Europe/Paris",
    form=Form.CSV,
    to=FOLDER,
    language=Language.FR,
    account=None,
    made_at=MADE,
)
IN_TIME = datetime(2026, 3, 9, 6, tzinfo=UTC)
"""Seven on Monday morning in Paris."""


def due(now: datetime, *known: Run, schedule: Schedule = SCHEDULE) -> list[str]:
    return [run.period for run in due_runs(schedule, known, now)]


def a_run(state: RunState, at: datetime = IN_TIME) -> Run:
    return Run(
        schedule_id="weekly-calls", period="2026-W10", first=date(2026, 3, 2), last=date(2026, 3, 8), state=state, at=at
    )


def test_a_week_is_due_on_monday_at_its_hour_and_no_sooner() -> None:
    assert due(IN_TIME - timedelta(seconds=1)) == []
    assert due(IN_TIME) == ["2026-W10"]


def test_the_hour_is_that_of_the_place_also_after_clocks_changed() -> None:
    """The Monday after the change, seven in Paris is five in UTC."""
    known = [replace(a_run(RunState.DELIVERED), period=f"2026-W{week}") for week in (10, 11, 12)]

    assert due(datetime(2026, 3, 30, 4, 59, tzinfo=UTC), *known) == []
    assert due(datetime(2026, 3, 30, 5, 0, tzinfo=UTC), *known) == ["2026-W13"]


def test_a_month_is_due_on_the_first() -> None:
    monthly = replace(SCHEDULE, often=Every.MONTH)

    assert due(datetime(2026, 4, 1, 4, 59, tzinfo=UTC), schedule=monthly) == []
    assert due(datetime(2026, 4, 1, 5, 0, tzinfo=UTC), schedule=monthly) == ["2026-03"]


@pytest.mark.parametrize("state", [RunState.STARTED, RunState.DELIVERED, RunState.FAILED, RunState.UNSURE])
def test_a_period_that_was_begun_is_not_due_again(state: RunState) -> None:
    assert due(IN_TIME + timedelta(days=1), a_run(state)) == []


def test_what_did_not_leave_is_due_again_after_a_while() -> None:
    waiting = a_run(RunState.WAITING)

    assert due(IN_TIME + timedelta(minutes=29), waiting) == []
    assert due(IN_TIME + timedelta(minutes=30), waiting) == ["2026-W10"]


def test_missed_weeks_are_caught_up_oldest_first_and_not_without_end() -> None:
    """After ten weeks without the service the latest five come; none from before the schedule was made."""
    assert due(IN_TIME + timedelta(weeks=2)) == ["2026-W10", "2026-W11", "2026-W12"]
    assert len(due(IN_TIME + timedelta(weeks=10))) == 5
    assert due(IN_TIME, schedule=replace(SCHEDULE, made_at=IN_TIME)) == []


def test_what_may_have_left_is_never_sent_again() -> None:
    assert after_failure(1, unsent=False) is RunState.FAILED
    assert after_failure(1, unsent=True) is RunState.WAITING
    assert after_failure(MOST_ATTEMPTS, unsent=True) is RunState.FAILED


def test_a_schedule_is_kept_as_texts_and_read_back() -> None:
    schedule = replace(SCHEDULE, account=AccountId("dan"), by=By.QUEUE)

    assert schedule_of(schedule.schedule_id, cells_of(schedule)) == schedule


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"often": Every.DAY}, "often: found 'day'; allowed: week, month"),
        ({"hour": 24}, "hour: found 24; allowed: 0 to 23"),
        ({"kind": Kind.OCCUPANCY}, "by: found 'team'; allowed for occupancy: agent"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_in_words(change: dict[str, object], words: str) -> None:
    with pytest.raises(ReportError, match=words):
        replace(SCHEDULE, **change)  # type: ignore[arg-type]


async def nothing_hidden(sight: Sight) -> Sight:
    return sight


def a_post(store: SqliteStore, now: datetime, folder: Path | None, targets: Sequence[object] = ()) -> ReportPost:
    seeing = Seeing(account=lambda _: None, sight=lambda _: EVERYTHING, blinded=nothing_hidden)
    every = Targets(every=tuple(targets))  # type: ignore[arg-type]
    return ReportPost(reports_of(store), store.reports.schedules, seeing, lambda: every, folder, lambda: now)


def test_a_report_goes_into_its_folder_once_also_over_restarts(tmp_path: Path) -> None:
    """Two services after each other look: one file, of the calls of that week."""

    async def run() -> None:
        async with a_store(tmp_path / "data") as store:
            await keep_call(store, "a", MONDAY)
            await count_all(store)
            await store.reports.schedules.put(SCHEDULE)

            assert await a_post(store, IN_TIME, tmp_path / "out").look() == 1
        async with a_store(tmp_path / "data") as store:
            later = a_post(store, IN_TIME + timedelta(hours=5), tmp_path / "out")
            await later.settle_left()

            assert await later.look() == 0

    (tmp_path / "data").mkdir()
    asyncio.run(run())
    (file,) = (tmp_path / "out").iterdir()

    assert file.name == "calls-team-2026-W10-weekly-c.csv"
    assert "north,,calls,count,1,1" in file.read_text("utf-8-sig")


def test_what_was_being_mailed_when_the_service_stopped_is_not_mailed_again(tmp_path: Path) -> None:
    """It may have left: its state says so. A file is written again: that does no harm."""

    async def run() -> dict[str, RunState]:
        async with a_store(tmp_path) as store:
            schedules = store.reports.schedules
            for schedule in (SCHEDULE, replace(SCHEDULE, schedule_id="mailed", to="leads")):
                await schedules.put(schedule)
                (run,) = due_runs(schedule, (), IN_TIME)
                assert await schedules.claim(run, IN_TIME)
                assert not await schedules.claim(run, IN_TIME)
            await a_post(store, IN_TIME, None).settle_left()
            return {run.schedule_id: run.state for run in await schedules.runs(10)}

    assert asyncio.run(run()) == {"weekly-calls": RunState.WAITING, "mailed": RunState.UNSURE}


def test_a_schedule_of_an_account_that_is_gone_sends_nothing(tmp_path: Path) -> None:
    async def run() -> Sequence[Run]:
        async with a_store(tmp_path) as store:
            await store.reports.schedules.put(replace(SCHEDULE, account=AccountId("gone")))

            assert await a_post(store, IN_TIME, tmp_path / "out").look() == 0
            return await store.reports.schedules.runs(10)

    (found,) = asyncio.run(run())

    assert found.state is RunState.FAILED
    assert not (tmp_path / "out").exists()


def test_a_report_is_mailed_with_its_file(tmp_path: Path) -> None:
    """Through a real mail server; what it says is in the language of the schedule."""

    async def run() -> tuple[str, str, bytes]:
        async with a_store(tmp_path) as store, a_mail_server() as server:
            await keep_call(store, "a", MONDAY)
            await count_all(store)
            await store.reports.schedules.put(replace(SCHEDULE, to="coaches", form=Form.PDF))
            target = a_mail_target(server.port, to=("leads@example.com",))

            assert await a_post(store, IN_TIME, None, [target]).look() == 1
            (mail,) = server.mails
            (attached,) = mail.iter_attachments()
            content = attached.get_content()
            assert isinstance(content, bytes)
            return str(mail["subject"]), str(attached.get_filename()), content

    subject, name, content = asyncio.run(run())

    assert "Appels et durée de traitement par équipe : semaine du 2 mars 2026" in subject.replace("\u00a0", " ")
    assert name == "calls-team-2026-W10-weekly-c.pdf"
    assert content.startswith(b"%PDF-")


def test_a_mail_server_that_is_not_there_is_tried_again(tmp_path: Path) -> None:
    async def run() -> Sequence[Run]:
        async with a_store(tmp_path) as store:
            async with a_mail_server() as server:
                port = server.port
            await store.reports.schedules.put(replace(SCHEDULE, to="coaches"))

            assert await a_post(store, IN_TIME, None, [a_mail_target(port)]).look() == 0
            return await store.reports.schedules.runs(10)

    (found,) = asyncio.run(run())

    assert (found.state, found.attempts) == (RunState.WAITING, 1)
