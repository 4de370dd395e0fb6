"""The bus inside one process."""

import asyncio
from contextlib import closing

from qa_monitor.bus.embedded import EmbeddedBus
from qa_monitor.bus.port import Resync


def test_each_subscriber_gets_what_follows_its_subscription_in_order() -> None:
    """And only of its topic."""

    async def follow() -> list[int | Resync]:
        bus: EmbeddedBus[int] = EmbeddedBus()
        bus.publish("a", 0)
        with closing(bus.subscribe("a")) as subscription:
            for number in (1, 2, 3):
                bus.publish("a", number)
                bus.publish("b", -number)
            return [await anext(subscription) for _ in range(3)]

    assert asyncio.run(follow()) == [1, 2, 3]


def test_a_slow_subscriber_is_cut_with_a_mark_and_others_are_not() -> None:
    """Publishing never waits; memory stays bounded; who was cut goes on after the mark."""

    async def overflow() -> tuple[list[int | Resync], list[int | Resync]]:
        bus: EmbeddedBus[int] = EmbeddedBus(limit=3)
        slow, quick = bus.subscribe("a"), bus.subscribe("a")
        got = []
        for number in range(4):
            bus.publish("a", number)
            got.append(await anext(quick))
        bus.publish("a", 4)
        late = [await anext(slow), await anext(slow)]
        slow.close()
        quick.close()
        return got, late

    assert asyncio.run(overflow()) == ([0, 1, 2, 3], [Resync(missed=4), 4])


def test_closing_ends_a_waiting_reader_and_leaves_nothing_behind() -> None:
    """A console that goes away takes its queue along."""

    async def close() -> tuple[list[int | Resync], int, int]:
        bus: EmbeddedBus[int] = EmbeddedBus()
        subscription = bus.subscribe("a")

        async def read() -> list[int | Resync]:
            return [message async for message in subscription]

        reading = asyncio.create_task(read())
        bus.publish("a", 1)
        await asyncio.sleep(0)
        before = bus.subscribers("a")
        subscription.close()
        subscription.close()
        return await reading, before, bus.subscribers("a")

    assert asyncio.run(close()) == ([1], 1, 0)
