"""What is told to other systems, and how far that has come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.lifecycle import OPEN
from alerts.records import FlagId, FlagState
from qa_monitor.delivery.notices import Notice, NoticeEvent
from qa_monitor.records.flags import StoredFlag
from streams.records import CallId


class DeliveryEvent(StrEnum):
    """What happened to a flag: the state it came into, or `reopened` where an acknowledgement was taken back."""

    RAISED = "raised"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    EXPIRED = "expired"
    REOPENED = "reopened"


Event = DeliveryEvent | NoticeEvent


class DeliveryState(StrEnum):
    """How far one delivery has come."""

    WAITING = "waiting"
    """It was not tried yet, or will be tried again."""
    DELIVERED = "delivered"
    DEAD = "dead"
    """Given up, and kept: it can be replayed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagChange:
    """One change of one flag, numbered by the store."""

    event: DeliveryEvent
    stored: StoredFlag
    """As it stood after the change."""
    tenant: str
    at: datetime


News = FlagChange | Notice
"""What is told."""
Wants = Callable[[News], Sequence[str]]
"""The names of the targets that want to hear of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One change of a flag, or one notice, for one target."""

    key: str
    """The idempotency key: the same at every attempt, and no other delivery's."""
    target: str
    change: News
    state: DeliveryState
    attempts: int
    """How often it was tried, since it was entered or last replayed."""
    entered_at: datetime
    due_at: datetime
    """Not tried before."""
    settled_at: datetime | None = None
    """When it was delivered or given up."""
    problem: str | None = None
    """Why the last attempt failed; none where none has."""

    @property
    def flag_id(self) -> FlagId | None:
        """The flag that changed, if one did."""
        return self.change.stored.flag.flag_id if isinstance(self.change, FlagChange) else None

    @property
    def call_id(self) -> CallId | None:
        """The call it is about, if it is about one."""
        return self.change.stored.flag.call_id if isinstance(self.change, FlagChange) else self.change.call_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What one attempt led to."""

    key: str
    state: DeliveryState
    attempts: int
    at: datetime
    due_at: datetime
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many deliveries of a target are in a state."""

    target: str
    state: DeliveryState
    count: int
    oldest_at: datetime
    """When the oldest of them was entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidied:
    """What was done to keep the outbox within its bounds."""

    given_up: int = 0
    """Waiting ones that are dead now: their target is gone, or too many waited."""
    removed: int = 0
    """Settled ones that are kept no longer."""


def event_of(before: FlagState | None, after: FlagState) -> DeliveryEvent | None:
    """What a change from one state to another is called; none where the state stayed. `before`: none for a new flag."""
    if before is after:
        return None
    if before is FlagState.ACKNOWLEDGED and after in OPEN:
        return DeliveryEvent.REOPENED
    return DeliveryEvent(after.value)


def delivery_key(generation: str, what: int | str, target: str) -> str:
    """One per change of a flag, by its number, or notice, by its name; and target. No dot: dots part what is signed."""
    return f"{generation}-{what}-{target}"
