"""What time does to flags: back from being put off, escalated at their deadline, let through when there is room again.

Beside that, how often each desk was interrupted lately, for the heartbeat: consoles show counts while one is flooded.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from alerts.care import EVERYONE
from alerts.flood import Flood, FloodPolicy
from alerts.lifecycle import WrongTransition
from alerts.records import CoachId, FlagId
from qa_monitor.records.desks import DeskRate
from qa_monitor.records.errors import NotKept, StoreError
from qa_monitor.records.flags import FlagEvent
from qa_monitor.store.port import Store

log = structlog.get_logger()

LOOK_S = 1.0
AT_ONCE = 200
"""Most flags changed at one look: live calls need the disk too."""


class DeskWatch:
    """One per application. Follow the store with `told`."""

    def __init__(self, store: Store, clock: Callable[[], datetime], policy: FloodPolicy | None = None) -> None:
        self._store, self._clock = store, clock
        self._quiet = Flood(policy=policy or FloodPolicy())
        self._floods: dict[CoachId, Flood] = {EVERYONE: self._quiet}
        self.flooded: frozenset[CoachId] = frozenset()
        """Desks that have more than can be acted on, as of the last look."""
        self._counted: dict[FlagId, datetime] = {}
        """The interruptions within the window, so that later news of a flag counts nothing."""

    async def begin(self) -> None:
        """Count what was told before this start. Raises `StoreError`."""
        for change in await self._store.changes_since(self._clock() - self._quiet.policy.window):
            self.told(change)

    def told(self, change: FlagEvent) -> None:
        """A flag has changed: it counts where it asks a desk that it did not ask before."""
        flag_id, care = change.flag.flag.flag_id, change.flag.care
        if care.asked_at is None or self._counted.get(flag_id) == care.asked_at:
            return
        self._counted[flag_id] = care.asked_at
        self._floods[care.desk] = self._floods.get(care.desk, self._quiet).told(care.asked_at)

    def rates(self) -> list[DeskRate]:
        """Every desk that was interrupted lately, and that of everyone."""
        now = self._clock()
        window = self._quiet.policy.window
        self._counted = {flag_id: at for flag_id, at in self._counted.items() if now - at < window}
        seen = {desk: flood.seen(now) for desk, flood in self._floods.items()}
        self._floods = {desk: flood for desk, flood in seen.items() if flood.times or desk == EVERYONE}
        return [DeskRate(desk=desk, told=len(flood.times), flooded=flood.on) for desk, flood in self._floods.items()]

    async def watch(self) -> None:
        """Until cancelled: look every second."""
        while True:
            try:
                await self.look()
            except StoreError as error:
                # they stay due and are looked at again
                log.warning("flags are not brought back or escalated", why=str(error))
            self.flooded = frozenset(rate.desk for rate in self.rates() if rate.flooded)
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Change what is due. Raises `StoreError`."""
        for flag_id in await self._store.due_flags(self._clock(), AT_ONCE):
            try:
                await self._store.turn(flag_id, self._clock())
            except (NotKept, WrongTransition):
                # deleted or closed since it was read: nothing is due any more
                continue
