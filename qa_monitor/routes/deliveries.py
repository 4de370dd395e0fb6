"""What was sent to other systems, what waits, what was given up; and sending it again."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from qa_monitor.delivery.records import Count, DeliveryState
from qa_monitor.delivery.relay import Relay
from qa_monitor.delivery.schemas import DeliveriesJson, ReplayedJson, ReplayJson, TargetJson, delivery_json
from qa_monitor.records.errors import StoreError
from qa_monitor.routes.parts import Parts

router = APIRouter(prefix="/v1/deliveries", tags=["deliveries"])


@router.get("", responses={503: {}})
async def deliveries(
    parts: Parts,
    state: Annotated[DeliveryState | None, Query(description="Only those in this state; `dead` was given up.")] = None,
    target: Annotated[str | None, Query(description="Only those of this target.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> DeliveriesJson:
    """Every target with its counts, and deliveries, newest first."""
    outbox = parts.relay.outbox
    try:
        counts, found = await outbox.counts(), await outbox.find(state, target, limit)
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    return DeliveriesJson(targets=_targets(parts.relay, counts), deliveries=[delivery_json(each) for each in found])


@router.post("/replay", responses={503: {}})
async def replay(body: ReplayJson, parts: Parts) -> ReplayedJson:
    """Send again: dead deliveries, or those of these keys even where they were delivered. Their keys stay the same."""
    try:
        replayed = await parts.relay.outbox.replay(keys=body.keys, target=body.target, now=parts.clock())
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    parts.relay.look()
    return ReplayedJson(replayed=replayed)


def _targets(relay: Relay, counts: Sequence[Count]) -> list[TargetJson]:
    by = {(each.target, each.state): each for each in counts}
    names = sorted({*relay.posts, *(each.target for each in counts)})

    def told(name: str) -> TargetJson:
        post, waiting = relay.posts.get(name), by.get((name, DeliveryState.WAITING))
        number = {state: each.count for (target, state), each in by.items() if target == name}
        return TargetJson(
            name=name,
            configured=post is not None,
            waiting=number.get(DeliveryState.WAITING, 0),
            delivered=number.get(DeliveryState.DELIVERED, 0),
            dead=number.get(DeliveryState.DEAD, 0),
            oldest_waiting_at=None if waiting is None else waiting.oldest_at,
            resting_until=None if post is None else post.resting_until,
            problem=None if post is None else post.problem,
        )

    return [told(name) for name in names]
