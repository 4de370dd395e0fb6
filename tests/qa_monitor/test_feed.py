"""The feed over a real store: nothing missed, nothing doubled."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from alerts.records import CoachId, FlagId, FlagState
from bench.feeding.shown import Difference, Shown, difference
from qa_monitor.bus.embedded import EmbeddedBus
from qa_monitor.feed import FeedLimits, FlagFeed
from qa_monitor.feed_events import Cursors, FeedEvent, FeedKind, Recent, flag_event
from qa_monitor.records.errors import NotKept, StoreError
from qa_monitor.schemas.feed import HeartbeatJson
from qa_monitor.store.database.database import FILE
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallEnded, CallId, EndReason
from tests.qa_monitor.builders import NOON, a_call, a_flag, a_stored_flag

CURSORS = Cursors(generation="abc")


@asynccontextmanager
async def a_feed(
    folder: Path, limit: int = 256, limits: FeedLimits | None = None, busy_ms: int = 20
) -> AsyncIterator[tuple[FlagFeed, SqliteStore]]:
    store = await SqliteStore.open(folder, busy_ms=busy_ms)
    try:
        yield await FlagFeed.open(store, EmbeddedBus[FeedEvent](limit), lambda: NOON, limits), store
    finally:
        await store.close()


async def take(feed: FlagFeed, count: int, after: str | None = None) -> list[FeedEvent]:
    """The first events a console gets."""
    events: list[FeedEvent] = []
    async with aclosing(feed.subscribe(after)) as stream:
        while len(events) < count:
            events.append(await anext(stream))
    return events


def kinds(events: list[FeedEvent]) -> list[str]:
    return [event.event.value for event in events]


def test_a_console_gets_a_snapshot_then_changes(tmp_path: Path) -> None:
    """Live calls and open flags, then what follows them."""

    async def follow() -> None:
        async with a_feed(tmp_path) as (feed, store):
            await store.save_call(a_call())
            await feed.tell(a_flag("f1"), a_call())
            await feed.tell(a_flag("f2", state=FlagState.WITHDRAWN), a_call())
            async with aclosing(feed.subscribe()) as stream:
                snapshot = await anext(stream)
                await feed.tell(a_flag("f3"), a_call())
                change = await anext(stream)
                consoles = feed.consoles

        assert snapshot.event is FeedKind.SNAPSHOT
        assert snapshot.id == f"{store.generation}-2"
        assert [flag["flag_id"] for flag in as_list(snapshot.data["flags"])] == ["f1"]
        assert [call["call_id"] for call in as_list(snapshot.data["calls"])] == ["call-1"]
        assert (change.event, change.id, change.data["flag_id"]) == (FeedKind.FLAG, f"{store.generation}-3", "f3")
        assert change.data["saved"] is True
        assert (consoles, feed.consoles) == (1, 0)

    asyncio.run(follow())


def as_list(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def test_a_console_that_comes_back_gets_what_it_missed(tmp_path: Path) -> None:
    """From memory, and after a restart from the store; calls are told again, for their changes have no number."""

    async def come_back() -> None:
        async with a_feed(tmp_path) as (feed, store):
            await store.save_call(a_call())
            for name in ("f1", "f2", "f3"):
                await feed.tell(a_flag(name), a_call())
            from_memory = await take(feed, 3, f"{store.generation}-1")
        async with a_feed(tmp_path) as (feed, store):
            from_store = await take(feed, 3, f"{store.generation}-1")
            up_to_date = await take(feed, 1, f"{store.generation}-3")

        assert kinds(from_memory) == kinds(from_store) == ["flag", "flag", "call"]
        assert [event.data["flag_id"] for event in from_memory[:2]] == ["f2", "f3"]
        assert [event.id for event in from_memory] == [event.id for event in from_store]
        assert from_store[2].data["state"] == "interrupted"
        assert kinds(up_to_date) == ["call"]

    asyncio.run(come_back())


@pytest.mark.parametrize("after", ["other-1", "{}-99", "{}-", "{}-x", "{}--1", "{}-²", "", "{}-" + "9" * 5_000, "\x00"])
def test_an_id_that_cannot_be_resumed_starts_afresh(tmp_path: Path, after: str) -> None:
    """Of another database, from the future, or no id at all."""

    async def resume() -> None:
        async with a_feed(tmp_path) as (feed, store):
            await feed.tell(a_flag(), a_call())
            events = await take(feed, 2, after.format(store.generation))

        assert kinds(events) == ["resync", "snapshot"]

    asyncio.run(resume())


def test_a_console_too_slow_is_given_a_snapshot_and_holds_nobody_up(tmp_path: Path) -> None:
    """Its queue is bounded; the flags it missed are in the snapshot."""

    async def stall() -> None:
        async with a_feed(tmp_path, limit=3) as (feed, _), aclosing(feed.subscribe()) as stream:
            first = await anext(stream)
            for number in range(10):
                await feed.tell(a_flag(f"f{number}"), a_call())
            feed.beat(a_heartbeat())
            events = [await anext(stream)]
            while events[-1].event is not FeedKind.HEARTBEAT:
                events.append(await anext(stream))

        assert first.data["flags"] == []
        assert kinds(events) == ["resync", "snapshot", "heartbeat"]
        assert len(as_list(events[1].data["flags"])) == 10

    asyncio.run(stall())


def a_heartbeat() -> HeartbeatJson:
    return HeartbeatJson(
        now=NOON,
        lag_s=0.1,
        shed_level=0,
        shed=[],
        later_s=0.0,
        calls_live=1,
        final_p50_s=None,
        final_p95_s=None,
        flag_p50_s=None,
        flag_p95_s=None,
        disk_ok=True,
        saving=True,
        desks=[],
    )


def test_a_flag_that_cannot_be_saved_is_told_all_the_same_and_saved_later(tmp_path: Path) -> None:
    """Marked unsaved and without a number, in its newest state; then told once more, saved, under the same id."""

    async def trouble() -> None:
        async with a_feed(tmp_path) as (feed, store), aclosing(feed.subscribe()) as stream:
            await anext(stream)
            foreign = sqlite3.connect(tmp_path / FILE, isolation_level=None)
            foreign.execute("BEGIN IMMEDIATE")
            await feed.tell(a_flag(state=FlagState.RAISED), a_call())
            await feed.tell(a_flag(), a_call())
            left = await feed.save_unsaved()
            foreign.execute("ROLLBACK")
            with pytest.raises(StoreError, match="not saved yet"):
                await feed.acknowledge(FlagId("f1"), CoachId("ada"))
            newcomer = await take(feed, 1)
            none_left = await feed.save_unsaved()
            events = [await anext(stream) for _ in range(3)]
            foreign.close()

            assert (left, none_left, feed.trouble) == (1, 0, None)
            assert [(event.data["state"], event.data["saved"], event.sequence) for event in events] == [
                ("raised", False, None),
                ("confirmed", False, None),
                ("confirmed", True, 1),
            ]
            assert [flag["saved"] for flag in as_list(newcomer[0].data["flags"])] == [False]
            assert [stored.flag for stored in await store.flags()] == [a_flag()]

    asyncio.run(trouble())


def test_a_flag_does_not_wait_for_a_slow_disk_to_be_told(tmp_path: Path) -> None:
    """It is told unsaved when patience runs out, and as saved when it is on disk after all; nothing is left to do."""

    async def slow() -> None:
        impatient = FeedLimits(patience_s=0.05)
        async with a_feed(tmp_path, limits=impatient, busy_ms=20_000) as (feed, _):
            async with aclosing(feed.subscribe()) as stream:
                await anext(stream)
                foreign = sqlite3.connect(tmp_path / FILE, isolation_level=None)
                foreign.execute("BEGIN IMMEDIATE")
                stored = await feed.tell(a_flag(), a_call(), lambda: 0.9)
                told, waiting, trouble = await anext(stream), feed.unsaved, feed.trouble
                foreign.execute("ROLLBACK")
                foreign.close()
                after_all = await anext(stream)

            assert not stored.saved
            assert (told.data["saved"], waiting) == (False, 1)
            assert trouble == "the disk takes longer than 0.05 s to save a flag"
            assert (after_all.data["saved"], after_all.sequence) == (True, 1)
            assert (feed.unsaved, feed.trouble) == (0, None)

    asyncio.run(slow())


def test_the_last_two_stages_are_measured_told_and_kept(tmp_path: Path) -> None:
    """From the end of what caused the flag to the disk, and to the consoles."""

    async def measure() -> None:
        async with a_feed(tmp_path) as (feed, store), aclosing(feed.subscribe()) as stream:
            await anext(stream)
            stored = await feed.tell(a_flag(), a_call(), lambda: 0.9)
            event = await anext(stream)
            kept = await store.flags()

        assert event.data["latency"] == {
            "text_s": 0.8,
            "rule_s": 0.81,
            "stored_s": 0.9,
            "feed_s": 0.9,
            "screen_s": None,
        }
        assert kept == (stored,)
        assert stored.flag.latency.feed_s == 0.9

    asyncio.run(measure())


def test_acknowledging_clears_a_flag_on_every_console(tmp_path: Path) -> None:
    """Those of the same coach, and of the others."""

    async def take_on() -> None:
        async with a_feed(tmp_path) as (feed, _):
            await feed.tell(a_flag(), a_call())
            async with aclosing(feed.subscribe()) as one, aclosing(feed.subscribe()) as other:
                await anext(one)
                await anext(other)
                await feed.acknowledge(FlagId("f1"), CoachId("ada"))
                heard = [await anext(one), await anext(other)]
            with pytest.raises(NotKept):
                await feed.acknowledge(FlagId("f9"), CoachId("ada"))

        assert [(event.data["state"], event.data["acknowledged_by"]) for event in heard] == [
            ("acknowledged", "ada")
        ] * 2

    asyncio.run(take_on())


def test_calls_are_told_without_a_number(tmp_path: Path) -> None:
    """They do not move the cursor of a console."""

    async def call() -> None:
        async with a_feed(tmp_path) as (feed, store), aclosing(feed.subscribe()) as stream:
            await anext(stream)
            feed.tell_call(await store.save_call(a_call()))
            ended = CallEnded(call_id=CallId("call-1"), end_s=3.0, reason=EndReason.END)
            feed.tell_call(await store.end_call(ended, NOON))
            events = [await anext(stream), await anext(stream)]

        assert [(event.event, event.id, event.data["state"]) for event in events] == [
            (FeedKind.CALL, None, "live"),
            (FeedKind.CALL, None, "ended"),
        ]

    asyncio.run(call())


@dataclass(slots=True, kw_only=True)
class Console:
    """A page that is cut off again and again, sometimes in the middle of an event, which it then never showed."""

    feed: FlagFeed
    chance: random.Random
    disconnects: int
    shown: Shown = field(default_factory=Shown)
    kinds: set[FeedKind] = field(default_factory=set)

    async def watch(self, until: int) -> None:
        """Follow until the change of this number was shown."""
        while self.shown.number < until:
            stay = self.chance.randint(1, 4) if self.disconnects > 0 else 1_000_000
            self.disconnects -= 1
            async with aclosing(self.feed.subscribe(self.shown.last_id)) as stream:
                async for event in stream:
                    stay -= 1
                    if stay <= 0 and self.chance.random() < 0.5:
                        break  # cut in the middle of it
                    self.show(event)
                    if stay <= 0 or self.shown.number == until:
                        break
            # away for a while
            for _ in range(self.chance.randint(0, 30)):
                await asyncio.sleep(0)

    def show(self, event: FeedEvent) -> None:
        self.kinds.add(event.event)
        flag = (str(event.data["flag_id"]), str(event.data["state"])) if event.event is FeedKind.FLAG else None
        self.shown.show(event.id, flag)


NOTHING_WRONG = Difference(missing=0, twice=0, out_of_order=0)
STATES = (FlagState.RAISED, FlagState.CONFIRMED, FlagState.RESOLVED)
CALLS, EPISODES, CONSOLES, CUTS = 5, 20, 10, 100


async def one_call(feed: FlagFeed, chance: random.Random, name: str) -> None:
    """Flags that are raised, confirmed and resolved, at odd moments."""
    for number in range(EPISODES):
        for state in STATES:
            await feed.tell(a_flag(f"{name}-{number}", call_id=name, state=state), a_call(name))
            for _ in range(chance.randint(0, 20)):
                await asyncio.sleep(0)


async def storm(folder: Path, seed: int, ring: int) -> tuple[list[tuple[str, str]], list[Console]]:
    """All changes in the order of the store, and what each console showed."""
    told: list[tuple[str, str]] = []
    async with a_feed(folder, limits=FeedLimits(ring=ring, patience_s=60)) as (feed, store):
        store.follow(lambda change: told.append((change.flag.flag.flag_id, change.flag.flag.state.value)))
        consoles = [Console(feed=feed, chance=random.Random(seed * 100 + n), disconnects=CUTS) for n in range(CONSOLES)]
        for console in consoles:
            console.show((await take(feed, 1))[0])
        async with asyncio.timeout(120), asyncio.TaskGroup() as tasks:
            for number in range(CALLS):
                tasks.create_task(one_call(feed, random.Random(seed * 10 + number), f"call-{number}"))
            for console in consoles:
                tasks.create_task(console.watch(until=CALLS * EPISODES * len(STATES)))
    return told, consoles


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "ring"), [(1, 1_000), (2, 1), (3, 4)])
def test_a_thousand_disconnects_miss_nothing_and_show_nothing_twice(tmp_path: Path, seed: int, ring: int) -> None:
    """Ten consoles, a hundred cuts each, while many calls raise, confirm and resolve flags at once.

    What was missed comes from memory with a long ring, from the store with a short one.
    """
    told, consoles = asyncio.run(storm(tmp_path, seed, ring))

    assert len(told) == len(set(told)) == CALLS * EPISODES * len(STATES)
    assert difference(told, [console.shown.changes for console in consoles]) == NOTHING_WRONG
    for console in consoles:
        assert console.disconnects <= 0
        assert console.shown.changes == told
        assert FeedKind.RESYNC not in console.kinds


def test_what_a_page_missed_or_showed_twice_is_counted() -> None:
    """Over all pages; a page that showed everything in another order is told too."""
    told = [("f1", "raised"), ("f1", "confirmed"), ("f2", "raised")]
    pages = [told, told[:1], [*told, told[0]], told[::-1]]

    assert difference(told, pages) == Difference(missing=2, twice=1, out_of_order=1)
    assert difference(told, [told, told]) == NOTHING_WRONG


def test_an_event_is_written_once_for_all_consoles() -> None:
    """Id, name and one line of data; a line break in what was said ends no line."""
    event = flag_event(a_stored_flag(sequence=7), CURSORS)
    lines = event.wire().decode().split("\r\n")

    assert lines[:2] == ["id: abc-7", "event: flag"]
    assert lines[2].startswith('data: {"flag_id":')
    assert lines[3:] == ["", ""]
    assert event.wire() is event.wire()
    assert b"\n" not in FeedEvent(event=FeedKind.CALL, data={"text": "one\ntwo"}).wire().split(b"\r\n")[1]


def test_recent_events_are_known_back_to_the_oldest_kept() -> None:
    """Beyond that, or after a hole, memory does not pretend."""
    recent = Recent(3)
    assert recent.since(0) is None
    for number in (5, 6, 7, 8):
        recent.add(number, flag_event(a_stored_flag(sequence=number), CURSORS))

    assert [event.sequence for event in recent.since(5) or ()] == [6, 7, 8]
    assert recent.since(4) is None
    assert recent.since(8) == []
    recent.add(10, flag_event(a_stored_flag(sequence=10), CURSORS))
    assert recent.since(8) is None


def test_a_generation_may_hold_what_it_likes_but_ids_read_back() -> None:
    """The number is what follows the last dash."""
    cursors = Cursors(generation="a-b")

    assert cursors.sequence(cursors.id(12)) == 12
    assert CURSORS.sequence(cursors.id(12)) is None
