"""The calls in progress: who may begin one, and which pipeline an event goes to."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import structlog

from qa_monitor.call.pipeline import CallPipeline
from qa_monitor.call.shared import Shared
from qa_monitor.store.records import CallExists, CallState, StoredCall, StoreError, blindness
from streams.records import CallEnded, CallEvent, CallId, CallStarted

log = structlog.get_logger()

MOST_NAMESAKES = 50


class Switchboard:
    """Begins, feeds and ends calls. One per application; owns the task of every call."""

    def __init__(self, shared: Shared, clock: Callable[[], datetime], max_calls: int) -> None:
        self._shared, self._clock, self._max_calls = shared, clock, max_calls
        self._calls: dict[CallId, CallPipeline] = {}
        self._announced: set[CallId] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def live(self) -> Mapping[CallId, CallPipeline]:
        """The calls being followed."""
        return self._calls

    @property
    def full(self) -> bool:
        """Whether one more call must be refused."""
        return len(self._announced) >= self._max_calls

    def has_room_for(self, call: CallStarted) -> bool:
        """Whether this call may begin: there is room, and its id is not live already."""
        return not self.full and call.call_id not in self._announced

    def line(self) -> "CallLine":
        """One connection's way in."""
        return CallLine(self)

    async def begin(self, call: CallStarted) -> CallPipeline:
        """Announce a call and start to follow it. A call id seen before gets a number behind it."""
        announced_id = call.call_id
        self._announced.add(announced_id)
        try:
            call, stored = await self._save(call)
        except BaseException:
            self._announced.discard(announced_id)
            raise
        pipeline = CallPipeline(call, self._shared)
        self._calls[call.call_id] = pipeline
        self._shared.live.begin(call.call_id)
        self._shared.feed.tell_call(stored)
        task = asyncio.create_task(self._follow(pipeline, stored, announced_id), name="call")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return pipeline

    async def drain(self, limit_s: float) -> None:
        """Wait for the calls that are ending."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=limit_s)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _save(self, call: CallStarted) -> tuple[CallStarted, StoredCall]:
        for number in range(1, MOST_NAMESAKES):
            named = call if number == 1 else replace(call, call_id=CallId(f"{call.call_id}~{number}"))
            try:
                return named, await self._shared.store.save_call(named)
            except CallExists:
                continue
            except StoreError as error:
                # flags still reach the consoles, marked unsaved
                log.warning("call not saved", why=str(error))
                return named, StoredCall(call=named, state=CallState.LIVE, blind=blindness(named))
        raise CallExists(call.call_id)

    async def _follow(self, pipeline: CallPipeline, stored: StoredCall, announced_id: CallId) -> None:
        call = pipeline.call
        try:
            ended = await pipeline.run()
        except Exception:
            # one call's fault must not end another; its flags so far are kept
            log.exception("a call could not be followed any further", dialect=call.dialect)
            self._shared.metrics.lost()
            ended = await pipeline.give_up()
        finally:
            self._calls.pop(call.call_id, None)
            self._announced.discard(announced_id)
        self._shared.metrics.call_ended(call.dialect, ended.reason)
        try:
            stored = await self._shared.store.end_call(replace(ended, call_id=call.call_id), self._clock())
        except StoreError as error:
            log.warning("end of call not saved", why=str(error))
            stored = replace(
                stored,
                state=CallState.ENDED,
                ended_at=self._clock(),
                end_reason=ended.reason,
                duration_s=ended.end_s,
            )
        self._shared.live.end(stored, self._clock())
        self._shared.feed.tell_call(stored)


class CallLine:
    """Takes the events of one connection. Its call's id may differ from what the source said: events are renamed."""

    def __init__(self, switchboard: Switchboard) -> None:
        self._switchboard = switchboard
        self._pipeline: CallPipeline | None = None

    async def __call__(self, event: CallEvent) -> None:
        """The next event of this connection."""
        if isinstance(event, CallStarted):
            self._pipeline = await self._switchboard.begin(event)
        elif self._pipeline is not None:
            if isinstance(event, CallEnded) or event.call_id == self._pipeline.call.call_id:
                await self._pipeline.put(event)
            else:
                await self._pipeline.put(replace(event, call_id=self._pipeline.call.call_id))
