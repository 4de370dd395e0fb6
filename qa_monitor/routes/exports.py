"""Calls for other systems: one whole, or many as rows."""

import asyncio
import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import AwareDatetime, Field

from qa_monitor.application import Application
from qa_monitor.export.rows import CALLS, row_of
from qa_monitor.export.vcon import Sound, vcon
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.row_files import CONTENT, NEXT, Rows, RowsFile, RowsForm, named
from qa_monitor.routes.visitors import Who, check_sees_call, sight_of
from qa_monitor.schemas.shape import Shape
from qa_monitor.store.calls.exports import PAGE, After, Asked, after
from qa_monitor.wire.calls import detail_json
from streams.records import CallId

router = APIRouter(prefix="/v1", tags=["exports"])
CHUNK = 1024 * 1024


class CallForm(StrEnum):
    """How one call is written."""

    VCON = "vcon"
    JSON = "json"


class ExportQuery(Shape):
    """Which calls, and how."""

    format: RowsForm = RowsForm.CSV
    since: AwareDatetime | None = None
    """Calls that began then or later; with a zone."""
    until: AwareDatetime | None = None
    """Calls that began earlier."""
    tenant: Annotated[str | None, Field(max_length=200)] = None
    team: Annotated[str | None, Field(max_length=200)] = None
    agent_id: Annotated[str | None, Field(max_length=200)] = None
    limit: Annotated[int | None, Field(ge=1, le=PAGE)] = None
    """Calls per page; without it all of them in one answer. Not for Parquet."""
    cursor: Annotated[str | None, Field(max_length=1_000)] = None
    """From the `X-Next-Cursor` of the page before."""


@router.get(
    "/calls/{call_id}/export",
    response_class=Response,
    responses={
        200: {
            "content": {
                "application/vcon+json": {
                    "example": {
                        "vcon": "0.4.0",
                        "uuid": "019d3a1e-6f20-8c41-9f3e-5b0c2d7a4e11",
                        "created_at": "2026-03-29T12:10:00.000+00:00",
                        "parties": [{"role": "customer"}, {"role": "agent", "name": "agent-7"}],
                        "dialog": [
                            {
                                "type": "recording",
                                "start": "2026-03-29T12:05:00.000+00:00",
                                "duration": 30.0,
                                "parties": [0, 1],
                            }
                        ],
                    }
                },
                "application/json": {},
            }
        },
        404: {},
    },
)
async def export_call(
    call_id: str, request: Request, parts: Parts, who: Who, format: CallForm = CallForm.VCON
) -> Response:
    """One call with everything kept of it; its recording by address and sum."""
    await check_sees_call(parts, who, call_id)
    record = await parts.store.record(CallId(call_id))
    if record is None:
        raise HTTPException(404, f"no call {call_id} is kept")
    now = parts.clock()
    if format is CallForm.JSON:
        return JSONResponse(detail_json(record, now).model_dump(mode="json"), headers=named(f"{call_id}.json"))
    path = await asyncio.to_thread(parts.audio.wav, CallId(call_id))
    sound = None
    if path is not None:
        url = str(request.url.replace(path=f"/v1/calls/{call_id}/audio", query=""))
        sound = Sound(url=url, sha512=await asyncio.to_thread(_sum, path))
    body = vcon(record, sound, now)
    return JSONResponse(body, media_type="application/vcon+json", headers=named(f"{call_id}.vcon.json"))


@router.get(
    "/exports/calls",
    response_class=Response,
    responses={
        200: {
            "content": {
                "text/csv": {"example": "call_id,tenant,team,...\r\nc-1,default,sales,...\r\n"},
                **CONTENT,
            },
            "headers": NEXT,
        },
        422: {},
        501: {},
    },
)
async def export_calls(parts: Parts, who: Who, asked: Annotated[ExportQuery, Query()]) -> Response:
    """Calls of one's own teams that are over, a row each, the earliest first: a page, or all of them."""
    wanted = Asked(
        since=asked.since,
        until=asked.until,
        tenant=asked.tenant,
        team=asked.team,
        agent_id=asked.agent_id,
        sight=sight_of(parts, who),
        after=_read_cursor(asked.cursor),
    )
    file = RowsFile(name="calls", form=asked.format, columns=CALLS)
    if asked.limit is None or asked.format is RowsForm.PARQUET:
        return await file.whole(parts, _pages(parts, wanted))
    page = await parts.store.exports.page(wanted, asked.limit)
    cursor = _cursor(after(page[-1])) if len(page) == asked.limit else None
    return file.page([row_of(stored) for stored in page], cursor)


async def _pages(parts: Application, wanted: Asked) -> AsyncIterator[Rows]:
    async for page in parts.store.exports.pages(wanted):
        yield [row_of(stored) for stored in page]


def _sum(path: Path) -> bytes:
    found = hashlib.sha512()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
    return found.digest()


def _cursor(last: After) -> str:
    return urlsafe_b64encode(json.dumps([last.started_at.isoformat(), last.call_id]).encode()).decode()


def _read_cursor(cursor: str | None) -> After | None:
    if cursor is None:
        return None
    try:
        at, call_id = json.loads(urlsafe_b64decode(cursor))
        return After(started_at=datetime.fromisoformat(at), call_id=CallId(str(call_id)))
    except (ValueError, TypeError) as error:
        raise HTTPException(422, "cursor: allowed: the X-Next-Cursor of the page before") from error
