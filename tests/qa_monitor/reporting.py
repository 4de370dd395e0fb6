"""Finished calls for reports."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.reports.making import Reports
from qa_monitor.reports.periods import Every
from qa_monitor.reports.records import Asked, By, Figure, Filter, Kind, Report
from qa_monitor.store.sqlite import SqliteStore
from sentiment.records import Dynamics
from streams.records import CallEnded, CallId, EndReason
from tests.qa_monitor.builders import a_call, an_utterance
from tests.qa_monitor.staff import a_directory

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 15)
"""Two whole weeks in Paris."""
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_flow(*, hold_s: float = 30.0, silence_s: float = 20.0, talk_over_s: float = 4.0) -> Dynamics:
    """At the end of a call."""
    return Dynamics(
        now_s=100.0,
        silence_s=0.0,
        talk_over_s=0.0,
        talk_over_total_s=talk_over_s,
        silence_total_s=silence_s,
        talk_share={"customer": 0.5, "agent": 0.5},
        interrupter=None,
        hold_total_s=hold_s,
    )


async def keep_call(
    store: SqliteStore,
    call_id: str,
    began_at: datetime,
    *,
    team: str = "north",
    said: str = "Bonjour, je voudrais un renseignement.",
    metadata: dict[str, str] | None = None,
) -> None:
    """A call of 100 seconds that is over."""
    call = replace(
        a_call(call_id, started_at=began_at),
        team=team,
        agent_id=f"{team}-agent",
        metadata=metadata or {"queue": "sales"},
    )
    await store.save_call(call)
    await store.save_utterance(replace(an_utterance(call_id=call_id, text=said), words=()))
    await store.save_dynamics(call.call_id, a_flow())
    await store.end_call(
        CallEnded(call_id=CallId(call_id), end_s=100.0, reason=EndReason.END), began_at + timedelta(seconds=100)
    )


async def count_all(store: SqliteStore) -> None:
    """What the service does by and by."""
    while await store.reports.count_calls(100):
        pass
    while await store.reports.read_calls(100):
        pass


def reports_of(store: SqliteStore) -> Reports:
    return Reports(store.reports, a_directory, lambda: datetime(2026, 3, 16, tzinfo=UTC))


def asked(kind: Kind = Kind.CALLS, by: By = By.TEAM, every: Every = Every.WEEK, only: Filter | None = None) -> Asked:
    """Those two weeks."""
    return Asked(kind=kind, by=by, every=every, zone="Europe/Paris", first=FIRST, last=LAST, only=only or Filter())


async def made(store: SqliteStore, what: Asked, sight: Sight = EVERYTHING) -> Report:
    """A report once everything is counted."""
    await count_all(store)
    return await reports_of(store).make(what, sight)


def figure(report: Report, name: str, line: str = "north", period: int | None = None, part: str = "") -> Figure:
    """One figure of one line."""
    found = [each for each in report.lines if (each.key.name, each.period, each.key.part) == (line, period, part)]
    assert len(found) == 1, [(each.key, each.period) for each in report.lines]
    return next(each for each in found[0].figures if each.name == name)
