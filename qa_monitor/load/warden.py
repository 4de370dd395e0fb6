"""Looks twice a second how far behind the service is, and says what is left out. The one place that sets it."""

import asyncio
from time import monotonic

from qa_monitor.call.inbox import INBOX, INBOX_S
from qa_monitor.call.pipeline import CallPipeline
from qa_monitor.call.shared import Shared
from qa_monitor.call.switchboard.switchboard import Switchboard
from qa_monitor.load.capacity import Capacity
from qa_monitor.load.choosing import Candidate, Choosing, Room, places
from qa_monitor.load.ladder import HIGHEST, Ladder, Reading
from qa_monitor.load.memory import MemoryGauge
from qa_monitor.shedding.care import Caring
from qa_monitor.shedding.levels import Shed, Shedding
from streams.engine.load import EngineLoad
from streams.records import CallId

EVERY_S = 0.5
BUSY = 0.6
"""How busy the workers are with finals above which nothing is made up for: it would take a worker from what is said."""
HURRIED_S = 0.2
"""Nor while finals waited so long lately: before that takes partials from the screens, what is for later stops."""


class Warden:
    """One per application; `watch` is its task."""

    def __init__(
        self,
        shared: Shared,
        switchboard: Switchboard,
        *,
        ladder: Ladder | None = None,
        choosing: Choosing | None = None,
        memory: MemoryGauge | None = None,
        caring: Caring | None = None,
    ) -> None:
        self._shared, self._switchboard = shared, switchboard
        self._ladder, self._choosing = ladder or Ladder(), choosing or Choosing()
        self._memory = memory or MemoryGauge()
        self._caring = caring or Caring()
        self._capacity = Capacity(shared.engine.workers, shared.engine.cost)
        self._looked_s: float | None = None

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            self.look(monotonic())
            await asyncio.sleep(EVERY_S)

    @property
    def shed(self) -> tuple[Shed, ...]:
        """What is left out now; a call that is put off counts at every level."""
        now = self._shared.shedding.now
        put_off = any(not pipeline.follows for pipeline in self._switchboard.live.values())
        wanted = {*now.what, *((Shed.CALLS,) if put_off else ())}
        return tuple(shed for shed in Shed if shed in wanted)

    def look(self, now_s: float) -> None:
        """Read, decide, apply. `now_s`: the monotonic clock."""
        load, memory = self._shared.engine.load(), self._memory.read()
        live = self._switchboard.live.values()
        # nobody waits for a call that is only recorded: it is none of what is behind
        inbox = max((pipeline.waiting for pipeline in live if pipeline.follows), default=0)
        reading = Reading(
            age_s=load.age_p95_s,
            behind_s=inbox / INBOX * INBOX_S,
            utilisation=load.utilisation,
            memory=memory.taken,
            memory_left=memory.left,
        )
        before = self._shared.shedding.now
        if self._looked_s is not None and before.level:
            self._shared.metrics.shed_for(before.level, now_s - self._looked_s)
        self._looked_s = now_s
        level = self._ladder.at(now_s, reading)
        refuses = level == HIGHEST and (self._ladder.is_full(reading) or self._shared.later.nearly_full)
        followed = sum(pipeline.follows for pipeline in self._switchboard.live.values())
        self._capacity.look(now_s, load, followed, before.care)
        # calls that begin together are busy before the utilisation of the last seconds tells
        care = self._caring.at(
            max(load.finals_utilisation, self._capacity.utilisation(followed)), load.age_p95_s, level
        )
        busy = load.finals_utilisation > BUSY or load.age_p95_s > HURRIED_S
        self._shared.shedding.now = Shedding(level=level, refuses=refuses, care=care, busy=busy)
        self._choose(now_s, load)

    def _choose(self, now_s: float, load: EngineLoad) -> None:
        shedding, live = self._shared.shedding, self._switchboard.live
        sure, most = (self._within(calls) for calls in (self._capacity.sure, self._capacity.most))
        room = Room(oldest_s=load.oldest_final_s, utilisation=load.finals_utilisation, calls=sure, most=most)
        shedding.capacity = sure
        choice = self._choosing.at(now_s, self._candidates(), level=shedding.now, room=room)
        for call_id in choice.off:
            live[call_id].put_off()
        for call_id in choice.back:
            live[call_id].follow()
        shedding.room = places(self._candidates(), room, self._shared.clock())

    def _within(self, calls: int | None) -> int | None:
        known = [one for one in (calls, self._shared.shedding.limit) if one is not None]
        return min(known, default=None)

    def _candidates(self) -> list[Candidate]:
        return [self._candidate(call_id, pipeline) for call_id, pipeline in self._switchboard.live.items()]

    def _candidate(self, call_id: CallId, pipeline: CallPipeline) -> Candidate:
        return Candidate(
            call_id=call_id,
            started_at=pipeline.call.started_at,
            watched=pipeline.source_reads or self._shared.live.watched(call_id),
            follows=pipeline.follows,
        )
