"""Stored calls scored once more: `python -m qa_monitor.workers.rescoring`."""

from qa_monitor.scorecards.worker import work
from qa_monitor.store.calls.past import SqlitePastCalls

if __name__ == "__main__":
    work(SqlitePastCalls)
