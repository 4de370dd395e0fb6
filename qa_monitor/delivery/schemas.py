"""The JSON of deliveries over HTTP. No address and no word that was said is in it."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from qa_monitor.delivery.records import Delivery, DeliveryState, Event, FlagChange
from qa_monitor.schemas.shape import Shape


class DeliveryJson(Shape):
    """One change of a flag, one score or one surge for one target."""

    key: str
    """The idempotency key, sent as `webhook-id`."""
    target: str
    event: Event
    state: DeliveryState
    flag_id: str | None
    """Null where it is about no flag."""
    rule_id: str | None
    call_id: str | None
    """Null where it is about no call."""
    attempts: int
    entered_at: datetime
    due_at: datetime
    """Not tried before."""
    settled_at: datetime | None
    """When it was delivered or given up."""
    problem: str | None
    """Why the last attempt failed."""


class TargetJson(Shape):
    """One target, and how it is doing."""

    name: str
    configured: bool
    """False: deliveries to it are kept, and the settings know it no more."""
    waiting: int
    delivered: int
    dead: int
    """Given up, to be replayed."""
    oldest_waiting_at: datetime | None
    resting_until: datetime | None
    """It does not answer, and is left alone until then."""
    problem: str | None
    """Why the last attempt failed; none where it did not."""


class DeliveriesJson(Shape):
    """Answer of the list."""

    targets: list[TargetJson]
    deliveries: list[DeliveryJson]
    """Newest first."""


class ReplayJson(Shape):
    """Which deliveries are sent again: those of these keys, settled in whatever way; else dead ones."""

    keys: Annotated[list[str], Field(min_length=1, max_length=500)] | None = None
    target: str | None = None
    """Only of this target; none: of every target."""


class ReplayedJson(Shape):
    """How many wait again."""

    replayed: int


def delivery_json(delivery: Delivery) -> DeliveryJson:
    """A delivery as it is told."""
    change = delivery.change
    return DeliveryJson(
        key=delivery.key,
        target=delivery.target,
        event=change.event,
        state=delivery.state,
        flag_id=delivery.flag_id,
        rule_id=change.stored.flag.rule_id if isinstance(change, FlagChange) else None,
        call_id=delivery.call_id,
        attempts=delivery.attempts,
        entered_at=delivery.entered_at,
        due_at=delivery.due_at,
        settled_at=delivery.settled_at,
        problem=delivery.problem,
    )
