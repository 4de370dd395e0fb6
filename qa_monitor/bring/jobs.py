"""Recordings on their way in: one after the other, with progress, stopped at will."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import structlog

from qa_monitor.bring.one_file import bring_in
from qa_monitor.bring.records import BringError
from qa_monitor.faults import fault_of
from qa_monitor.records.errors import StoreError
from qa_monitor.replay.one_call import Stage
from qa_monitor.replay.pacing import Progress, Stopped
from qa_monitor.store.whole_calls.imports import SqliteImports
from streams.records import CallId, CallStarted

log = structlog.get_logger()
REMEMBERED = 200
"""Recordings of which the state can still be asked for; those brought in are in the ledger for good."""
WAITING = 4
"""Recordings that may wait on the disk for their turn; the next is refused until one is done."""


class ImportState(StrEnum):
    """Where a recording is on its way in."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


UNDER_WAY = frozenset({ImportState.WAITING, ImportState.RUNNING})


class NoPlace(Exception):
    """Too many recordings wait."""

    def __init__(self) -> None:
        super().__init__(f"{WAITING} recordings wait already: send the next once one is done")


@dataclass(slots=True, kw_only=True)
class Import:
    """One recording, as far as it has come. Its owner changes it; others only look."""

    sha256: str
    call: CallStarted
    path: Path
    """Of the copy that is thrown away."""
    duration_s: float
    state: ImportState = ImportState.WAITING
    progress: Progress = field(default_factory=Progress)
    problem: str | None = None


class Imports:
    """For one event loop. `work` is its task; `on_done` is told every call that was made."""

    def __init__(self, stage: Stage, ledger: SqliteImports) -> None:
        self._stage, self.ledger = stage, ledger
        self._known: OrderedDict[str, Import] = OrderedDict()
        self._turn = asyncio.Event()
        self._working: asyncio.Task[CallId] | None = None
        self._listeners: list[Callable[[CallId], None]] = []

    def follow(self, listener: Callable[[CallId], None]) -> None:
        """Call it for every call that was brought in, once it is kept."""
        self._listeners.append(listener)

    def find(self, sha256: str) -> Import | None:
        """One of the last."""
        return self._known.get(sha256)

    @property
    def all(self) -> tuple[Import, ...]:
        """Those of which is known, the latest first."""
        return tuple(reversed(self._known.values()))

    @property
    def full(self) -> bool:
        """Whether no more may be sent now."""
        return sum(one.state in UNDER_WAY for one in self._known.values()) >= WAITING

    def add(self, one: Import) -> Import:
        """Take a recording in its turn; one that is on its way already stays. Raises `NoPlace`."""
        known = self._known.get(one.sha256)
        if known is not None and known.state in UNDER_WAY:
            return known
        if self.full:
            raise NoPlace
        self._known.pop(one.sha256, None)
        self._known[one.sha256] = one
        over = [key for key, each in self._known.items() if each.state not in UNDER_WAY]
        for key in over[: max(0, len(self._known) - REMEMBERED)]:
            del self._known[key]
        self._turn.set()
        return one

    def stop(self, one: Import) -> None:
        """Bring it in no further: nothing of it is kept. One that is over stays as it is."""
        if one.state is ImportState.RUNNING:
            one.progress.stop = True
        elif one.state is ImportState.WAITING:
            one.state = ImportState.STOPPED
            one.path.unlink(missing_ok=True)

    def forget(self, call_id: CallId) -> None:
        """A call is deleted: that it was brought in is not told any more."""
        over = [key for key, one in self._known.items() if one.call.call_id == call_id and one.state not in UNDER_WAY]
        for key in over:
            del self._known[key]

    async def work(self) -> None:
        """Until cancelled."""
        while True:
            one = next((each for each in self._known.values() if each.state is ImportState.WAITING), None)
            if one is None:
                self._turn.clear()
                await self._turn.wait()
                continue
            await self._bring(one)

    async def _bring(self, one: Import) -> None:
        one.state = ImportState.RUNNING
        try:
            call_id = await bring_in(self._stage, self.ledger, one.path, one.call, one.progress)
            one.state, one.progress.at_s = ImportState.DONE, one.duration_s
            for listener in self._listeners:
                listener(call_id)
        except Stopped:
            one.state = ImportState.STOPPED
        except (BringError, StoreError) as error:
            one.state, one.problem = ImportState.FAILED, str(error)
        except Exception as error:
            # one recording's fault must not keep the others waiting
            log.error("a recording cannot be brought in", **fault_of(error))
            one.state, one.problem = ImportState.FAILED, "it cannot be brought in: see the service's log"
        finally:
            if one.state is ImportState.RUNNING:
                one.state = ImportState.STOPPED  # the service is about to end
            one.path.unlink(missing_ok=True)
