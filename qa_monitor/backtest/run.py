"""A whole back-test: which calls, in which processes, with progress."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from alerts.policy import AlertPolicy
from alerts.rule import Rule
from qa_monitor.backtest.books import Books
from qa_monitor.backtest.port import OpenPast
from qa_monitor.backtest.query import CallQuery
from qa_monitor.backtest.records import EXAMPLES, Share
from qa_monitor.backtest.replay import openers
from qa_monitor.backtest.report import AGENTS_PER_COACH, Report, RuleName, report
from qa_monitor.backtest.share import Bench, share_of
from qa_monitor.backtest.tally import merged
from qa_monitor.records.past import PastCall
from streams.machine.cores import usable_cores

SHARE_CALLS = 250
"""Calls gone through together: what is in memory at a time."""
START_S = 1.5
"""What starting another process costs."""
CALL_S = 0.004
"""What a call costs, roughly, where only words matter."""
TIMED_CALL_S = 0.08
"""And where every half second of it is looked at."""

OnProgress = Callable[[int, int], None]
"""Told calls done and calls asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to test on which calls."""

    past: OpenPast
    data_dir: Path
    books: Books
    query: CallQuery
    policy: AlertPolicy = AlertPolicy()
    kept: int = EXAMPLES
    """Occurrences of each kind kept per rule."""
    agents: int = AGENTS_PER_COACH
    processes: int | None = None
    """None: as many as pay."""


def run_job(job: Job, on_progress: OnProgress = lambda done, total: None) -> Report:
    """Test rules on past calls. Raises `RuleError`, `NoSuchRule` or `StoreError`."""
    began_s = monotonic()
    bench = _bench(job)
    with closing(job.past(job.data_dir)) as past:
        calls = past.calls(job.query)
    shares = [calls[start : start + SHARE_CALLS] for start in range(0, len(calls), SHARE_CALLS)]
    processes = job.processes or _worth(len(calls), timed=bench.timed)
    total, done = Share(), 0
    for share in _here(job, bench, shares) if processes == 1 else _spread(job, shares, processes):
        total = merged(total, share, job.kept)
        done += share.amount.calls
        on_progress(done, len(calls))
    return report(
        total,
        [_name(rule) for rule in {**({} if bench.old is None else bench.old.rules), **bench.new.rules}.values()],
        in_force=None if bench.old is None else frozenset(bench.old.rules),
        elapsed_s=monotonic() - began_s,
        agents=job.agents,
    )


def _bench(job: Job) -> Bench:
    new, old = job.books.load(job.policy)
    return Bench(new=new, old=old, openers=openers(), kept=job.kept)


def _worth(calls: int, *, timed: bool) -> int:
    """How many processes pay for so many calls."""
    work_s = calls * (TIMED_CALL_S if timed else CALL_S)
    return max(1, min(usable_cores(), int(work_s / (2 * START_S)), -(-calls // SHARE_CALLS)))


def _here(job: Job, bench: Bench, shares: Sequence[Sequence[PastCall]]) -> Iterator[Share]:
    with closing(job.past(job.data_dir)) as past:
        for calls in shares:
            yield share_of(past, calls, bench)


def _spread(job: Job, shares: Sequence[Sequence[PastCall]], processes: int) -> Iterator[Share]:
    """In the order they are done. Fresh processes: forking one that has threads is not safe."""
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        futures = [pool.submit(_elsewhere, job, calls) for calls in shares]
        for future in as_completed(futures):
            yield future.result()


def _elsewhere(job: Job, calls: Sequence[PastCall]) -> Share:
    """In a process of its own, which reads rules and database for itself."""
    return next(_here(job, _bench(job), [calls]))


def _name(rule: Rule) -> RuleName:
    return RuleName(rule_id=rule.rule_id, rule_version=rule.rule_version, name_en=rule.name_en, name_fr=rule.name_fr)
