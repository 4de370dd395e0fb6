"""A back-test, told what to do on standard input: `python -m qa_monitor.workers.backtest`."""

from qa_monitor.backtest.worker import work
from qa_monitor.store.calls.past import SqlitePastCalls

if __name__ == "__main__":
    work(SqlitePastCalls)
