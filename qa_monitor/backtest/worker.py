"""A back-test in a process of its own (`qa_monitor/workers/backtest.py`), told what to do on standard input.

It says on standard output, one JSON object a line, how far it has come, and at last the report or why there is none.
Ending the process ends the test: nothing is kept anywhere.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from alerts.files.document import read_document
from alerts.files.problems import RuleError
from alerts.files.sources import scope_of
from alerts.policy import AlertPolicy
from qa_monitor.backtest.books import Books, NoSuchRule
from qa_monitor.backtest.port import OpenPast
from qa_monitor.backtest.query import QueryError, parse_query
from qa_monitor.backtest.records import EXAMPLES
from qa_monitor.backtest.run import Job, run_job
from qa_monitor.backtest.schemas import BackTestJson, report_json
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.records.errors import StoreError
from qa_monitor.rules.draft import drafted
from qa_monitor.rules.publishing import PUBLISHED

POLITE = 10
"""Live calls come first."""


class Task(BaseModel):
    """What to test on which calls."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data_dir: Path
    text: str
    """The draft."""
    folder: Path
    """Where it would be published."""
    in_force: tuple[Path, ...]
    """The rule files as they are."""
    rules: tuple[str, ...]
    """Ids of the rules that count."""
    calls: str
    sight: Sight = EVERYTHING
    """Of those, the calls that whoever asks may see."""
    longest_utterance_s: float
    kept: int = EXAMPLES


class Line(BaseModel):
    """How far it has come, or how it ended."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    done: int = 0
    total: int = 0
    report: BackTestJson | None = None
    problem: str | None = None


def work(past: OpenPast) -> None:
    """Do what standard input says."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # leaving no draft behind
    os.nice(POLITE)
    task = Task.model_validate_json(sys.stdin.buffer.read())
    try:
        with _draft_among(task) as new:
            job = Job(
                past=past,
                data_dir=task.data_dir,
                books=Books(new=new, old=task.in_force, only=task.rules),
                query=replace(parse_query(task.calls), sight=task.sight),
                policy=AlertPolicy(longest_utterance_s=task.longest_utterance_s),
                kept=task.kept,
                processes=1,
            )
            found = run_job(job, lambda done, total: _tell(Line(done=done, total=total)))
    except (RuleError, NoSuchRule, QueryError, StoreError) as error:
        _tell(Line(problem=str(error)))
    else:
        calls = found.amount.calls
        _tell(Line(done=calls, total=calls, report=report_json(found)))


@contextmanager
def _draft_among(task: Task) -> Iterator[tuple[Path, ...]]:
    """The rule files as they would be were the draft published."""
    with drafted(task.text, task.folder) as draft:
        scope = scope_of(read_document(draft))
        yield (*(file for file in task.in_force if not (_published(file, task) and _scope(file) == scope)), draft)


def _published(file: Path, task: Task) -> bool:
    return file.parent == task.folder and file.name.startswith(PUBLISHED)


def _scope(file: Path) -> object:
    return scope_of(read_document(file))


def _tell(line: Line) -> None:
    sys.stdout.write(line.model_dump_json() + "\n")
    sys.stdout.flush()
