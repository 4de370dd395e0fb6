"""Red flags: the feed, the list, taking one on, and taking that back."""

from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Query
from sse_starlette import EventSourceResponse

from alerts.records import FlagId
from qa_monitor.people.seen import seen_feed
from qa_monitor.records.errors import NotKept, StoreError, TooLate
from qa_monitor.routes.events import event_stream
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who, WhoNow, check_sees_flag, sight_of, view_of
from qa_monitor.rules.weighing import weigh
from qa_monitor.schemas.flags import FlagJson, FlagsJson
from qa_monitor.wire.flags import flag_json, kept_json

router = APIRouter(prefix="/v1/flags", tags=["flags"])


@router.get("/stream", response_class=EventSourceResponse)
async def stream(
    parts: Parts,
    who_now: WhoNow,
    after: Annotated[str | None, Query(description="The last id seen; the header wins.")] = None,
    last_event_id: Annotated[str | None, Header()] = None,
) -> EventSourceResponse:
    """Server-sent events: a snapshot, then every flag and every change, with calls and heartbeats.

    A coach gets calls of own teams, and the flags that are routed to them.
    """
    after = last_event_id or after
    return event_stream(seen_feed(parts.feed.subscribe, after, lambda: view_of(parts, who_now()), parts.duty))


@router.get("")
async def flags(
    parts: Parts,
    who: Who,
    open_only: Annotated[bool, Query(alias="open", description="Only those that still ask someone to act.")] = True,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> FlagsJson:
    """Flags of calls of one's own teams, newest first, whoever they were routed to."""
    found = await parts.store.flags(open_only=open_only, limit=limit, sight=sight_of(parts, who))
    return FlagsJson(flags=[flag_json(stored) for stored in found])


@router.post("/{flag_id}/acknowledge", responses={404: {}, 503: {}})
async def acknowledge(flag_id: str, parts: Parts, who: Who) -> FlagJson:
    """Take a flag on. Every console hears of it; a second time changes nothing."""
    await check_sees_flag(parts, who, flag_id)
    try:
        return flag_json(await parts.feed.acknowledge(FlagId(flag_id), who.coach_id))
    except NotKept as error:
        raise HTTPException(404, str(error)) from error
    except StoreError as error:
        raise HTTPException(503, str(error)) from error


@router.post("/{flag_id}/undo", responses={404: {}, 409: {}, 503: {}})
async def undo(flag_id: str, parts: Parts, who: Who) -> FlagJson:
    """Take back one's own last acknowledgement or verdict, for ten seconds; both, where a verdict took the flag on."""
    await check_sees_flag(parts, who, flag_id)
    try:
        stored = await parts.feed.take_back(FlagId(flag_id), who.coach_id)
        await weigh(parts.store, parts.rules)
    except TooLate as error:
        raise HTTPException(409, str(error)) from error
    except NotKept as error:
        raise HTTPException(404, str(error)) from error
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    return kept_json(stored)
