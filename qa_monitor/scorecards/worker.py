"""Stored calls scored once more, in a process of its own (`qa_monitor/workers/rescoring.py`).

What to do is told on standard input. It says on standard output, one JSON object a line, how far it has come and what
the calls earned; it writes nothing anywhere, and waits where nobody reads. Ending the process ends the work.
"""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from alerts.files.problems import RuleError
from alerts.policy import AlertPolicy
from qa_monitor.backtest.port import OpenPast, PastCalls
from qa_monitor.backtest.query import parse_query
from qa_monitor.backtest.replay import Openers, openers
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.records.errors import StoreError
from qa_monitor.records.past import PastCall
from qa_monitor.rules.loading import load_sets
from qa_monitor.rules.ruleset import EVERYBODY, Sets, set_of
from qa_monitor.scorecards.binding import Bound, bind
from qa_monitor.scorecards.loading import load_scorecards
from qa_monitor.scorecards.ready import Ready
from qa_monitor.scorecards.records import CallScore, Scorecard
from qa_monitor.scorecards.scoring import score_call
from streams.records import CallId

POLITE = 10
"""Live calls come first."""
SLICE = 25
"""Calls told together: what is in memory at a time."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What to score by what. Files and folders are named as texts: JSON knows no paths."""

    data_dir: str
    rules: tuple[str, ...]
    """The rule files in force."""
    scorecards: tuple[str, ...]
    calls: str
    began_at: datetime
    """Calls that began later are none of its business."""
    after: CallId | None = None
    """Where an earlier run left off; unknown: from the beginning."""
    sight: Sight = EVERYTHING
    longest_utterance_s: float = 15.0
    left_out: tuple[tuple[str, str], ...] = ()


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A slice that is done, or how it ended."""

    done: int = 0
    """Of all calls asked for, those of earlier runs included."""
    total: int = 0
    last: CallId | None = None
    scorecards: tuple[Scorecard, ...] = ()
    """Once, before any score."""
    scores: tuple[CallScore, ...] = ()
    over: bool = False
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Scorecards, ready with the rules of each team."""

    ready: Sequence[Ready]
    sets: Sets
    policy: AlertPolicy
    openers: Openers
    bound: dict[int, Bound]
    """By what the rules were written as: their version says nothing of those out of service."""

    def of(self, call: PastCall) -> Bound:
        """With the rules of its team."""
        book = set_of(self.sets, call.tenant, call.team).book
        if id(book.written) not in self.bound:
            self.bound[id(book.written)] = bind(self.ready, book, self.policy)
        return self.bound[id(book.written)]


def work(past: OpenPast) -> None:
    """Do what standard input says."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    os.nice(POLITE)
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    try:
        for line in rescored(task, datetime.now(UTC), past):
            tell(line)
    except (RuleError, StoreError) as error:
        tell(Line(problem=str(error)))


def rescored(task: Task, now: datetime, open_past: OpenPast) -> Iterator[Line]:
    """The slices in order. Raises `RuleError` or `StoreError`."""
    sets = load_sets([Path(file) for file in task.rules]).sets
    ready = load_scorecards([Path(file) for file in task.scorecards], sets[EVERYBODY].book)
    policy = AlertPolicy(longest_utterance_s=task.longest_utterance_s)
    cards = Cards(ready=ready, sets=sets, policy=policy, openers=openers(), bound={})
    yield Line(scorecards=tuple(one.scorecard for one in ready))
    with closing(open_past(Path(task.data_dir))) as past:
        query = parse_query(task.calls)
        until = task.began_at if query.until is None else min(query.until, task.began_at)
        calls = past.calls(replace(query, until=until, sight=task.sight))
        begin = _left_off(calls, task.after)
        for start in range(begin, len(calls), SLICE):
            own = calls[start : start + SLICE]
            scores = tuple(_scored(past, own, cards, now, task.left_out))
            yield Line(done=start + len(own), total=len(calls), last=own[-1].call_id, scores=scores)
        yield Line(done=len(calls), total=len(calls), over=True)


def _left_off(calls: Sequence[PastCall], after: CallId | None) -> int:
    return next((place + 1 for place, call in enumerate(calls) if call.call_id == after), 0)


def _scored(
    past: PastCalls, calls: Sequence[PastCall], cards: Cards, now: datetime, left_out: Sequence[tuple[str, str]]
) -> Iterator[CallScore]:
    by_id = {call.call_id: call for call in calls}
    for record in past.records(list(by_id)):
        yield from score_call(record, cards.of(by_id[record.call.call.call_id]), cards.openers, now, left_out)


def tell(line: Line) -> None:
    """On standard output."""
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.flush()
