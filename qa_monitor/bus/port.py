"""What the application asks of a bus. It is transport: what must not be lost is in the store before it is published."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

Message = TypeVar("Message")
Given = TypeVar("Given", covariant=True)

LIMIT = 256
"""Messages that may wait for one subscriber. One more, and all of them are dropped for one `Resync`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resync:
    """Messages were dropped because this subscriber was too slow: look at the store again, then go on."""

    missed: int


class Subscription(Protocol[Given]):
    """Messages of one topic from `subscribe` on, in order. To be read by one task, and closed."""

    def __aiter__(self) -> AsyncIterator[Given | Resync]: ...

    def close(self) -> None:
        """End it: who reads it stops. Again changes nothing."""


class Bus(Protocol[Message]):
    """Many may publish, many may subscribe. Publishing never waits for a subscriber."""

    def publish(self, topic: str, message: Message) -> None:
        """Hand a message to everyone subscribed to this topic now."""

    def subscribe(self, topic: str) -> Subscription[Message]:
        """Begin to collect messages of a topic, from this instant."""

    def subscribers(self, topic: str) -> int:
        """How many subscriptions a topic has."""

    def close(self) -> None:
        """End every subscription, and every later one at once: the service is stopping."""
