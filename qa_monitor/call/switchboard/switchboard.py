"""The calls in progress: who may begin one, and which pipeline an event goes to."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

import structlog

from qa_monitor.call.pipeline import CallPipeline
from qa_monitor.call.shared import Shared
from qa_monitor.call.switchboard.consent import ConsentAsked
from qa_monitor.call.switchboard.keypad import KeyAction
from qa_monitor.call.switchboard.live_call import CARRY_ON_S, Feeding, LiveCall, LivePolicy
from qa_monitor.faults import fault_of
from qa_monitor.records.calls import CallAgent, CallState, StoredCall, blindness
from qa_monitor.records.errors import CallExists, StoreError
from qa_monitor.shedding.levels import Shed
from streams.protocols.port import Downlink
from streams.records import CallEvent, CallId, CallStarted, GapReason

log = structlog.get_logger()

MOST_NAMESAKES = 50


class Switchboard:
    """Begins, feeds and ends calls. One per application; owns the task of every call."""

    def __init__(
        self,
        shared: Shared,
        clock: Callable[[], datetime],
        max_calls: int,
        *,
        keys: Mapping[str, KeyAction] = MappingProxyType({}),
        carry_on_s: float = CARRY_ON_S,
    ) -> None:
        """`keys`: sequences that pause a call and the like; `carry_on_s`: see `live_call`."""
        self._shared, self._clock, self._max_calls = shared, clock, max_calls
        self._policy = LivePolicy(clock=clock, keys=keys, carry_on_s=carry_on_s)
        self._calls: dict[CallId, LiveCall] = {}
        self._announced: set[CallId] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def live(self) -> Mapping[CallId, CallPipeline]:
        """The calls being followed."""
        return {call_id: live.pipeline for call_id, live in self._calls.items()}

    @property
    def full(self) -> bool:
        """Whether one more call must be refused."""
        return len(self._announced) >= self._max_calls or self._shared.shedding.now.refuses

    def has_room_for(self, call: CallStarted) -> bool:
        """Whether this call may begin: there is room, and its id is not live already; or it carries a live one on."""
        if self._carried_on(call) is not None:
            return True
        if self._shared.shedding.now.refuses:
            self._shared.metrics.shed(Shed.REFUSED)
        return not self.full and call.call_id not in self._announced

    def line(self) -> "CallLine":
        """One connection's way in."""
        return CallLine(self)

    def pause(self, call_id: CallId) -> bool:
        """Hear nothing until `resume`. False: no such call is live."""
        return self._do(call_id, lambda live: live.hold_back(GapReason.PAUSED))

    def off_record(self, call_id: CallId) -> bool:
        """The same, at the wish of those who speak. False: no such call is live."""
        return self._do(call_id, lambda live: live.hold_back(GapReason.OFF_RECORD))

    def resume(self, call_id: CallId) -> bool:
        """Hear again, after a pause or off the record. False: no such call is live."""
        return self._do(call_id, lambda live: live.go_on())

    def transfer(self, call_id: CallId, agent_id: str, team: str) -> bool:
        """Another agent takes the call. False: no such call is live."""
        return self._do(call_id, lambda live: live.transfer(agent_id, team))

    def consent(self, call_id: CallId, asked: ConsentAsked) -> CallStarted | None:
        """The customer was told or has answered: the call with it; none where not live. Raises `ConsentRefused`."""
        live = self._calls.get(call_id)
        return None if live is None or live.pipeline.over else live.consent(asked)

    async def answer(self, call: CallStarted) -> LiveCall:
        """The call that a start means: the live one that it carries on, else a new one."""
        return self._carried_on(call) or await self._begin(call)

    def _do(self, call_id: CallId, action: Callable[[LiveCall], None]) -> bool:
        live = self._calls.get(call_id)
        if live is not None:
            action(live)
        return live is not None

    def _carried_on(self, call: CallStarted) -> LiveCall | None:
        return next((live for live in self._calls.values() if live.carries_on(call)), None)

    async def _begin(self, call: CallStarted) -> LiveCall:
        """Announce a call and start to follow it. A call id seen before gets a number behind it."""
        announced_id = call.call_id
        self._announced.add(announced_id)
        try:
            call, stored = await self._save(call)
        except BaseException:
            self._announced.discard(announced_id)
            raise
        live = LiveCall(CallPipeline(call, self._shared), self._policy)
        self._calls[call.call_id] = live
        self._shared.live.begin(call.call_id)
        self._shared.feed.tell_call(stored)
        task = asyncio.create_task(self._follow(live, stored, announced_id), name="call")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return live

    async def drain(self, limit_s: float) -> None:
        """Wait for the calls that are ending; those that wait for another session wait no longer."""
        for live in self._calls.values():
            live.wait_no_longer()
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
                agents = (CallAgent(agent_id=named.agent_id, team=named.team, from_s=0.0),)
                return named, StoredCall(call=named, state=CallState.LIVE, blind=blindness(named), agents=agents)
        raise CallExists(call.call_id)

    async def _follow(self, live: LiveCall, stored: StoredCall, announced_id: CallId) -> None:
        pipeline, call = live.pipeline, live.pipeline.call
        try:
            ended = await pipeline.run()
        except Exception as error:
            # one call's fault must not end another; its flags so far are kept
            log.error("a call could not be followed any further", **fault_of(error), dialect=call.dialect)
            self._shared.metrics.lost()
            ended = await pipeline.give_up()
        finally:
            self._calls.pop(call.call_id, None)
            self._announced.discard(announced_id)
            live.over()
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
        self._call: LiveCall | None = None
        self._feeding: Feeding | None = None
        self.downlink = Downlink()
        """What the source is asked for; read by its dialect."""
        self.wants_transcripts = False
        """Whether the source is told what was said. To be set before the call starts."""

    @property
    def call(self) -> CallStarted | None:
        """The call as it is followed, under the id it has here; none before it started."""
        return None if self._call is None else self._call.pipeline.call

    async def __call__(self, event: CallEvent) -> None:
        """The next event of this connection."""
        if isinstance(event, CallStarted):
            self._call = await self._switchboard.answer(event)
            self._feeding = self._call.answer(event, self.downlink, wants_transcripts=self.wants_transcripts)
        elif self._call is not None and self._feeding is not None:
            await self._call.take(self._feeding, event)
