"""The feed as one person gets it: own teams' calls and flags, those routed to them, and never another team's."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from alerts.records import CoachId
from qa_monitor.bus.embedded import EmbeddedBus
from qa_monitor.feed import FeedLimits, FlagFeed
from qa_monitor.feed_events import FeedEvent, FeedKind
from qa_monitor.people.changes import put
from qa_monitor.people.duty import Duty
from qa_monitor.people.records import AccountId, Directory
from qa_monitor.people.seen import View, seen_feed
from qa_monitor.people.sight import EVERYTHING, sight_of
from qa_monitor.records.calls import CallAgent
from qa_monitor.schemas.feed import HeartbeatJson
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallId, CallStarted
from tests.qa_monitor.builders import NOON, a_call, a_flag
from tests.qa_monitor.staff import ANN, BEN, CLEO, MONDAY, NORTH, SOUTH, a_coach, a_directory, away
from tests.qa_monitor.storing import a_store

T = TypeVar("T")
BEAT = HeartbeatJson(
    now=NOON,
    lag_s=0.0,
    shed_level=0,
    shed=[],
    later_s=0.0,
    calls_live=0,
    final_p50_s=None,
    final_p95_s=None,
    flag_p50_s=None,
    flag_p95_s=None,
    disk_ok=True,
    saving=True,
    desks=[],
)


class Floor:
    """A feed on a real store, and the people who look at it."""

    def __init__(self, feed: FlagFeed, store: SqliteStore) -> None:
        self.feed, self.store = feed, store
        self.directory: Directory = a_directory()
        self.duty = Duty(lambda: self.directory, lambda: MONDAY)
        self.out: set[AccountId] = set()
        store.follow(lambda change: self.duty.noticed(change.flag))

    def view(self, name: AccountId) -> Callable[[], View | None]:
        def now() -> View | None:
            if name in self.out:
                return None
            account = self.directory.accounts[name]
            return View(sight=sight_of(account, self.directory, MONDAY, everyone=True), coach=CoachId(name))

        return now

    def console(self, view: Callable[[], View | None], after: str | None = None) -> AsyncIterator[FeedEvent]:
        return seen_feed(self.feed.subscribe, after, view, self.duty)

    async def call(self, call_id: str, team: str, tenant: str = "default") -> CallStarted:
        started = replace(a_call(call_id), team=team, tenant=tenant, agent_id="agent-8")
        self.feed.tell_call(await self.store.save_call(started))
        return started


@asynccontextmanager
async def a_floor(folder: Path) -> AsyncIterator[Floor]:
    async with a_store(folder) as store:
        # a slow disk is not what is tried here
        patient = FeedLimits(patience_s=60.0)
        yield Floor(await FlagFeed.open(store, EmbeddedBus[FeedEvent](), lambda: NOON, patient), store)


async def told(events: AsyncIterator[FeedEvent], count: int) -> list[str]:
    """What the next events are about; a heartbeat is a dot."""
    return [about(await asyncio.wait_for(anext(events), 10)) for _ in range(count)]


def about(event: FeedEvent) -> str:
    data = event.data
    match event.event:
        case FeedKind.SNAPSHOT:
            names = [*_names(data["calls"], "call_id"), *_names(data["flags"], "flag_id")]
            return f"snapshot {' '.join(names)}".strip()
        case FeedKind.FLAG:
            return str(data["flag_id"])
        case FeedKind.CALL:
            return str(data["call_id"])
        case FeedKind.HEARTBEAT:
            return "."
        case _:
            return event.event.value


def _names(found: object, name: str) -> list[str]:
    assert isinstance(found, list)
    return [str(one[name]) for one in found]


def test_a_coach_gets_own_teams_and_nothing_of_others(tmp_path: Path) -> None:
    """In the snapshot, live, and when the console comes back; heartbeats go to everyone."""

    async def test() -> None:
        async with a_floor(tmp_path) as floor:
            north, south = await floor.call("north-1", "north"), await floor.call("south-1", "south")
            await floor.feed.tell(a_flag("fn1", call_id="north-1"), north)
            await floor.feed.tell(a_flag("fs1", call_id="south-1"), south)
            after: str | None = None
            async with aclosing(floor.console(floor.view(ANN))) as console:  # type: ignore[type-var]  # a generator
                assert await told(console, 1) == ["snapshot north-1 fn1"]
                await floor.call("south-2", "south")
                await floor.feed.tell(a_flag("fs2", call_id="south-1"), south)
                far = await floor.call("far-1", "north", tenant="acme")
                await floor.feed.tell(a_flag("ff1", call_id="far-1"), far)
                stored = await floor.feed.tell(a_flag("fn2", call_id="north-1"), north)
                floor.feed.beat(BEAT)
                assert await told(console, 2) == ["fn2", "."]
                after = f"{floor.store.generation}-{stored.sequence}"
            await floor.feed.tell(a_flag("fs3", call_id="south-1"), south)
            await floor.feed.tell(a_flag("fn3", call_id="north-1"), north)
            async with aclosing(floor.console(floor.view(ANN), after)) as console:  # type: ignore[type-var]
                assert await told(console, 2) == ["fn3", "north-1"]

    asyncio.run(test())


def test_a_flag_interrupts_only_whom_it_goes_to(tmp_path: Path) -> None:
    """Its acknowledgement reaches the same consoles; a lead gets all flags."""

    async def test() -> None:
        async with a_floor(tmp_path) as floor:
            floor.directory = put(floor.directory, a_coach(ANN, NORTH, shift="sun 00:00-01:00 UTC"))
            north = await floor.call("north-1", "north")
            lead = View(sight=EVERYTHING)
            async with (
                aclosing(floor.console(floor.view(ANN))) as ann,  # type: ignore[type-var]
                aclosing(floor.console(floor.view(BEN))) as ben,  # type: ignore[type-var]
                aclosing(floor.console(lambda: lead)) as dan,  # type: ignore[type-var]
            ):
                assert [await told(one, 1) for one in (ann, ben, dan)] == [["snapshot north-1"]] * 3
                stored = await floor.feed.tell(a_flag("f1", call_id="north-1"), north)
                floor.directory = put(floor.directory, a_coach(ANN, NORTH))
                await floor.feed.acknowledge(stored.flag.flag_id, CoachId(BEN))
                floor.feed.beat(BEAT)

                assert await told(ben, 3) == ["f1", "f1", "."]
                assert await told(dan, 3) == ["f1", "f1", "."]
                assert await told(ann, 1) == ["."]

    asyncio.run(test())


def test_a_flag_raised_while_no_console_is_open_goes_to_everyone_of_the_team(tmp_path: Path) -> None:
    async def test() -> None:
        async with a_floor(tmp_path) as floor:
            floor.directory = put(floor.directory, a_coach(ANN, NORTH, shift="sun 00:00-01:00 UTC"))
            north = await floor.call("north-1", "north")
            await floor.feed.tell(a_flag("f1", call_id="north-1"), north)
            for name, seen in ((ANN, "snapshot north-1 f1"), (BEN, "snapshot north-1 f1"), (CLEO, "snapshot")):
                async with aclosing(floor.console(floor.view(name))) as console:  # type: ignore[type-var]
                    assert await told(console, 1) == [seen]

    asyncio.run(test())


def test_a_coach_who_begins_to_stand_in_gets_a_fresh_page(tmp_path: Path) -> None:
    """And again when it is over: what was shown is taken away."""

    async def test() -> None:
        async with a_floor(tmp_path) as floor:
            await floor.call("south-1", "south")
            await floor.call("north-1", "north")
            before = floor.directory
            async with aclosing(floor.console(floor.view(CLEO))) as console:  # type: ignore[type-var]
                assert await told(console, 1) == ["snapshot south-1"]
                floor.directory = put(before, away(BEN, CLEO))
                floor.feed.beat(BEAT)
                assert await told(console, 2) == ["resync", "snapshot south-1 north-1"]
                floor.directory = before
                floor.feed.beat(BEAT)
                assert await told(console, 2) == ["resync", "snapshot south-1"]

    asyncio.run(test())


def test_a_call_that_a_team_takes_over_leaves_the_screens_of_others(tmp_path: Path) -> None:
    """It was nobody's and so everybody's; now it is the south's."""

    async def test() -> None:
        async with a_floor(tmp_path) as floor:
            await floor.call("new", "")
            async with aclosing(floor.console(floor.view(ANN))) as console:  # type: ignore[type-var]
                assert await told(console, 1) == ["snapshot new"]
                agent = CallAgent(agent_id="agent-9", team="south", from_s=5.0)
                floor.feed.tell_call(await floor.store.save_agent(CallId("new"), agent))
                assert await told(console, 2) == ["resync", "snapshot"]

    asyncio.run(test())


def test_a_stream_ends_with_the_session(tmp_path: Path) -> None:
    """With the next event, before it is sent; and one that is logged out gets nothing at all."""

    async def test() -> None:
        async with a_floor(tmp_path) as floor:
            north = await floor.call("north-1", "north")
            async with aclosing(floor.console(floor.view(ANN))) as console:  # type: ignore[type-var]
                assert await told(console, 1) == ["snapshot north-1"]
                assert floor.duty.present == {CoachId(ANN)}
                floor.out.add(ANN)
                await floor.feed.tell(a_flag("f1", call_id="north-1"), north)
                assert [about(event) async for event in console] == []
            assert [event async for event in floor.console(floor.view(ANN))] == []
            assert floor.duty.present == frozenset()
            assert floor.feed.consoles == 0
            assert SOUTH in floor.directory.teams

    asyncio.run(test())
