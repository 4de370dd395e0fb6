"""Closes flags of calls long over that nobody took on. They stay in their call's record, as expired."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from alerts.lifecycle import has_expired
from alerts.records import FlagState
from qa_monitor.metrics import Metrics
from qa_monitor.records.errors import StoreError
from qa_monitor.store.port import Store

log = structlog.get_logger()

LOOK_S = 30.0
AT_ONCE = 200
"""Most flags closed at one look: live calls need the disk too."""


class Expiry:
    """One per application. `life`: how long an open flag outlives its call."""

    def __init__(self, store: Store, metrics: Metrics, clock: Callable[[], datetime], life: timedelta) -> None:
        self._store, self._metrics, self._clock, self._life = store, metrics, clock, life

    async def watch(self) -> None:
        """Until cancelled: look every half minute, first of all at the start."""
        while True:
            try:
                await self.look()
            except StoreError as error:
                # the flags stay open and are looked at again
                log.warning("flags are not closed", why=str(error))
            await asyncio.sleep(LOOK_S)

    async def look(self) -> int:
        """Close what has expired, tell every console, and give how many. Raises `StoreError`."""
        now = self._clock()
        closed = 0
        for left in await self._store.left_flags(now - self._life, AT_ONCE):
            flag = left.flag.flag
            if not has_expired(flag, ended_at=left.ended_at, now=now, life=self._life):
                continue
            stored = await self._store.expire(flag.flag_id, now)
            if stored.flag.state is FlagState.EXPIRED:
                closed += 1
                self._metrics.flag(flag.rule_id, FlagState.EXPIRED)
        return closed
