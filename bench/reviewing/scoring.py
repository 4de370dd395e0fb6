"""Scoring one finished call of ten minutes, with the record in hand."""

import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from alerts.policy import AlertPolicy
from alerts.rulebook import STARTER_RULES
from bench.reviewing.folder import Filled
from qa_monitor.backtest.replay import openers
from qa_monitor.records.past import PastRecord
from qa_monitor.rules.loading import load_sets
from qa_monitor.rules.ruleset import EVERYBODY
from qa_monitor.scorecards.binding import bind
from qa_monitor.scorecards.loading import STARTER_SCORECARD, load_scorecards
from qa_monitor.scorecards.scoring import score_call
from qa_monitor.store.calls.past import SqlitePastCalls
from streams.records import CallId

TIMES = 5


def score_ms(folder: Path, filled: Filled) -> float:
    """Milliseconds; the median of five. Prints it with its processor time."""
    book = load_sets((STARTER_RULES,)).sets[EVERYBODY].book
    bound = bind(load_scorecards((STARTER_SCORECARD,), book), book, AlertPolicy())
    record, heard = _record(folder, filled.ten_minutes), openers()
    taken, spent = [], []
    for _ in range(TIMES):
        began, cpu_began = time.perf_counter(), time.process_time()
        scores = score_call(record, bound, heard, datetime(2026, 1, 1, tzinfo=UTC))
        taken.append((time.perf_counter() - began) * 1_000)
        spent.append((time.process_time() - cpu_began) * 1_000)
        assert scores, "the starter scorecard is for every call"
    print(
        f"score_call_ms: median {median(taken):.1f}, {median(spent):.1f} ms of processor, "
        f"for {len(record.utterances)} utterances until {record.utterances[-1].utterance.end_s:.0f} s"
    )
    return median(taken)


def _record(folder: Path, call_id: str) -> PastRecord:
    with closing(SqlitePastCalls(folder)) as past:
        return next(iter(past.records([CallId(call_id)])))
