"""Is my call arriving? Every connection of telephony, as it stands now."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from sse_starlette import EventSourceResponse

from qa_monitor.application import Application
from qa_monitor.feed_events import FeedEvent, FeedKind
from qa_monitor.routes.events import event_stream
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who, WhoNow, while_welcome
from qa_monitor.schemas.shape import Shape
from qa_monitor.telephony.arrivals import Arrival, ArrivalState
from streams.health.call_health import CallHealth, HealthFact
from streams.records import Speaker

router = APIRouter(prefix="/v1/arrivals", tags=["telephony"])
EVERY_S = 1.0
SHOWN = 100
STREAMS = "/v1/streams/"


class ArrivalChannelJson(Shape):
    """What is heard on one channel now."""

    speaker: Speaker
    level_db: float
    """Loudness lately, dB below full scale; -100 for digital silence."""
    lost_share: float
    """Of the call so far, 0 to 1."""


class ArrivalJson(Shape):
    """One connection of telephony."""

    number: int
    dialect: str
    peer: str
    opened_at: datetime
    state: ArrivalState
    call_id: str | None
    tenant: str
    """Empty until a call has begun."""
    agent_id: str
    ended_at: datetime | None
    code: int | None
    """The close code, or the HTTP status where it was refused before it was open."""
    reason: str
    """Why it ended, as the other side was told."""
    rejected: dict[str, int]
    """Messages dropped or refused, counted by reason."""
    channels: list[ArrivalChannelJson]
    """Empty until audio has come."""
    facts: list[HealthFact]
    """What is wrong with the sound."""


class ArrivalsJson(Shape):
    """Answer of the list: living connections first, newest first."""

    now: datetime
    address: str | None
    """Where telephony connects to, up to the protocol's own name; none where no public address is set."""
    arrivals: list[ArrivalJson]


@router.get("")
async def arrivals(parts: Parts, limit: Annotated[int, Query(ge=1, le=1000)] = SHOWN) -> ArrivalsJson:
    """Connections that live, then the latest that are over, with why they ended."""
    return _shown(parts, limit)


@router.get("/stream", response_class=EventSourceResponse)
async def stream(parts: Parts, who: Who, who_now: WhoNow) -> EventSourceResponse:
    """Server-sent events: the whole list once a second."""
    return event_stream(while_welcome(_every_second(parts), parts, who, who_now))


async def _every_second(parts: Application) -> AsyncIterator[FeedEvent]:
    while not parts.stopping.is_set():
        yield FeedEvent(event=FeedKind.ARRIVALS, data=_shown(parts, SHOWN).model_dump(mode="json"))
        try:
            await asyncio.wait_for(parts.stopping.wait(), EVERY_S)
        except TimeoutError:
            continue


def _shown(parts: Application, limit: int) -> ArrivalsJson:
    found = parts.arrivals.recent(limit)
    return ArrivalsJson(
        now=parts.clock(),
        address=parts.reception.telephony.public(STREAMS),
        arrivals=[_json(arrival, _health(parts, arrival)) for arrival in found],
    )


def _health(parts: Application, arrival: Arrival) -> tuple[tuple[Speaker, ...], CallHealth] | None:
    if arrival.call_id is None or arrival.state is not ArrivalState.LIVE:
        return None
    pipeline = parts.switchboard.live.get(arrival.call_id)
    if pipeline is None or pipeline.health is None:
        return None
    return pipeline.call.channels, pipeline.health


def _json(arrival: Arrival, heard: tuple[tuple[Speaker, ...], CallHealth] | None) -> ArrivalJson:
    speakers, health = heard if heard is not None else ((), None)
    return ArrivalJson(
        number=arrival.number,
        dialect=arrival.dialect,
        peer=arrival.peer,
        opened_at=arrival.opened_at,
        state=arrival.state,
        call_id=arrival.call_id,
        tenant=arrival.tenant,
        agent_id=arrival.agent_id,
        ended_at=arrival.ended_at,
        code=arrival.code,
        reason=arrival.reason,
        rejected=dict(arrival.rejected),
        channels=[
            ArrivalChannelJson(speaker=speaker, level_db=round(one.level_db, 1), lost_share=round(one.lost_share, 4))
            for speaker, one in zip(speakers, () if health is None else health.channels, strict=True)
        ],
        facts=[] if health is None else list(health.facts),
    )
