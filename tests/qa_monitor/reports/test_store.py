"""Reports over calls in the database: what is counted, by whom it may be seen, and that it follows every change."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from alerts.records import CoachId
from qa_monitor.people.sight import Sight
from qa_monitor.records.calls import CallAgent
from qa_monitor.records.verdicts import Verdict, VerdictKind
from qa_monitor.reports.customers import Survey, SurveyKind, Wait
from qa_monitor.reports.periods import Every
from qa_monitor.reports.records import By, Filter, Kind
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallId
from tests.qa_monitor.builders import a_call, a_flag
from tests.qa_monitor.reporting import MONDAY, asked, count_all, figure, keep_call, made
from tests.qa_monitor.staff import NORTH, SOUTH
from tests.qa_monitor.storing import a_store

WEEK = timedelta(days=7)
NORTHERNER = Sight(teams=frozenset({NORTH}), known=frozenset({NORTH, SOUTH}))
TIMES = ("handle_s", "talk_s", "hold_s", "silence_s", "talk_over_s")
AGAIN = "C'est la troisième fois que j'appelle pour ça."


def with_store(folder: Path, test: Callable[[SqliteStore], Awaitable[None]]) -> None:
    async def run() -> None:
        async with a_store(folder) as store:
            await test(store)

    asyncio.run(run())


def a_wait(wait_id: str, **changes: object) -> Wait:
    """A customer of the north who was answered after five seconds."""
    given: dict[str, object] = {"tenant": "default", "team": "north", "queue": "sales", "began_at": MONDAY}
    return Wait(**({"wait_id": wait_id, "waited_s": 5, "answered": True} | given | changes))  # type: ignore[arg-type]


def test_calls_are_counted_by_team_and_week_with_their_times(tmp_path: Path) -> None:
    """Two in the first week, one in the second, one of another team; handle time falls into its parts."""

    async def test(store: SqliteStore) -> None:
        await keep_call(store, "a", MONDAY)
        await keep_call(store, "b", MONDAY, said=AGAIN)
        await keep_call(store, "c", MONDAY + WEEK)
        await keep_call(store, "d", MONDAY, team="south")
        report = await made(store, asked())

        assert [figure(report, "calls", period=period).value for period in (None, 0, 1)] == [3, 2, 1]
        assert figure(report, "calls", "south").value == 1
        assert [figure(report, name).value for name in TIMES] == [100, 50, 30, 20, 4]
        assert figure(report, "repeat_share", period=0).value == 0.5
        assert figure(report, "repeat_share", period=0).n == 2
        assert figure(report, "handle_s").few
        assert report.pending == report.unread == 0

    with_store(tmp_path, test)


def test_a_call_at_night_is_of_the_day_its_zone_shows(tmp_path: Path) -> None:
    """Half past eleven on Sunday evening in UTC is Monday in Paris: the next week, and the next day."""

    async def test(store: SqliteStore) -> None:
        await keep_call(store, "a", MONDAY.replace(day=8, hour=23, minute=30))
        paris = await made(store, asked())
        utc = await made(store, replace(asked(), zone="UTC"))

        assert figure(paris, "calls", period=1).value == 1
        assert figure(utc, "calls", period=0).value == 1

    with_store(tmp_path, test)


def test_only_what_may_be_seen_is_counted(tmp_path: Path) -> None:
    """Of teams and of partners alike; nobody who sees nothing gets a line."""

    async def test(store: SqliteStore) -> None:
        await keep_call(store, "a", MONDAY)
        await keep_call(store, "b", MONDAY, team="south")
        await keep_call(store, "c", MONDAY, team="nowhere")
        own = await made(store, asked(by=By.ALL), NORTHERNER)
        near = await made(store, asked(), replace(NORTHERNER, unassigned=True))
        nothing = await made(store, asked(), Sight())

        assert figure(own, "calls", "").value == 1
        assert {line.key.name for line in near.lines} == {"north", "nowhere"}
        assert nothing.lines == ()

    with_store(tmp_path, test)


def test_a_flag_and_what_coaches_say_of_it_are_counted_after_the_call_too(tmp_path: Path) -> None:
    """A verdict that comes later changes the report; so does one that is taken back."""

    async def test(store: SqliteStore) -> None:
        await keep_call(store, "a", MONDAY)
        await keep_call(store, "b", MONDAY)
        await count_all(store)
        call = replace(a_call("a", started_at=MONDAY), team="north")
        flag = a_flag("f", call_id="a")
        await store.save_flag(flag, call, MONDAY)
        before = await made(store, asked(Kind.FLAGS))
        await store.save_verdict(
            Verdict(flag_id=flag.flag_id, kind=VerdictKind.FALSE_ALARM, by=CoachId("ann"), at=MONDAY)
        )
        after = await made(store, asked(Kind.FLAGS))

        assert figure(before, "flags_per_100", part=flag.rule_id).value == 50
        assert figure(before, "precision", part=flag.rule_id).value is None
        assert figure(after, "false_alarms").value == 1
        assert figure(after, "precision").value == 0
        assert figure(after, "flags", part=flag.rule_id, period=0).value == 1

    with_store(tmp_path, test)


def test_who_waited_comes_from_telephony_or_from_elsewhere_and_counts_once(tmp_path: Path) -> None:
    """What another system says of a call takes the place of its metadata; those who gave up have no call."""

    async def test(store: SqliteStore) -> None:
        await keep_call(store, "a", MONDAY, metadata={"queue": "sales", "wait_s": "8.5"})
        await keep_call(store, "b", MONDAY, metadata={"queue": "sales", "wait_s": "lots"})
        await count_all(store)
        brought = [
            a_wait("w1", call_id="a", tenant="x", team="", waited_s=25),
            a_wait("w2", waited_s=90, answered=False),
            a_wait("w3", team="south"),
            a_wait("w4", call_id="gone"),
        ]
        first = await made(store, asked(Kind.SERVICE))
        taken = await store.reports.save_waits(brought, NORTHERNER)
        second = await made(store, asked(Kind.SERVICE))

        assert figure(first, "in_time_share").value == 1
        assert taken.taken == 2
        assert taken.unmatched == ("gone", "w3")
        assert [figure(second, name).value for name in ("offered", "answered", "in_time_share", "wait_s")] == [
            2,
            1,
            0,
            25,
        ]
        assert figure(await made(store, asked(Kind.SERVICE, By.QUEUE)), "offered", "sales").value == 2

    with_store(tmp_path, test)


def test_answers_of_customers_are_joined_to_calls_that_may_be_seen(tmp_path: Path) -> None:
    """The same answer again replaces the first; nobody writes over another team's."""

    async def test(store: SqliteStore) -> None:
        await keep_call(store, "a", MONDAY)
        await keep_call(store, "b", MONDAY, team="south")
        nps = Survey(survey_id="s1", call_id="a", kind=SurveyKind.NPS, value=3, answered_at=MONDAY)
        other = replace(nps, survey_id="s2", call_id="b", value=10)
        await store.reports.save_surveys([nps, other, replace(nps, value=9)], Sight(every=True))
        refused = await store.reports.save_surveys([replace(nps, survey_id="s2", value=0)], NORTHERNER)
        report = await made(store, asked(Kind.SURVEYS, only=Filter(team="north")))

        assert refused.taken == 0
        assert figure(report, "score", part="nps").value == 100
        assert figure(report, "answers", part="nps").few
        assert figure(report, "response_share", part="nps").value == 1

    with_store(tmp_path, test)


def test_a_transferred_call_is_each_agent_s_for_their_own_part(tmp_path: Path) -> None:
    """For occupancy; and a part with a team that is not seen is not told."""

    async def test(store: SqliteStore) -> None:
        await keep_call(store, "a", MONDAY)
        await store.save_agent(CallId("a"), CallAgent(agent_id="other", team="south", from_s=40.0))
        report = await made(store, asked(Kind.OCCUPANCY, By.AGENT))
        own = await made(store, asked(Kind.OCCUPANCY, By.AGENT), NORTHERNER)

        assert figure(report, "handling_s", "north-agent").value == 40
        assert figure(report, "handling_s", "other", period=0).value == 60
        assert {line.key.name for line in own.lines} == {"north-agent"}
        assert figure(own, "handling_s", "north-agent").value == 40

    with_store(tmp_path, test)


def test_scores_are_those_in_force(tmp_path: Path) -> None:
    """A score that a later one replaced is not counted; one without a total counts nowhere."""

    async def test(store: SqliteStore) -> None:
        await keep_call(store, "a", MONDAY)
        await keep_call(store, "b", MONDAY)
        await store._database.write(make_scores)
        report = await made(store, asked(Kind.SCORES))

        assert [figure(report, name, part="calls").value for name in ("scored", "mean", "failed_share")] == [2, 40, 0.5]

    with_store(tmp_path, test)


def test_scores_somebody_must_not_learn_are_in_no_figure(tmp_path: Path) -> None:
    """Not in a mean, not in a count; other kinds of reports stay whole."""

    async def test(store: SqliteStore) -> None:
        await keep_call(store, "a", MONDAY)
        await keep_call(store, "b", MONDAY)
        await store._database.write(make_scores)
        sight = Sight(every=True, blind=frozenset({CallId("b")}))
        report, calls = await made(store, asked(Kind.SCORES), sight), await made(store, asked(Kind.CALLS), sight)

        assert [figure(report, name, part="calls").value for name in ("scored", "mean", "failed_share")] == [1, 80, 0]
        assert figure(calls, "calls").value == 2
        assert (report.withheld, calls.withheld) == (1, 0)

    with_store(tmp_path, test)


def make_scores(connection: Connection) -> None:
    """As the scorecards keep them."""
    columns = "score_id, call_id, scorecard_id, version, at, total, failed, state, current"
    connection.execute(text(f"CREATE TABLE IF NOT EXISTS call_scores ({columns})"))
    for score_id, (call_id, total, failed, current) in enumerate((("a", 80, 0, 1), ("a", 10, 0, 0), ("b", 0, 1, 1))):
        row = f"'{score_id}', '{call_id}', 'calls', '1', '2026-03-02 12:00:00', {total}, {failed}, 'machine', {current}"
        connection.execute(text(f"INSERT INTO call_scores ({columns}) VALUES ({row})"))


def test_a_deleted_call_leaves_nothing_behind(tmp_path: Path) -> None:
    """Its figures, its flags', its answers and its wait go with it, also while changes of it are noted."""

    async def test(store: SqliteStore) -> None:
        await keep_call(store, "a", MONDAY, metadata={"wait_s": "3"})
        call, flag = a_call("a", started_at=MONDAY), a_flag("f", call_id="a")
        await store.save_flag(flag, call, MONDAY)
        await count_all(store)
        survey = Survey(survey_id="s", call_id="a", kind=SurveyKind.CSAT, value=5, answered_at=MONDAY)
        await store.reports.save_surveys([survey], Sight(every=True))
        await store.save_verdict(Verdict(flag_id=flag.flag_id, kind=VerdictKind.USEFUL, by=CoachId("ann"), at=MONDAY))
        await store._database.write(lambda connection: connection.execute(text("DELETE FROM calls")))

        assert await store.reports.count_calls(10) == 0

    with_store(tmp_path, test)
    left = sqlite3.connect(tmp_path / "qa-monitor.db")
    for table in ("call_figures", "flag_figures", "figures_due", "surveys", "waits"):
        assert left.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    left.close()


@pytest.mark.parametrize("every", Every)
def test_every_way_to_cut_gives_the_same_whole(tmp_path: Path, every: Every) -> None:
    async def test(store: SqliteStore) -> None:
        for number in range(5):
            await keep_call(store, str(number), MONDAY + timedelta(days=3 * number, hours=number * 7))
        report = await made(store, asked(every=every))
        parts = [line for line in report.lines if line.period is not None]

        assert figure(report, "calls").value == 5
        if every is Every.WHOLE:
            assert parts == [], "its one period would say the same again"
        else:
            assert sum(line.figures[0].value or 0 for line in parts) == 5

    with_store(tmp_path, test)
