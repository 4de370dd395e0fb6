"""Replays asked for from a page: one at a time, with progress, stopped at will, forgotten when there are newer ones."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum

import structlog

from qa_monitor.faults import fault_of
from qa_monitor.records.errors import StoreError
from qa_monitor.replay.difference import CallDifference
from qa_monitor.replay.one_call import NoSound
from qa_monitor.replay.pacing import Progress, Stopped
from streams.records import CallId

log = structlog.get_logger()
REMEMBERED = 8
"""Replays whose outcome can still be asked for."""


class What(StrEnum):
    """What is gone through again."""

    AUDIO = "audio"
    """The sound: models, then rules."""
    TEXT = "text"
    """The kept text: rules alone."""


class ReplayState(StrEnum):
    """Where a replay is in its life."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class Busy(Exception):
    """Another replay goes on."""

    def __init__(self, replay_id: str) -> None:
        super().__init__(f"replay {replay_id} goes on: wait for it, or stop it")
        self.replay_id = replay_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a replay comes to."""

    difference: CallDifference
    as_live: bool
    strayed: int = 0
    shared_passes: int = 0


@dataclass(slots=True, kw_only=True)
class CallReplay:
    """One replay, as far as it has come. Its owner changes it; others only look."""

    replay_id: str
    call_id: CallId
    what: What
    by: str
    duration_s: float
    progress: Progress = field(default_factory=Progress)
    state: ReplayState = ReplayState.RUNNING
    outcome: Outcome | None = None
    problem: str | None = None


class Replays:
    """For one event loop. Whatever still goes on ends with `close`."""

    def __init__(self) -> None:
        self._replays: OrderedDict[str, CallReplay] = OrderedDict()
        self._task: asyncio.Task[None] | None = None

    def find(self, replay_id: str) -> CallReplay | None:
        """One of the last."""
        return self._replays.get(replay_id)

    @property
    def running(self) -> CallReplay | None:
        """The one that goes on."""
        return next((one for one in self._replays.values() if one.state is ReplayState.RUNNING), None)

    def start(self, replay: CallReplay, work: Callable[[CallReplay], Awaitable[Outcome]]) -> CallReplay:
        """Begin one. Raises `Busy` while another goes on."""
        if self.running is not None:
            raise Busy(self.running.replay_id)
        self._replays[replay.replay_id] = replay
        while len(self._replays) > REMEMBERED:
            self._replays.popitem(last=False)
        self._task = asyncio.create_task(_follow(replay, work), name="replay")
        return replay

    async def stop(self, replay: CallReplay) -> None:
        """End it soon; one that is over stays as it is."""
        if replay.state is ReplayState.RUNNING:
            replay.progress.stop = True
            replay.state = ReplayState.STOPPED
            await self._ended()

    async def forget(self, call_id: CallId) -> None:
        """A call is deleted: what goes on with it is ended, and nobody is told what came of any replay of it."""
        for replay in [one for one in self._replays.values() if one.call_id == call_id]:
            await self.stop(replay)
            self._replays.pop(replay.replay_id, None)

    async def close(self) -> None:
        """End what goes on."""
        if self.running is not None:
            await self.stop(self.running)

    async def _ended(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


def new_id() -> str:
    """A name for a replay that nobody guesses."""
    return secrets.token_hex(8)


async def _follow(replay: CallReplay, work: Callable[[CallReplay], Awaitable[Outcome]]) -> None:
    try:
        replay.outcome = await work(replay)
        replay.state = ReplayState.DONE
    except (NoSound, StoreError) as error:
        replay.problem = str(error)
    except Stopped:
        replay.state = ReplayState.STOPPED
    except Exception as error:
        # one replay's fault is nobody else's
        log.error("a replay failed", **fault_of(error))
        replay.problem = "the replay failed: see the service's log"
    finally:
        if replay.state is ReplayState.RUNNING:
            replay.state = ReplayState.FAILED
