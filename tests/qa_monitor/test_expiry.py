"""Flags that nobody took on, after the end of their calls; on real files."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from alerts.records import CoachId, FlagId, FlagState
from qa_monitor.expiry import Expiry
from qa_monitor.metrics import Metrics
from qa_monitor.records.flags import FlagEvent
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallEnded, CallId, EndReason
from tests.qa_monitor.builders import NOON, a_call, a_flag
from tests.qa_monitor.storing import a_store
from tests.qa_monitor.test_metrics import IDLE

LIFE = timedelta(hours=8)
ENDED = NOON + timedelta(minutes=10)


async def a_call_with(store: SqliteStore, name: str, *, ended: bool = True, raised_at: datetime = NOON) -> None:
    """One flag in a call; `f-` and the call's name."""
    await store.save_call(a_call(name))
    flag = replace(a_flag(f"f-{name}", call_id=name), raised_at=raised_at)
    await store.save_flag(flag, a_call(name), NOON)
    if ended:
        await store.end_call(CallEnded(call_id=CallId(name), end_s=600.0, reason=EndReason.END), ENDED)


async def look(store: SqliteStore, metrics: Metrics, now: datetime) -> int:
    return await Expiry(store, metrics, lambda: now, LIFE).look()


def test_a_flag_nobody_took_on_is_closed_after_its_time(tmp_path: Path) -> None:
    """Told to every console, counted, and still in its call's record; what is live, late or taken stays as it is."""
    told: list[FlagEvent] = []
    metrics = Metrics()

    async def watched() -> tuple[list[int], dict[str, str]]:
        async with a_store(tmp_path) as store:
            await a_call_with(store, "old")
            await a_call_with(store, "live", ended=False)
            await a_call_with(store, "late", raised_at=ENDED + timedelta(hours=1))
            await a_call_with(store, "taken")
            await store.acknowledge(FlagId("f-taken"), CoachId("ann"), NOON)
            store.follow(told.append)
            looks = [
                await look(store, metrics, at)
                for at in (ENDED + LIFE - timedelta(seconds=1), ENDED + LIFE, ENDED + LIFE + timedelta(minutes=1))
            ]
            record = await store.record(CallId("old"))
            assert record is not None
            assert record.flags[0].flag.state is FlagState.EXPIRED
            found = {str(one.flag.call_id): one.flag.state.value for one in await store.flags(open_only=False)}
            assert await look(store, metrics, ENDED + LIFE + timedelta(hours=1)) == 1
            return looks, found

    looks, found = asyncio.run(watched())

    assert looks == [0, 1, 0]
    assert found == {"old": "expired", "live": "confirmed", "late": "confirmed", "taken": "acknowledged"}
    assert [one.flag.flag.call_id for one in told] == ["old", "late"]
    assert 'alerts_total{rule="cancellation",state="expired"} 2.0' in metrics.text(IDLE, {}).decode()


@pytest.mark.parametrize("state", [FlagState.ACKNOWLEDGED, FlagState.EXPIRED])
def test_what_is_not_open_any_more_stays_as_it_is(tmp_path: Path, state: FlagState) -> None:
    """A coach may be quicker than the clock."""

    async def closed() -> tuple[FlagState, int]:
        async with a_store(tmp_path) as store:
            await a_call_with(store, "old")
            if state is FlagState.ACKNOWLEDGED:
                await store.acknowledge(FlagId("f-old"), CoachId("ann"), NOON)
            else:
                await store.expire(FlagId("f-old"), NOON)
            return (await store.expire(FlagId("f-old"), ENDED)).flag.state, len(await store.flag_events(0, 10))

    assert asyncio.run(closed()) == (state, 2)
