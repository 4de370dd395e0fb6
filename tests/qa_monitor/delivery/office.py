"""A relay over a real store, with receivers of the tests."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alerts.records import FlagState
from qa_monitor.delivery.records import Delivery, DeliveryState
from qa_monitor.delivery.relay import Relay
from qa_monitor.delivery.targets import Target, Targets
from qa_monitor.delivery.webhook import Webhook
from qa_monitor.metrics import Metrics
from qa_monitor.store.sqlite import SqliteStore
from tests.qa_monitor.builders import NOON, a_call, a_flag
from tests.qa_monitor.receiving import Least


@dataclass(slots=True, kw_only=True)
class Office:
    """A store, its relay, and a clock that the test sets."""

    store: SqliteStore
    relay: Relay
    now: datetime = NOON

    async def raise_flag(self, name: str, state: FlagState = FlagState.CONFIRMED) -> None:
        await self.store.save_flag(a_flag(name, state=state), a_call(), self.now)

    async def turn(self, target: str = "crm") -> float:
        """Send what is due; gives the seconds until the next look."""
        return await self.relay.turn(self.relay.posts[target])

    async def kept(self, state: DeliveryState | None = None) -> Sequence[Delivery]:
        return await self.store.outbox.find(state, None, 1000)


@asynccontextmanager
async def an_office(folder: Path, *targets: Target) -> AsyncIterator[Office]:
    every = Targets(every=targets)
    store = await SqliteStore.open(folder, wants=every.wanting)
    offices: list[Office] = []
    relay = Relay(every, store.outbox, a_patient_webhook, Metrics(), lambda: offices[0].now, Least())
    offices.append(Office(store=store, relay=relay))
    store.follow(relay.told)
    try:
        yield offices[0]
    finally:
        for post in relay.posts.values():
            await post.channel.close()
        await store.close()


def a_patient_webhook(target: Target, link: str | None) -> Webhook:
    """On a machine that is busy with something else an answer may take long: what comes of it is tested, not when."""
    return Webhook(target, link, patience_s=600.0)
