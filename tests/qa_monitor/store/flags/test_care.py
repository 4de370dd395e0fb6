"""What is done about flags at their desks, on real files: acts, undoing, time, budgets, and the rate for consoles."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from alerts.acts import Draw, HandOver, Resolve, Snooze, WrongAct
from alerts.care import EVERYONE, CareAct, DeskReason, Outcome
from alerts.desk import DeskPolicy
from alerts.records import CoachId, FlagId, FlagState, Priority
from qa_monitor.deskwatch import DeskWatch
from qa_monitor.records.desks import DeskRate
from qa_monitor.records.flags import FlagEvent, StoredFlag
from qa_monitor.store.flags.desks import Desks
from qa_monitor.store.sqlite import SqliteStore
from tests.qa_monitor.builders import NOON, a_call, a_flag

ANN, BEN = CoachId("ann"), CoachId("ben")
F1, F2 = FlagId("f1"), FlagId("f2")
ONE = Desks(policy=DeskPolicy(burst=1))


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


@asynccontextmanager
async def a_store(folder: Path, desks: Desks = ONE) -> AsyncIterator[SqliteStore]:
    store = await SqliteStore.open(folder, busy_ms=50, desks=desks)
    try:
        yield store
    finally:
        await store.close()


async def tell(
    store: SqliteStore, name: str, when: datetime = NOON, *, state: FlagState = FlagState.CONFIRMED
) -> StoredFlag:
    """A flag of medium priority, each of a rule of its own."""
    flag = replace(a_flag(name, priority=Priority.MEDIUM, state=state), rule_id=f"rule-{name}", raised_at=when)
    return await store.save_flag(flag, a_call(), when)


async def kept(store: SqliteStore, name: FlagId) -> StoredFlag:
    return next(flag for flag in await store.flags(open_only=False) if flag.flag.flag_id == name)


def test_every_act_is_a_numbered_event_and_can_be_taken_back(tmp_path: Path) -> None:
    """Put off, taken on, handed over, closed; each undone in turn, the last first."""
    told: list[FlagEvent] = []

    async def life() -> list[StoredFlag]:
        async with a_store(tmp_path) as store:
            store.follow(told.append)
            first = await tell(store, "f1")
            drawn = await store.act(F1, Draw(), ANN, at(1))
            put_off = await store.act(F1, Snooze(until=at(120)), ANN, at(2))
            taken = await store.acknowledge(F1, ANN, at(3))
            handed = await store.act(F1, HandOver(to=BEN, word="yours"), ANN, at(4))
            assert (handed.flag.state, handed.acknowledged_by, handed.care.desk) == (FlagState.CONFIRMED, None, BEN)
            assert taken.care.snoozed_until is None
            closed = await store.act(F1, Resolve(outcome=Outcome.HELPED), ANN, at(5))
            assert (closed.flag.state, closed.care.outcome) == (FlagState.RESOLVED, Outcome.HELPED)
            backs = [await store.take_back(F1, ANN, since=NOON, at=at(6 + step)) for step in range(4)]
            assert [replace(back, sequence=None) for back in backs] == [
                replace(one, sequence=None) for one in (handed, taken, put_off, drawn)
            ]
            return [first, drawn, put_off, taken, handed, closed, *backs]

    walked = asyncio.run(life())
    assert [change.sequence for change in told] == list(range(1, 11))
    assert [change.flag for change in told] == walked


def test_what_cannot_be_done_changes_nothing(tmp_path: Path) -> None:
    """The refusal names the flag; nothing is numbered."""

    async def refused() -> None:
        async with a_store(tmp_path) as store:
            await tell(store, "f1")
            before = await store.acknowledge(F1, ANN, at(1))
            with pytest.raises(WrongAct, match="flag f1 is acknowledged"):
                await store.act(F1, Snooze(until=at(60)), ANN, at(2))
            assert await kept(store, F1) == before
            assert await store.act(F1, Draw(), ANN, at(3)) == before

    asyncio.run(refused())


def test_a_flag_beyond_the_budget_is_held_then_let_through_while_it_is_fresh(tmp_path: Path) -> None:
    """It stays in the snapshot, with its reason; a stale one stays in the drawer. A restart forgets no budget."""

    async def day() -> None:
        async with a_store(tmp_path) as store:
            assert (await tell(store, "f1")).care.asked_at == NOON
            held = await tell(store, "f2", at(595))
            assert (held.care.held, held.care.asked_at) == (DeskReason.BUDGET, None)
            assert [flag.flag.flag_id for flag in (await store.snapshot()).flags] == [F1, F2]
        async with a_store(tmp_path) as store:
            assert await tell(store, "f3", at(596)) == await kept(store, FlagId("f3"))
            # the calls of the last run are over: a call goes on under this name again
            await store.save_call(a_call("call-2"))
            flag = replace(a_flag("f4", call_id="call-2", priority=Priority.MEDIUM), raised_at=at(597), rule_id="other")
            assert (await store.save_flag(flag, a_call("call-2"), at(597))).care.held is DeskReason.BUDGET
            assert FlagId("f4") not in await store.due_flags(at(599), 10)
            assert FlagId("f4") in await store.due_flags(at(601), 10)
            through = await store.turn(FlagId("f4"), at(601))
            assert (through.care.held, through.care.asked_at) == (None, at(601))
            assert (await store.turn(F2, at(9_999))).care.held is DeskReason.BUDGET

    asyncio.run(day())


def test_what_is_withdrawn_before_anybody_saw_it_gives_its_place_back(tmp_path: Path) -> None:
    """Partial words that the final takes back at once interrupt nobody."""

    async def taken_back() -> None:
        async with a_store(tmp_path) as store:
            await tell(store, "f1", state=FlagState.RAISED)
            await tell(store, "f1", at(1), state=FlagState.WITHDRAWN)
            assert (await tell(store, "f2", at(2), state=FlagState.RAISED)).care.held is None
            await store.act(F2, Draw(), ANN, at(3))
            await tell(store, "f2", at(4), state=FlagState.WITHDRAWN)
            assert (await tell(store, "f3", at(5))).care.held is DeskReason.BUDGET

    asyncio.run(taken_back())


def test_a_coach_who_was_shown_a_flag_is_not_shown_its_repeat_until_it_was_withdrawn(tmp_path: Path) -> None:
    """Remembered after it was drawn, not when it was sent; acted on in between, it covers both."""
    ample = Desks(policy=DeskPolicy(burst=50), whose=lambda tenant, team, agent_id: ANN)

    async def same(store: SqliteStore, name: str, when: datetime) -> DeskReason | None:
        flag = replace(a_flag(name, priority=Priority.LOW), raised_at=when)
        return (await store.save_flag(flag, a_call(), when)).care.held

    async def repeats() -> list[DeskReason | None]:
        async with a_store(tmp_path, ample) as store:
            found = [await same(store, "f1", NOON), await same(store, "f2", at(1))]
            await store.act(F1, Draw(), ANN, at(2))
            found.append(await same(store, "f3", at(3)))
            await store.act(F1, Resolve(outcome=Outcome.HELPED), ANN, at(4))
            assert FlagId("f3") not in await store.due_flags(at(5), 10)
            found.append(await same(store, "f4", at(6)))
            return found

    assert asyncio.run(repeats()) == [None, None, DeskReason.KNOWN, None]


def test_time_brings_back_and_escalates_and_the_rate_is_counted(tmp_path: Path) -> None:
    """A look does what is due; what a restart finds is counted again."""
    now = NOON

    async def watched() -> None:
        nonlocal now
        async with a_store(tmp_path, Desks()) as store:
            watch = DeskWatch(store, lambda: now)
            store.follow(watch.told)
            await tell(store, "f1")
            await tell(store, "f2")
            await store.act(F1, Snooze(until=at(30)), ANN, at(1))
            now = at(31)
            await watch.look()
            assert (await kept(store, F1)).care.asked_at == at(31)
            now = at(60)
            await watch.look()
            assert [(await kept(store, name)).care.escalations for name in (F1, F2)] == [0, 1]
            for step in range(10):
                await tell(store, f"more-{step}", now)
            assert watch.rates() == [DeskRate(desk=EVERYONE, told=13, flooded=True)]
            again = DeskWatch(store, lambda: now)
            await again.begin()
            assert again.rates() == watch.rates()
            now = at(601 + 60)
            assert watch.rates() == [DeskRate(desk=EVERYONE, told=0, flooded=False)]

    asyncio.run(watched())


def test_nobody_is_pressed_about_a_call_that_is_over(tmp_path: Path) -> None:
    """What was put off still comes back, so that it can be judged."""

    async def over() -> None:
        async with a_store(tmp_path, Desks()) as store:
            await tell(store, "f1")
            await tell(store, "f2")
            await store.act(F2, Snooze(until=at(30)), ANN, at(1))
        async with a_store(tmp_path, Desks()) as store:
            for name in await store.due_flags(at(200), 10):
                await store.turn(name, at(200))
            assert (await kept(store, F1)).care.escalations == 0
            back = (await kept(store, F2)).care
            assert (back.snoozed_until, back.act) == (None, CareAct.SNOOZED)
            assert list(await store.due_flags(at(200), 10)) == []

    asyncio.run(over())
