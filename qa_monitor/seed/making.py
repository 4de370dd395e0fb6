"""Calls made as batches of rows; many of them in a process of their own, beside the one that writes them."""

import gc
from collections.abc import Generator
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context, parent_process
from multiprocessing.queues import Queue
from queue import Empty, Full

from qa_monitor.seed.calls import Centre, centre, made_calls
from qa_monitor.seed.records import SeedError, SeedPlan
from qa_monitor.seed.rows import Batch, Rows

TOGETHER = 250
"""Calls in one batch."""
AHEAD = 2
"""Most batches that wait to be written; then no more are made."""
LOOK_S = 1.0
"""How often is looked whether the other process is still there, while nothing comes from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """What the database goes on from."""

    generation: str
    next_sequence: int
    """The number of the next change of a flag."""


def batches(plan: SeedPlan, at: Centre, numbering: Numbering) -> Generator[Batch, None, None]:
    """All calls of a plan, in order."""
    rows = Rows(numbering.generation, numbering.next_sequence)
    for made in made_calls(plan, at):
        rows.add(made)
        if len(rows) == TOGETHER:
            yield rows.taken()
    if rows:
        yield rows.taken()


def batches_beside(plan: SeedPlan, numbering: Numbering) -> Generator[Batch, None, None]:
    """The same batches, made in another process, which ends with this iterator. Raises `SeedError` where it fails."""
    context = get_context("spawn")
    waiting: Queue[Batch | None] = context.Queue(AHEAD)
    maker = context.Process(target=_make, args=(plan, numbering, waiting), daemon=True)
    maker.start()
    try:
        while True:
            alive = maker.is_alive()
            try:
                batch = waiting.get(timeout=LOOK_S)
            except Empty:
                if not alive:
                    raise SeedError(f"calls are no longer made: that process ended with {maker.exitcode}") from None
                continue
            if batch is None:
                return
            yield batch
    finally:
        maker.terminate()
        maker.join()


def _make(plan: SeedPlan, numbering: Numbering, waiting: "Queue[Batch | None]") -> None:
    at = centre(plan)
    gc.collect()
    gc.freeze()  # rules and word lists are not looked through for garbage with every batch
    for batch in chain(batches(plan, at, numbering), [None]):
        if not _handed_over(batch, waiting):
            return


def _handed_over(batch: Batch | None, waiting: "Queue[Batch | None]") -> bool:
    """Wait for room, as long as there is somebody to take it: whoever asked may have been killed."""
    asker = parent_process()
    while True:
        try:
            waiting.put(batch, timeout=LOOK_S)
            return True
        except Full:
            if asker is None or not asker.is_alive():
                # nobody reads what is on its way
                waiting.cancel_join_thread()
                return False
