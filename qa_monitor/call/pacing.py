"""When a call takes what came and what became known: live, as it comes, and noted where a pace is kept."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable
from concurrent.futures import Executor, Future
from typing import Protocol

from qa_monitor.call.inbox import Inbox
from qa_monitor.call.pace.keeper import PaceKeeper
from qa_monitor.call.pace.pace import Asked, Standing
from qa_monitor.call.shared import Shared
from streams.engine.batching import Kind
from streams.engine.engine import EngineFull
from streams.engine.job_queue import Pass
from streams.engine.passes import Passes
from streams.model.window import Window
from streams.records import CallEvent, CallId, CallStarted

GATHER_S = 0.08
"""Frames are taken together this often: fewer, larger steps cost less."""
LAZY_S = 1.0
"""The same for a call that is only recorded: nobody waits for it, and the others need what it leaves."""
LAST_WORDS_S = 15.0
"""How long the finals of an ended call are waited for."""


class Pacing(Protocol):
    """What the pipeline of a call asks, in its order."""

    @property
    def inbox(self) -> Inbox:
        """Where its events come in."""

    def passes(self, channel: int, engine: Passes) -> Passes:
        """Who a channel asks for its passes."""

    async def gather(self, *, hurried: bool) -> None:
        """Let more events come, so that they are taken together. `hurried`: somebody waits for what they say."""

    def took(self, events: Iterable[CallEvent], standing: Standing) -> None:
        """These were taken."""

    async def collecting(self) -> None:
        """What has become known is about to be asked for."""

    def forget(self) -> None:
        """It is not taken as it comes any more: of how it came until now nothing is kept."""

    def waits(self, waited_s: float) -> bool:
        """Whether the last words of an ended call are still waited for."""

    async def ended(self) -> None:
        """All of it is judged. Raises `StoreError`."""


class LivePacing:
    """A live call: everything as it comes."""

    def __init__(self, keeper: "KeptPace | None") -> None:
        self.inbox = Inbox()
        self._keeper = keeper

    def passes(self, channel: int, engine: Passes) -> Passes:
        return engine if self._keeper is None else NotedPasses(channel, engine, self._keeper.pace)

    async def gather(self, *, hurried: bool) -> None:
        await asyncio.sleep(GATHER_S if hurried else LAZY_S)

    def took(self, events: Iterable[CallEvent], standing: Standing) -> None:
        if self._keeper is not None:
            self._keeper.pace.took(events, standing)

    async def collecting(self) -> None:
        if self._keeper is not None:
            self._keeper.pace.collecting()

    def forget(self) -> None:
        self._keeper = None

    def waits(self, waited_s: float) -> bool:
        return waited_s < LAST_WORDS_S

    async def ended(self) -> None:
        if self._keeper is not None:
            await self._keeper.keep()


class KeptPace:
    """The pace of one live call on its way to the store."""

    def __init__(self, call: CallStarted, save: Callable[[CallId, bytes], Awaitable[None]], executor: Executor) -> None:
        self.pace = PaceKeeper(call)
        self._call_id, self._save, self._executor = call.call_id, save, executor

    async def keep(self) -> None:
        """Raises `StoreError`."""
        packed = await asyncio.get_running_loop().run_in_executor(self._executor, self.pace.packed)
        await self._save(self._call_id, packed)


def a_pace_keeper(call: CallStarted, shared: Shared) -> KeptPace | None:
    """None where no pace is kept: without its sound nobody can go through a call again."""
    if shared.paces is None or shared.audio is None:
        return None
    return KeptPace(call, shared.paces.save, shared.listening)


class NotedFuture(Future[Pass]):
    """A pass under way whose answers are noted. Its owner is one channel; it never ends by itself."""

    def __init__(self, of: "Future[Pass]", asked: Asked, pace: PaceKeeper) -> None:
        super().__init__()
        self.of, self.asked, self._pace = of, asked, pace
        self._known = self._called_off = False

    def done(self) -> bool:
        if not self._known and self.of.done():
            self._known = True
            failed = self.of.cancelled() or self.of.exception() is not None
            self._pace.known(self.asked, failed=failed, batch=1 if failed else self.of.result().batch)
        return self._known

    def cancel(self) -> bool:
        yes = self.of.cancel()
        if not self._called_off:
            self._called_off = True
            self._pace.cancelled(self.asked, yes)
        return yes

    def cancelled(self) -> bool:
        return self.of.cancelled()

    def running(self) -> bool:
        return self.of.running()

    def result(self, timeout: float | None = None) -> Pass:
        return self.of.result(timeout)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        return self.of.exception(timeout)

    def add_done_callback(self, fn: Callable[["Future[Pass]"], object]) -> None:
        self.of.add_done_callback(fn)


class NotedPasses:
    """The engine as one channel knows it, with what it answered noted."""

    def __init__(self, channel: int, engine: Passes, pace: PaceKeeper) -> None:
        self._channel, self._engine, self._pace = channel, engine, pace
        self._asked = 0

    def submit(self, window: Window, kind: Kind, *, source: Hashable = None) -> "Future[Pass]":
        asked, self._asked = (self._channel, self._asked), self._asked + 1
        try:
            found = self._engine.submit(window, kind, source=source)
        except EngineFull:
            self._pace.asked(asked, kind, len(window.audio), refused=True)
            raise
        self._pace.asked(asked, kind, len(window.audio), refused=False)
        return NotedFuture(found, asked, self._pace)

    def promote(self, future: "Future[Pass]") -> bool:
        if not isinstance(future, NotedFuture):
            return self._engine.promote(future)
        yes = self._engine.promote(future.of)
        self._pace.promoted(future.asked, yes)
        return yes
