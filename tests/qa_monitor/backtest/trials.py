"""Rules to be tried on past calls, and what comes of it."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from qa_monitor.backtest.books import Books
from qa_monitor.backtest.query import parse_query
from qa_monitor.backtest.report import Report, RuleReport
from qa_monitor.backtest.run import Job, run_job
from qa_monitor.store.calls.past import SqlitePastCalls
from tests.qa_monitor.past import Past, keep

RULE = """
rules:
  - id: {id}
    name: {{en: A rule, fr: Une règle}}
    priority: high
    action: {{en: Listen in., fr: Écouter.}}
    deadline_s: 60
    when: {when}
"""
CANCEL = "{words: {speaker: customer, phrases: {fr: [résilier], en: [want to cancel]}}}"


def a_file(folder: Path, when: str, name: str = "rule", rule_id: str = "r") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(RULE.format(id=rule_id, when=when), encoding="utf-8")
    return path


def outcome_of(folder: Path, calls: Iterable[Past], new: Path, *, old: Path | None = None) -> Report:
    data = folder / "data"
    data.mkdir()
    asyncio.run(keep(data, calls))
    books = Books(new=(new,), old=None if old is None else (old,))
    return run_job(Job(past=SqlitePastCalls, data_dir=data, books=books, query=parse_query("all"), processes=1))


def only(report: Report) -> RuleReport:
    (found,) = report.rules
    return found
