"""What is asked of whatever keeps calls that are over."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from qa_monitor.backtest.query import CallQuery
from qa_monitor.records.past import PastCall, PastRecord, SaidText
from streams.records import CallId


class PastCalls(Protocol):
    """Calls that are over, read in bulk to be judged once more; a running service is not hindered.

    Its methods block on the disk: keep them off the event loop. For one thread at a time.
    """

    def calls(self, query: CallQuery) -> tuple[PastCall, ...]:
        """The calls asked for, newest first."""

    def texts(self, call_ids: Sequence[CallId]) -> Iterator[SaidText]:
        """What was said in these calls, in no order: one query for all of them."""

    def records(self, call_ids: Sequence[CallId]) -> Iterator[PastRecord]:
        """These calls with everything said in them, by id, few queries for all of them; those not kept are left out."""

    def close(self) -> None:
        """Let go of the files."""


OpenPast = Callable[[Path], PastCalls]
"""Opens those of a data folder, in any process. Raises `StoreError` where there are none."""
