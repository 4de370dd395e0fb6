"""Counts calls as they end, learns what is usual, and looks for surges: beside the live calls, in small slices."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from threading import Lock

import numpy as np
import structlog

from qa_monitor.records.errors import StoreError
from qa_monitor.themes.counting import HOUR, SLOT, counted, hour_of, hour_of_week, lately, of_hour, slot_of
from qa_monitor.themes.grouping import surges_of
from qa_monitor.themes.life import Look, ended, follow, settled, surging
from qa_monitor.themes.port import Slot, ThemeStore
from qa_monitor.themes.reasons import Reasons
from qa_monitor.themes.records import Counted, Ended, Surge, Theme
from qa_monitor.themes.surging import WINDOW, Lately, alarms
from qa_monitor.themes.usual import PRIOR_DISPERSION, Usual

log = structlog.get_logger()

LOOK_S = 30.0
AT_ONCE = 8
"""Calls counted in one slice: about 20 ms of work off the event loop."""
BREATH_S = 0.02
"""Between slices, so that live calls come first."""
LEARNT_AFTER = SLOT * WINDOW
"""An hour is learnt as usual once no surge can be found in it any more."""
KEPT = timedelta(days=35)
SETTLED = timedelta(seconds=30)
"""So long after its end a call is counted: its last words are stored by then."""
LEAST_SUM = 2.0
"""Terms whose faded count is below are no longer held in memory."""


class ThemeWatch:
    """One per application. `zone`: by whose clock hours of the week are told; none: the machine's."""

    def __init__(
        self, store: ThemeStore, reasons: Reasons, clock: Callable[[], datetime], zone: tzinfo | None = None
    ) -> None:
        self.store, self.reasons, self._clock, self._zone = store, reasons, clock, zone
        self._usual: dict[str, Usual] = defaultdict(Usual)
        self._reading = Lock()
        """An hour is learnt in another thread than the one that asks."""
        self._learnt_until: datetime | None = None
        self._tidied_at: datetime | None = None
        self.behind = True
        """Calls of before the start are still being counted, or hours learnt: figures are not whole yet."""

    @property
    def learning(self) -> bool:
        """No surge can be told yet: what is usual is not known of any tenant."""
        return all(usual.learning for usual in tuple(self._usual.values()))

    def dispersion(self, themes: Sequence[Theme]) -> Sequence[float]:
        """How much each theme wanders from day to day beyond chance (φ): the most of all tenants."""
        found = np.full(len(themes), PRIOR_DISPERSION)
        with self._reading:
            for usual in self._usual.values():
                found = np.maximum(found, usual.dispersion(themes))
        return [float(value) for value in found]

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.look()
            except StoreError as error:
                # nothing is lost: what is not counted is counted at the next look
                log.warning("what customers call about is not counted", why=str(error))
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Count, learn, tidy once an hour, and look for surges. Raises `StoreError`."""
        now = self._clock()
        hourly = self._tidied_at is None or now - self._tidied_at >= HOUR
        # calls may come late, such as recordings brought in: once an hour all of the time that is kept is looked at
        await self._count(now - (KEPT if hourly else timedelta(days=1)), now)
        await self._learn(now)
        self.behind = False
        await self._search(now)
        if hourly:
            await self.store.tidy(now, self._tidied_at or now - KEPT)
            self._tidied_at = now

    async def count_all(self, told: Callable[[int], None]) -> int:
        """Count every call that is kept and not counted yet; how many. Raises `StoreError`."""
        now = self._clock()
        return await self._count(now - KEPT, now, told)

    async def _count(self, since: datetime, now: datetime, told: Callable[[int], None] = lambda counted: None) -> int:
        so_far = 0
        while calls := await self.store.uncounted(since, now - SETTLED, AT_ONCE):
            found = await asyncio.to_thread(_all_counted, calls, self.reasons)
            await self.store.count(found, now)
            # all before the last of these are counted: they are not looked through again
            since, so_far = calls[-1].started_at, so_far + len(found)
            told(so_far)
            await asyncio.sleep(BREATH_S)
        return so_far

    async def _learn(self, now: datetime) -> None:
        """Every hour since the last one learnt, in order; at the start, all that are kept."""
        surges = await self.store.surges(now - KEPT)
        hour = self._learnt_until or await self._first_hour(now)
        while hour + HOUR <= now - LEARNT_AFTER:
            by_tenant = _by_tenant(await self.store.slots(hour, hour + HOUR))
            await asyncio.to_thread(self._learn_hour, hour, by_tenant, surges)
            hour += HOUR
            self._learnt_until = hour

    def _learn_hour(self, hour: datetime, by_tenant: Mapping[str, Sequence[Slot]], surges: Sequence[Surge]) -> None:
        for tenant in {*by_tenant, *self._usual}:
            named, volumes = of_hour(by_tenant.get(tenant, ()))
            left_out = surging(surges, tenant, hour)
            with self._reading:
                usual = self._usual[tenant]
                usual.learn(hour_of_week(hour, self._zone), named, volumes, left_out)
                if usual.hours % 24 == 0:
                    usual.forget_rare(LEAST_SUM)

    async def _first_hour(self, now: datetime) -> datetime:
        """The hour of the first call there is, at most as long ago as counts are kept."""
        hour = hour_of(now - KEPT)
        while hour + timedelta(days=1) <= now and not await self.store.slots(hour, hour + HOUR):
            hour += HOUR
        return hour

    async def _search(self, now: datetime) -> None:
        starts = [slot_of(now) - SLOT * back for back in range(WINDOW - 1, -1, -1)]
        kept = await self.store.surges(now - KEPT)
        for tenant, slots in _by_tenant(await self.store.slots(starts[0], now)).items():
            mine = [surge for surge in kept if surge.tenant == tenant]
            recent = await asyncio.to_thread(lately, slots, starts, ended(mine), self._zone)
            await self._search_tenant(tenant, recent, mine, now)

    async def _search_tenant(self, tenant: str, recent: Lately, kept: Sequence[Surge], now: datetime) -> None:
        usual = self._usual[tenant]
        starts = [slot_of(now) - SLOT * back for back in range(WINDOW - 1, -1, -1)]
        told = await asyncio.to_thread(alarms, recent, usual)
        lasting = [surge for surge in kept if surge.ended_at is None or surge.ended_at > starts[0]]
        if not told and not any(surge.open for surge in lasting):
            return
        named = {alarm.theme for alarm in told}.union(*(surge.themes for surge in lasting))
        callers = await self.store.callers(tenant, sorted(named), starts[0])
        look = Look(tenant=tenant, starts=starts, now=now, callers=callers)
        for one in follow(lasting, surges_of(told, callers), look):
            surge = settled(one, recent, usual, now)
            if surge in lasting:
                continue
            saved = await self.store.save_surge(surge)
            if surge.surge_id is None:
                log.info("customers call about the same thing more than usual", surge=saved.surge_id, calls=saved.calls)


def _all_counted(calls: Sequence[Ended], reasons: Reasons) -> list[Counted]:
    return [counted(call, reasons) for call in calls]


def _by_tenant(slots: Iterable[Slot]) -> dict[str, list[Slot]]:
    found: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        found[slot.tenant].append(slot)
    return found
