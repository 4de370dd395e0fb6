"""What delivery asks of the outbox, and of a channel that carries messages."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from qa_monitor.delivery.records import Count, Delivery, DeliveryState, Settlement, Tidied
from qa_monitor.delivery.targets import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one attempt."""

    problem: str | None = None
    """Why it failed, without address or secret; none: the target has it."""
    hopeless: bool = False
    """The target wants nothing more of this: another attempt is pointless."""
    resting: bool = False
    """The target itself is in trouble: nothing else will get through now."""
    unsent: bool = False
    """It certainly did not leave: nobody was even connected to."""
    retry_after_s: float | None = None
    """For how long the target asked to be left alone."""


class Channel(Protocol):
    """Carries messages to one target."""

    async def send(self, delivery: Delivery) -> Outcome:
        """Try once, within a bounded time. Never raises for what the other side does."""

    async def close(self) -> None:
        """Let go of what it holds."""


Making = Callable[[Target, str | None], Channel]
"""Makes the channel of a target. The text is how people reach the service, for links."""


class AttemptCounter(Protocol):
    """What operators are told of attempts."""

    def delivery(self, target: str, state: DeliveryState) -> None:
        """One attempt led to this state."""


class Outbox(Protocol):
    """Deliveries, entered with the change they are about. Every write and read may raise `StoreError`."""

    async def due(self, target: str, now: datetime, limit: int) -> Sequence[Delivery]:
        """Waiting ones whose time has come, oldest first."""

    async def next_due(self, target: str) -> datetime | None:
        """When the next waiting one is due; none where none waits."""

    async def settle(self, settlement: Settlement) -> None:
        """Keep what an attempt led to. One that is gone by now stays so."""

    async def replay(self, *, keys: Collection[str] | None, target: str | None, now: datetime) -> int:
        """Let settled ones wait again, due now: these, or every dead one of a target, or every dead one. How many."""

    async def find(self, state: DeliveryState | None, target: str | None, limit: int) -> Sequence[Delivery]:
        """Newest first."""

    async def counts(self) -> Sequence[Count]:
        """By target and state; nothing where there are none."""

    async def tidy(self, known: Collection[str], now: datetime) -> Tidied:
        """Give up what waits for targets that are not `known`, and keep every list within its bounds."""
