"""The bus inside one process and one event loop; also the stand-in for tests. See `port.Bus`."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from typing import Generic, TypeVar

from qa_monitor.bus.port import LIMIT, Resync

Message = TypeVar("Message")


class EmbeddedSubscription(Generic[Message]):
    """See `port.Subscription`."""

    def __init__(self, limit: int, ended: Callable[["EmbeddedSubscription[Message]"], None]) -> None:
        self._limit = limit
        self._ended = ended
        self._waiting: deque[Message] = deque()
        self._missed = 0
        self._news = asyncio.Event()
        self._open = True

    def put(self, message: Message) -> None:
        """Add a message, or drop all that wait where there is no room."""
        if len(self._waiting) >= self._limit:
            self._missed += len(self._waiting) + 1
            self._waiting.clear()
        else:
            self._waiting.append(message)
        self._news.set()

    def close(self) -> None:
        """End it."""
        self._open = False
        self._waiting.clear()
        self._missed = 0
        self._news.set()
        self._ended(self)

    def __aiter__(self) -> AsyncIterator[Message | Resync]:
        return self

    async def __anext__(self) -> Message | Resync:
        while self._open:
            if self._missed:
                missed, self._missed = self._missed, 0
                return Resync(missed=missed)
            if self._waiting:
                return self._waiting.popleft()
            self._news.clear()
            await self._news.wait()
        raise StopAsyncIteration


class EmbeddedBus(Generic[Message]):
    """For one event loop: neither thread-safe nor seen by another process."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._topics: dict[str, list[EmbeddedSubscription[Message]]] = defaultdict(list)
        self._closed = False

    def publish(self, topic: str, message: Message) -> None:
        for subscription in self._topics.get(topic, ()):
            subscription.put(message)

    def subscribe(self, topic: str) -> EmbeddedSubscription[Message]:
        subscription: EmbeddedSubscription[Message] = EmbeddedSubscription(
            self._limit, lambda ended: self._end(topic, ended)
        )
        self._topics[topic].append(subscription)
        if self._closed:
            subscription.close()
        return subscription

    def close(self) -> None:
        self._closed = True
        for subscription in [one for subscriptions in self._topics.values() for one in subscriptions]:
            subscription.close()

    def subscribers(self, topic: str) -> int:
        return len(self._topics.get(topic, ()))

    def _end(self, topic: str, ended: EmbeddedSubscription[Message]) -> None:
        left = [subscription for subscription in self._topics.pop(topic, []) if subscription is not ended]
        if left:
            self._topics[topic] = left
