"""Takes deliveries from the outbox to their targets: at least once, one at a time for each target."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import structlog

from qa_monitor.delivery.backoff import rest_s, wait_s
from qa_monitor.delivery.port import AttemptCounter, Channel, Making, Outbox, Outcome
from qa_monitor.delivery.records import Delivery, DeliveryState, Settlement
from qa_monitor.delivery.targets import Target, Targets
from qa_monitor.records.errors import StoreError
from qa_monitor.records.flags import FlagEvent

log = structlog.get_logger()

AT_ONCE = 50
"""Deliveries sent at one look."""
LOOK_S = 30.0
"""Longest time between two looks, whatever was told."""
TIDY_S = 60.0
TROUBLE_S = 5.0
"""Wait after the store failed."""


@dataclass(slots=True, kw_only=True, eq=False)
class Post:
    """One target, and how it is doing."""

    target: Target
    channel: Channel
    news: asyncio.Event
    """Something may be due."""
    failures: int = 0
    """In a row, for which the target itself is at fault."""
    resting_until: datetime | None = None
    """It is left alone until then."""
    problem: str | None = None
    """Why the last attempt failed; none where it did not."""


class Relay:
    """One per application. `chance` spreads the attempts."""

    def __init__(
        self,
        targets: Targets,
        outbox: Outbox,
        making: Making,
        counter: AttemptCounter,
        clock: Callable[[], datetime],
        chance: Random,
    ) -> None:
        self._outbox, self._counter, self._clock, self._chance = outbox, counter, clock, chance
        self._making, self._wanted = making, targets
        self._link = targets.link
        self._swapped = asyncio.Event()
        self.posts: Mapping[str, Post] = {target.name: self._post(target) for target in targets.every}

    @property
    def outbox(self) -> Outbox:
        """What it sends."""
        return self._outbox

    def told(self, _: FlagEvent) -> None:
        """A flag changed: something may be due."""
        self.look()

    def look(self) -> None:
        """Look at once for what is due."""
        for post in self.posts.values():
            post.news.set()

    def use(self, targets: Targets) -> None:
        """From now on these are served; one that did not change goes on undisturbed."""
        self._wanted = targets
        self._swapped.set()

    async def work(self) -> None:
        """Until cancelled: send what is due, first of all what an earlier run left."""
        serving: dict[str, asyncio.Task[None]] = {}
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._keep_tidy())
                while True:
                    for name, post in self.posts.items():
                        if name not in serving:
                            serving[name] = group.create_task(self._serve(post))
                    await self._swapped.wait()
                    self._swapped.clear()
                    await self._replace(serving)
        finally:
            for post in self.posts.values():
                await post.channel.close()

    async def _replace(self, serving: dict[str, asyncio.Task[None]]) -> None:
        """Bring the posts in line with what is wanted; what waits for one that goes is tidied up later."""
        wanted, relinked = self._wanted, self._wanted.link != self._link
        self._link = wanted.link
        same = {target.name for target in wanted.every if not relinked and self._serves(target)}
        for name, post in self.posts.items():
            if name not in same:
                task = serving.pop(name)
                task.cancel()
                await asyncio.wait([task])
                await post.channel.close()
        self.posts = {
            target.name: self.posts[target.name] if target.name in same else self._post(target)
            for target in wanted.every
        }

    def _serves(self, target: Target) -> bool:
        post = self.posts.get(target.name)
        return post is not None and post.target == target

    def _post(self, target: Target) -> Post:
        return Post(target=target, channel=self._making(target, self._link), news=asyncio.Event())

    async def _serve(self, post: Post) -> None:
        while True:
            # cleared first: what is told while we look makes us look again
            post.news.clear()
            seconds = await self._patiently(post)
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await (asyncio.Event() if post.resting_until else post.news).wait()

    async def _patiently(self, post: Post) -> float:
        """One turn; trouble of whatever kind must not end delivery."""
        try:
            return await self.turn(post)
        except StoreError as error:
            log.warning("deliveries wait for the store", target=post.target.name, why=str(error))
            return TROUBLE_S
        except Exception as error:
            # only its class is told: the rest could hold an address
            log.error("delivery failed", target=post.target.name, error=type(error).__name__)
            return LOOK_S

    async def turn(self, post: Post) -> float:
        """Send what is due to one target; gives the seconds until the next look. Raises `StoreError`."""
        post.resting_until = None
        for _ in range(AT_ONCE):
            # read one by one: a call may be deleted while a target takes its time over another
            due = await self._outbox.due(post.target.name, self._clock(), 1)
            if not due:
                break
            delivery = due[0]
            outcome = await post.channel.send(delivery)
            await self._settle(post, delivery, outcome)
            if post.resting_until is not None:
                return (post.resting_until - self._clock()).total_seconds()
        due_at = await self._outbox.next_due(post.target.name)
        return LOOK_S if due_at is None else min(LOOK_S, max(0.0, (due_at - self._clock()).total_seconds()))

    async def _settle(self, post: Post, delivery: Delivery, outcome: Outcome) -> None:
        now, attempts = self._clock(), delivery.attempts + 1
        post.failures = post.failures + 1 if outcome.resting else 0
        post.problem = outcome.problem
        if outcome.resting:
            resting_s = rest_s(post.failures, self._chance.random())
            post.resting_until = now + timedelta(seconds=resting_s)
        state = _state(outcome, attempts, post.target.attempts)
        waiting_s = wait_s(attempts, self._chance.random(), outcome.retry_after_s)
        settlement = Settlement(
            key=delivery.key,
            state=state,
            attempts=attempts,
            at=now,
            due_at=now + timedelta(seconds=waiting_s) if state is DeliveryState.WAITING else delivery.due_at,
            problem=outcome.problem,
        )
        await self._outbox.settle(settlement)
        self._counter.delivery(post.target.name, state)
        if state is DeliveryState.DEAD:
            log.warning("delivery given up", target=post.target.name, attempts=attempts, why=outcome.problem)

    async def _keep_tidy(self) -> None:
        while True:
            try:
                tidied = await self._outbox.tidy(self.posts.keys(), self._clock())
            except StoreError as error:
                log.warning("the outbox is not tidied", why=str(error))
            else:
                if tidied.given_up:
                    log.warning("deliveries given up unsent", count=tidied.given_up)
            await asyncio.sleep(TIDY_S)


def _state(outcome: Outcome, attempts: int, most: int) -> DeliveryState:
    if outcome.problem is None:
        return DeliveryState.DELIVERED
    return DeliveryState.DEAD if outcome.hopeless or attempts >= most else DeliveryState.WAITING
