"""How long one rule takes over a thousand stored calls of five minutes.

    python bench/backtest.py --json backtest.json

Writes `backtest_1000_calls_s`: wall seconds of the best of three runs, in this process alone, from opening the database
to the report. The calls are made up (`past_calls.py`), the rule is one of the starter rules.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from alerts.rulebook import STARTER_RULES
from bench.past_calls import made_calls, store_calls
from qa_monitor.backtest.books import Books
from qa_monitor.backtest.query import CallQuery
from qa_monitor.backtest.report import Report
from qa_monitor.backtest.run import Job, run_job
from qa_monitor.store.calls.past import SqlitePastCalls

CALLS = 1000
SEED = 1
RUNS = 3


def measured(data_dir: Path, rule: str) -> tuple[Report, float]:
    """The quickest of a few runs, and its processor seconds."""
    job = Job(
        past=SqlitePastCalls,
        data_dir=data_dir,
        books=Books(new=(STARTER_RULES,), only=(rule,)),
        query=CallQuery(),
        processes=1,
    )
    runs = []
    for _ in range(RUNS):
        began_s = process_time()
        runs.append((run_job(job), process_time() - began_s))
    return min(runs, key=lambda run: run[0].elapsed_s)


def backtest_1000_calls_s(rule: str = "cancellation") -> dict[str, float]:
    """The figure, and what it is made of."""
    with tempfile.TemporaryDirectory() as folder:
        utterances = store_calls(Path(folder), made_calls(CALLS, SEED))
        found, cpu_s = measured(Path(folder), rule)
    return {
        "backtest_1000_calls_s": round(found.elapsed_s, 2),
        "backtest_1000_calls_cpu_s": round(cpu_s, 2),
        "calls": found.amount.calls,
        "utterances": utterances,
        "calls_replayed": found.amount.calls_replayed,
        "flags": found.rules[0].count.flags,
    }


def main() -> None:
    """Print it, and write it where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--rule", default="cancellation", help="Id of a starter rule.")
    given = parser.parse_args()
    figures = backtest_1000_calls_s(given.rule)
    print(json.dumps(figures, indent=1))
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
