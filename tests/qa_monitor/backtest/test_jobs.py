"""Back-tests in a process of their own: progress, the report, refusals, and cancelling."""

import asyncio
from pathlib import Path

import pytest

from alerts.rulebook import STARTER_RULES
from qa_monitor.backtest.jobs import BackTest, BackTests, Busy, JobState
from qa_monitor.backtest.worker import Task
from qa_monitor.workers import backtest
from streams.records import Speaker
from tests.qa_monitor.past import a_past_call, keep

DRAFT = """
rules:
  - id: leaves
    name: {en: Leaves, fr: Part}
    priority: high
    action: {en: Listen in., fr: Écouter.}
    deadline_s: 60
    when: {words: {speaker: customer, phrases: {fr: [je vous quitte]}}}
"""
PUBLISHED = DRAFT.replace("je vous quitte", "résilier")


def a_task(folder: Path, *, text: str = DRAFT, calls: str = "all") -> Task:
    """One rule is published, and a draft would take its place."""
    rules = folder / "rules"
    rules.mkdir(exist_ok=True)
    published = rules / "published.yaml"
    published.write_text(PUBLISHED, encoding="utf-8")
    return Task(
        data_dir=folder,
        text=text,
        folder=rules,
        in_force=(STARTER_RULES, published),
        rules=("leaves",),
        calls=calls,
        longest_utterance_s=15.0,
    )


async def kept_calls(folder: Path) -> None:
    await keep(
        folder,
        [
            a_past_call("c1", (5, Speaker.CUSTOMER, "Je vous quitte.")),
            a_past_call("c2", (5, Speaker.CUSTOMER, "Je veux résilier.")),
        ],
    )


async def over(tests: BackTests, test: BackTest) -> BackTest:
    """As it ended."""
    async with asyncio.timeout(120):
        await tests.wait()
    return test


@pytest.mark.slow
def test_the_draft_takes_the_place_of_what_is_published(tmp_path: Path) -> None:
    """The report compares it with what is in force, and nothing is left behind."""

    async def run() -> BackTest:
        await kept_calls(tmp_path)
        tests = BackTests(backtest.__name__)
        return await over(tests, tests.start(a_task(tmp_path)))

    test = asyncio.run(run())

    assert (test.state, test.done, test.total, test.problem) == (JobState.DONE, 2, 2, None)
    assert test.report is not None
    (rule,) = test.report.rules
    assert rule.difference is not None
    assert [one.call_id for one in rule.difference.only_new_first] == ["c1"]
    assert [one.call_id for one in rule.difference.only_old_first] == ["c2"]
    assert [path.name for path in (tmp_path / "rules").iterdir()] == ["published.yaml"]


@pytest.mark.slow
def test_why_there_is_no_report_is_said(tmp_path: Path) -> None:
    """A folder without a database."""

    async def run() -> BackTest:
        tests = BackTests(backtest.__name__)
        return await over(tests, tests.start(a_task(tmp_path)))

    test = asyncio.run(run())

    assert test.state is JobState.FAILED
    assert "qa-monitor.db" in (test.problem or "")


@pytest.mark.slow
def test_one_runs_at_a_time_and_ends_when_cancelled(tmp_path: Path) -> None:
    """What was cancelled stays so; then the next may start."""

    async def run() -> tuple[BackTest, BackTest]:
        await kept_calls(tmp_path)
        tests = BackTests(backtest.__name__)
        first = tests.start(a_task(tmp_path))
        with pytest.raises(Busy, match=first.test_id):
            tests.start(a_task(tmp_path))
        await tests.cancel(first)
        second = tests.start(a_task(tmp_path))
        await tests.close()
        return first, second

    first, second = asyncio.run(run())

    assert (first.state, second.state) == (JobState.CANCELLED, JobState.CANCELLED)
    assert first.report is None
