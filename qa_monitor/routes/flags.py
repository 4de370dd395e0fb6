"""Red flags: the feed, the list, taking one on, and taking that back."""

from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Query
from sse_starlette import EventSourceResponse

from alerts.records import CoachId, FlagId
from qa_monitor.routes.events import event_stream
from qa_monitor.routes.parts import Parts
from qa_monitor.rules.weighing import weigh
from qa_monitor.schemas import FlagJson, FlagsJson
from qa_monitor.store.records import NotKept, StoreError, TooLate
from qa_monitor.wire import flag_json

router = APIRouter(prefix="/v1/flags", tags=["flags"])
ANYONE = CoachId("console")
"""There are no accounts yet: whoever is logged in."""


@router.get("/stream", response_class=EventSourceResponse)
async def stream(
    parts: Parts,
    after: Annotated[str | None, Query(description="The last id seen; the header wins.")] = None,
    last_event_id: Annotated[str | None, Header()] = None,
) -> EventSourceResponse:
    """Server-sent events: a snapshot, then every flag and every change, with calls and heartbeats."""
    return event_stream(parts.feed.subscribe(last_event_id or after))


@router.get("")
async def flags(
    parts: Parts,
    open_only: Annotated[bool, Query(alias="open", description="Only those that still ask someone to act.")] = True,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> FlagsJson:
    """Flags, newest first."""
    found = await parts.store.flags(open_only=open_only, limit=limit)
    return FlagsJson(flags=[flag_json(stored) for stored in found])


@router.post("/{flag_id}/acknowledge", responses={404: {}, 503: {}})
async def acknowledge(flag_id: str, parts: Parts) -> FlagJson:
    """Take a flag on. Every console hears of it; a second time changes nothing."""
    try:
        return flag_json(await parts.feed.acknowledge(FlagId(flag_id), ANYONE))
    except NotKept as error:
        raise HTTPException(404, str(error)) from error
    except StoreError as error:
        raise HTTPException(503, str(error)) from error


@router.post("/{flag_id}/undo", responses={404: {}, 409: {}, 503: {}})
async def undo(flag_id: str, parts: Parts) -> FlagJson:
    """Take back the last acknowledgement or verdict, for ten seconds; both, where a verdict took the flag on."""
    try:
        stored = await parts.feed.take_back(FlagId(flag_id), ANYONE)
        await weigh(parts.store, parts.rules)
    except TooLate as error:
        raise HTTPException(409, str(error)) from error
    except NotKept as error:
        raise HTTPException(404, str(error)) from error
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    return flag_json(stored)
