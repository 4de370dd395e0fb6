"""Flags that agents dispute: what is said, and a lead's decision. Agents dispute by `mine.py`."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from alerts.records import FlagId
from qa_monitor.reviews.flag_dispute_schemas import DecideFlagJson, FlagDisputeJson, FlagDisputesJson, dispute_json
from qa_monitor.reviews.flag_disputes import DisputeEvent, Disputes, Step
from qa_monitor.reviews.typed import screened
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.reviewing import actor_of, agents_on, kept_call, refusals
from qa_monitor.routes.visitors import Who, check_sees_flag, sight_of
from qa_monitor.rules.weighing import weigh
from streams.records import CallId

router = APIRouter(prefix="/v1/flags", tags=["reviews"], responses={503: {}})


@router.get("/disputes")
async def disputes(
    parts: Parts,
    who: Who,
    call_id: Annotated[str | None, Query(max_length=200, description="Only those of this call.")] = None,
    open: Annotated[bool | None, Query(description="Only those still to be decided, or only decided ones.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> FlagDisputesJson:
    """Disputed flags of calls one may see, the latest dispute first."""
    sought = Disputes(
        call_id=None if call_id is None else CallId(call_id), open=open, limit=limit, sight=sight_of(parts, who)
    )
    with refusals():
        found = await parts.store.disputes.find(sought)
    return FlagDisputesJson(disputes=[dispute_json(dispute, stored) for dispute, stored in found])


@router.post("/{flag_id}/dispute/decide", responses={403: {}, 404: {}, 409: {}})
async def decide(flag_id: str, body: DecideFlagJson, parts: Parts, who: Who) -> FlagDisputeJson:
    """Say whether the flag stands. `false_alarm` is one's verdict on the flag too: the rule is judged by it."""
    await check_sees_flag(parts, who, flag_id)
    with refusals():
        stored = await parts.store.flag(FlagId(flag_id))
    if stored is None:
        raise HTTPException(404, f"no flag {flag_id} is kept")
    if actor_of(who).agent in agents_on(await kept_call(parts, who, stored.flag.call_id)):
        raise HTTPException(403, "nobody decides about calls of their own")
    event = DisputeEvent(
        flag_id=FlagId(flag_id),
        step=Step.DECIDE,
        words=screened(body.words, frozenset(parts.settings.redact)),
        by=who.name,
        at=parts.clock(),
        ruling=body.ruling,
    )
    with refusals():
        after = await parts.store.disputes.add(event)
        await weigh(parts.store, parts.rules)
        found = await parts.store.disputes.of_flags([event.flag_id])
    return dispute_json(found[event.flag_id], after)
