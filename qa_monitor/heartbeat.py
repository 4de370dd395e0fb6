"""The sign of life on every console: lag, latencies, what is shed, whether flags can be saved."""

import asyncio
import shutil
from time import monotonic

from qa_monitor.call.inbox import INBOX, INBOX_S
from qa_monitor.call.shared import Shared
from qa_monitor.call.switchboard.switchboard import Switchboard
from qa_monitor.config import Settings
from qa_monitor.deskwatch import DeskWatch
from qa_monitor.load.warden import Warden
from qa_monitor.schemas.feed import HeartbeatJson
from qa_monitor.wire.feed import desks_json

EVERY_S = 2.0
SAVE_AGAIN_S = 3.0


class Heart:
    """Beats every two seconds; beside it, tries again to save what could not be saved."""

    def __init__(
        self, shared: Shared, switchboard: Switchboard, warden: Warden, settings: Settings, desks: DeskWatch
    ) -> None:
        self._shared, self._switchboard, self._warden, self._settings = shared, switchboard, warden, settings
        self._desks = desks
        self._late_s = 0.0

    async def beat(self) -> None:
        """Until cancelled."""
        due_s = monotonic()
        while True:
            self._shared.feed.beat(self.now())
            due_s += EVERY_S
            await asyncio.sleep(max(0.0, due_s - monotonic()))
            self._late_s = max(0.0, monotonic() - due_s)
            due_s = max(due_s, monotonic() - EVERY_S)

    async def save_again(self) -> None:
        """Until cancelled: try to save the flags that were told unsaved."""
        while True:
            await asyncio.sleep(SAVE_AGAIN_S)
            if self._shared.feed.unsaved:
                await self._shared.feed.save_unsaved()

    @property
    def lag_s(self) -> float:
        """How far behind the oldest work is, wall seconds: the event loop, calls' inboxes and the speech queue."""
        live = self._switchboard.live.values()
        inbox = max((pipeline.waiting for pipeline in live if pipeline.follows), default=0)
        return max(self._late_s, self._shared.engine.load().oldest_s, inbox / INBOX * INBOX_S)

    @property
    def shed_level(self) -> int:
        """0: everything is done; up to 5."""
        return self._shared.shedding.now.level

    @property
    def later_s(self) -> float:
        """Seconds of speech that are still to be transcribed, and of calls that are still to be listened to."""
        unheard = self._shared.unheard
        return self._shared.later.waiting_s + (0.0 if unheard is None else unheard.waiting_s)

    @property
    def calls_recorded(self) -> int:
        """Live calls that are only recorded."""
        return sum(not pipeline.follows for pipeline in self._switchboard.live.values())

    @property
    def calls_followed(self) -> int:
        """Live calls that are transcribed and judged while they go on."""
        return len(self._switchboard.live) - self.calls_recorded

    @property
    def calls_capacity(self) -> int | None:
        """So many calls at once are sure to be followed in time; none: nobody knows yet."""
        return self._shared.shedding.capacity

    @property
    def calls_room(self) -> int | None:
        """So many more than now are sure to be followed in time; none: nobody knows yet."""
        if not self._shared.shedding.now.follows_new_calls:
            return 0
        capacity = self.calls_capacity
        return None if capacity is None else max(0, capacity - self.calls_followed)

    def disk_ok(self) -> bool:
        """Whether there is room to keep audio."""
        free = shutil.disk_usage(self._settings.data_dir).free
        return free > self._settings.disk_floor_mb * 1024 * 1024

    def now(self) -> HeartbeatJson:
        """The state of this moment."""
        final = self._shared.final_latencies.percentiles()
        flag = self._shared.flag_latencies.percentiles()
        return HeartbeatJson(
            now=self._shared.clock(),
            lag_s=round(self.lag_s, 3),
            shed_level=self.shed_level,
            shed=list(self._warden.shed),
            later_s=round(self.later_s, 1),
            calls_recorded=self.calls_recorded,
            calls_live=len(self._switchboard.live),
            final_p50_s=final.p50_s,
            final_p95_s=final.p95_s,
            flag_p50_s=flag.p50_s,
            flag_p95_s=flag.p95_s,
            disk_ok=self.disk_ok(),
            saving=self._shared.feed.trouble is None,
            desks=desks_json(self._desks.rates()),
            consoles=self._shared.feed.consoles,
            drift_s=self._shared.stages.drift_s(monotonic()),
        )
