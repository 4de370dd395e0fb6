"""Flags and their changes, on real files."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.records import CoachId, FlagId, FlagState, Latency
from qa_monitor.records.errors import NotKept
from qa_monitor.records.flags import FlagEvent
from tests.qa_monitor.builders import (
    NOON,
    a_call,
    a_flag,
)
from tests.qa_monitor.storing import CALL, a_store


def test_each_change_of_a_flag_gets_the_next_number_and_is_told_in_order(tmp_path: Path) -> None:
    """The number is the resume cursor of the feed: it follows the order of commit, without a hole."""
    told: list[FlagEvent] = []

    async def many() -> None:
        async with a_store(tmp_path) as store:
            store.follow(told.append)
            call = a_call()
            raised = [a_flag(f"f{n}", state=FlagState.RAISED) for n in range(20)]
            await asyncio.gather(*(store.save_flag(flag, call, NOON) for flag in raised))
            await asyncio.gather(*(store.save_flag(flag.moved(FlagState.CONFIRMED), call, NOON) for flag in raised))
            kept = await store.flag_events(0, 1_000)
            some = await store.flag_events(5, 3)
            head = (await store.snapshot()).sequence

        assert [event.sequence for event in told] == list(range(1, 41))
        assert told == list(kept)
        assert [event.sequence for event in some] == [6, 7, 8]
        assert head == 40

    asyncio.run(many())


def test_saving_what_is_kept_already_numbers_nothing(tmp_path: Path) -> None:
    """A retry after an unclear failure shows no coach the same thing twice; its latency is kept all the same."""
    told: list[FlagEvent] = []

    async def again() -> None:
        async with a_store(tmp_path) as store:
            store.follow(told.append)
            first = await store.save_flag(a_flag(), a_call(), NOON)
            second = await store.save_flag(a_flag(), a_call(), NOON + timedelta(seconds=1))
            await store.save_latency(FlagId("f1"), Latency(stored_s=0.9, feed_s=0.95))
            third = await store.save_flag(a_flag(), a_call(), NOON)

        assert first == second
        assert third.flag.latency == Latency(text_s=0.8, rule_s=0.81, stored_s=0.9, feed_s=0.95)
        assert len(told) == 1

    asyncio.run(again())


def test_a_flag_is_kept_even_when_its_call_is_not_yet(tmp_path: Path) -> None:
    """The call may have come while the disk was full."""

    async def flag_first() -> None:
        async with a_store(tmp_path) as store:
            await store.save_flag(a_flag(), a_call(), NOON)
            kept = await store.call(CALL)

        assert kept is not None
        assert kept.call == a_call()

    asyncio.run(flag_first())


def test_an_acknowledged_flag_stays_so_until_withdrawn_or_resolved(tmp_path: Path) -> None:
    """A final that confirms what a coach already took on does not ask again."""
    call, coach = a_call(), CoachId("ada")

    async def take_on() -> None:
        async with a_store(tmp_path) as store:
            await store.save_flag(a_flag(state=FlagState.RAISED), call, NOON)
            taken = await store.acknowledge(FlagId("f1"), coach, NOON)
            again = await store.acknowledge(FlagId("f1"), CoachId("eve"), NOON + timedelta(minutes=1))
            confirmed = await store.save_flag(a_flag(), call, NOON)
            open_now = await store.flags()
            resolved = await store.save_flag(a_flag(state=FlagState.RESOLVED), call, NOON)
            late = await store.acknowledge(FlagId("f1"), coach, NOON)

            assert (taken.flag.state, taken.acknowledged_by) == (FlagState.ACKNOWLEDGED, coach)
            assert again == taken
            assert confirmed.flag.state is FlagState.ACKNOWLEDGED
            assert open_now == ()
            assert (resolved.flag.state, resolved.acknowledged_by) == (FlagState.RESOLVED, coach)
            assert late == resolved
            with pytest.raises(NotKept, match="flag nobody"):
                await store.acknowledge(FlagId("nobody"), coach, NOON)

    asyncio.run(take_on())


def test_late_news_of_a_flag_whose_life_is_over_changes_nothing(tmp_path: Path) -> None:
    """A retry that comes after the withdrawal does not bring the flag back."""

    async def late() -> None:
        async with a_store(tmp_path) as store:
            await store.save_flag(a_flag(state=FlagState.RAISED), a_call(), NOON)
            withdrawn = await store.save_flag(a_flag(state=FlagState.WITHDRAWN), a_call(), NOON)
            again = await store.save_flag(a_flag(state=FlagState.RAISED), a_call(), NOON)
            events = await store.flag_events(0, 10)

        assert again == withdrawn
        assert len(events) == 2

    asyncio.run(late())
