"""From a flag's change to a real receiver, over a real store: at least once, tried again, given up, replayed."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from alerts.records import CoachId, FlagId, FlagState, Priority
from qa_monitor.delivery.port import Outcome
from qa_monitor.delivery.records import Delivery, DeliveryEvent, DeliveryState, Tidied
from qa_monitor.delivery.relay import Relay
from qa_monitor.delivery.targets import Filter, Targets
from qa_monitor.erasing.records import AudioErased
from qa_monitor.metrics import Metrics
from qa_monitor.store.deliveries.deliveries import KEPT_FOR, NO_TARGET, TOO_MANY
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallEnded, CallId, EndReason
from tests.qa_monitor.builders import NOON, a_call, a_flag
from tests.qa_monitor.delivery.office import an_office
from tests.qa_monitor.receiving import Least, Receiver, a_receiver, a_target


def keys(receiver: Receiver) -> list[str]:
    return [each.key for each in receiver.received]


def test_every_change_of_a_flag_is_sent_once(tmp_path: Path) -> None:
    """In order, each under its own key; what changes nothing is not sent."""

    async def lived() -> tuple[list[str], list[str], list[DeliveryState]]:
        async with a_receiver() as receiver, an_office(tmp_path, a_target(receiver.url)) as office:
            await office.raise_flag("f1", FlagState.RAISED)
            await office.raise_flag("f1")
            await office.raise_flag("f1")
            await office.store.acknowledge(FlagId("f1"), CoachId("ann"), NOON)
            await office.store.take_back(FlagId("f1"), CoachId("ann"), since=NOON, at=NOON)
            await office.store.expire(FlagId("f1"), NOON)
            await office.turn()
            await office.turn()
            types = [each.said["type"] for each in receiver.received]
            return types, keys(receiver), [each.state for each in await office.kept()]

    types, sent, states = asyncio.run(lived())

    assert types == [f"flag.{state}" for state in ("raised", "confirmed", "acknowledged", "reopened", "expired")]
    assert len(set(sent)) == 5
    assert states == [DeliveryState.DELIVERED] * 5


def test_only_what_a_target_wants_is_entered(tmp_path: Path) -> None:
    """And each target gets its own."""

    async def entered() -> list[tuple[str, str]]:
        wanted = Filter(events=frozenset({DeliveryEvent.RAISED}))
        urgent = Filter(least_priority=Priority.HIGH, teams=frozenset({"north"}), tenants=frozenset({"default"}))
        targets = (a_target("http://a", "early", wanted=wanted), a_target("http://b", "urgent", wanted=urgent))
        async with an_office(tmp_path, *targets) as office:
            await office.raise_flag("f1")
            await office.raise_flag("f2", FlagState.RAISED)
            return sorted((each.target, str(each.flag_id)) for each in await office.kept())

    assert asyncio.run(entered()) == [("early", "f2"), ("urgent", "f1"), ("urgent", "f2")]


def test_a_failed_delivery_comes_again_under_the_same_key(tmp_path: Path) -> None:
    """Later each time; the target rests meanwhile, and others waiting for it do not spend their attempts."""

    async def tried() -> tuple[list[str], list[float], list[int]]:
        async with a_receiver(["500 Oh", "drop"]) as receiver, an_office(tmp_path, a_target(receiver.url)) as office:
            await office.raise_flag("f1")
            await office.raise_flag("f2")
            waits = []
            for _ in range(4):
                waits.append(round(await office.turn(), 3))
                office.now += timedelta(seconds=waits[-1])
            return keys(receiver), waits, [each.attempts for each in await office.kept()]

    sent, waits, attempts = asyncio.run(tried())

    first, second = sent[0].replace("-1-", "-N-"), sent[1].replace("-2-", "-N-")
    assert first == second
    assert [key.split("-")[1] for key in sent] == ["1", "2", "1", "2"]
    assert waits[:2] == [2.5, 5.0]
    assert attempts == [2, 2]


def test_after_its_attempts_a_delivery_is_dead_and_can_be_replayed(tmp_path: Path) -> None:
    async def given_up() -> tuple[list[Delivery], list[int], list[str]]:
        async with (
            a_receiver(["400 No"] * 2) as receiver,
            an_office(tmp_path, a_target(receiver.url, attempts=2)) as office,
        ):
            await office.raise_flag("f1")
            await office.turn()
            office.now += timedelta(hours=1)
            await office.turn()
            dead = list(await office.kept(DeliveryState.DEAD))
            outbox = office.store.outbox
            replayed = [
                await outbox.replay(keys=None, target="other", now=office.now),
                await outbox.replay(keys=None, target="crm", now=office.now),
            ]
            await office.turn()
            replayed.append(await outbox.replay(keys=None, target=None, now=office.now))
            # delivered ones only where they are named
            replayed.append(await outbox.replay(keys=[dead[0].key], target=None, now=office.now))
            await office.turn()
            return dead, replayed, keys(receiver)

    (dead,), replayed, sent = asyncio.run(given_up())

    assert (dead.attempts, dead.problem) == (2, "status 400")
    assert replayed == [0, 1, 0, 1]
    assert sent == [dead.key] * 4


def test_gone_is_gone_at_once(tmp_path: Path) -> None:
    async def refused() -> Delivery:
        async with a_receiver(["410 Gone"]) as receiver, an_office(tmp_path, a_target(receiver.url)) as office:
            await office.raise_flag("f1")
            await office.turn()
            return (await office.kept())[0]

    assert asyncio.run(refused()).state is DeliveryState.DEAD


def test_what_waited_when_the_service_ended_is_sent_by_the_next(tmp_path: Path) -> None:
    """By its own task, without anything new being told."""

    async def twice() -> tuple[list[str], list[Delivery]]:
        async with a_receiver() as receiver:
            async with an_office(tmp_path, a_target(receiver.url)) as office:
                await office.raise_flag("f1")
            async with an_office(tmp_path, a_target(receiver.url)) as office:
                working = asyncio.create_task(office.relay.work())
                await receiver.until(1)
                await office.raise_flag("f2")
                await receiver.until(2)
                await office.raise_flag("f3")
                await receiver.until(3)
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)
                return keys(receiver), list(await office.kept())

    sent, kept = asyncio.run(twice())

    assert sent == [each.key for each in reversed(kept)]
    # the third may have been noted in time or not
    assert [each.state for each in kept[1:]] == [DeliveryState.DELIVERED] * 2


def test_one_target_in_trouble_does_not_hold_up_another(tmp_path: Path) -> None:
    async def told() -> list[str]:
        async with (
            a_receiver(usual="hang") as stuck,
            a_receiver() as well,
            an_office(tmp_path, a_target(stuck.url, "stuck"), a_target(well.url, "well")) as office,
        ):
            working = asyncio.create_task(office.relay.work())
            for name in ("f1", "f2", "f3"):
                await office.raise_flag(name)
            await well.until(3)
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
            return [each.said["data"]["flag_id"] for each in well.received]

    assert asyncio.run(told()) == ["f1", "f2", "f3"]


def test_the_outbox_stays_within_its_bounds(tmp_path: Path) -> None:
    """Of too many waiting ones the oldest are dead; a target taken out leaves no waiting ones; old ones go."""

    async def tidied() -> tuple[list[Tidied], list[tuple[str, str]], int]:
        async with an_office(tmp_path, a_target("http://a")) as office:
            for number in range(5):
                await office.raise_flag(f"f{number}")
            outbox = office.store.outbox
            done = [
                await outbox.tidy(["crm"], NOON, 3),
                await outbox.tidy([], NOON, 4),
                await outbox.tidy(["crm"], NOON, 4),
            ]
            dead = [(str(each.flag_id), str(each.problem)) for each in await office.kept()]
            await outbox.tidy(["crm"], NOON + KEPT_FOR + timedelta(seconds=1))
            return done, dead, len(await office.kept())

    done, dead, left = asyncio.run(tidied())

    assert done == [Tidied(given_up=2), Tidied(given_up=3, removed=1), Tidied()]
    assert dead == [("f4", NO_TARGET), ("f3", NO_TARGET), ("f2", NO_TARGET), ("f1", TOO_MANY)]
    assert left == 0


def test_a_flag_that_cannot_be_saved_leaves_no_delivery(tmp_path: Path) -> None:
    """Both are written, or neither."""

    def refuses(_: object) -> list[str]:
        raise ValueError("no")

    async def failed() -> tuple[int, int]:
        store = await SqliteStore.open(tmp_path, wants=refuses)
        with suppress(ValueError):
            await store.save_flag(a_flag(), a_call(), NOON)
        found = await store.outbox.find(None, None, 10)
        flags = await store.flags()
        await store.close()
        return len(found), len(flags)

    assert asyncio.run(failed()) == (0, 0)


def test_what_is_sent_is_the_flag_as_it_was_then(tmp_path: Path) -> None:
    """Not as it is now: each message tells one change."""

    async def sent() -> list[tuple[str, str]]:
        async with a_receiver() as receiver, an_office(tmp_path, a_target(receiver.url)) as office:
            await office.raise_flag("f1", FlagState.RAISED)
            flag = replace(a_flag("f1"), state=FlagState.CONFIRMED)
            await office.store.save_flag(flag, a_call(), NOON)
            assert await office.store.record(CallId("call-1")) is not None
            await office.turn()
            return [(each.said["data"]["state"], each.key.split("-")[1]) for each in receiver.received]

    assert asyncio.run(sent()) == [("raised", "1"), ("confirmed", "2")]


class Erasing:
    """A channel that takes so long that meanwhile another call is deleted."""

    def __init__(self) -> None:
        self.sent: list[CallId | None] = []
        self.stores: list[SqliteStore] = []

    async def send(self, delivery: Delivery) -> Outcome:
        self.sent.append(delivery.call_id)
        if len(self.sent) == 1:
            await self.stores[0].erasures.erase(CallId("call-2"), "ann", NOON, AudioErased(files=0, bytes=0))
        return Outcome()

    async def close(self) -> None:
        """Nothing is held."""


def test_nothing_of_a_deleted_call_is_sent(tmp_path: Path) -> None:
    """Not even where it was already next: a target may take its time."""

    async def sent() -> list[CallId | None]:
        targets, channel = Targets(every=(a_target("http://a", words=True),)), Erasing()
        store = await SqliteStore.open(tmp_path, wants=targets.wanting)
        channel.stores.append(store)
        relay = Relay(targets, store.outbox, lambda target, link: channel, Metrics(), lambda: NOON, Least())
        try:
            for number in ("1", "2", "3"):
                call = a_call(f"call-{number}")
                await store.save_call(call)
                await store.save_flag(a_flag(f"f{number}", call_id=call.call_id), call, NOON)
                await store.end_call(CallEnded(call_id=call.call_id, end_s=9.0, reason=EndReason.END), NOON)
            await relay.turn(relay.posts["crm"])
            return channel.sent
        finally:
            await store.close()

    assert asyncio.run(sent()) == ["call-1", "call-3"]
