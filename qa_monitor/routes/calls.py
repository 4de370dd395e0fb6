"""Calls: lists, everything about one, its audio and its live transcript."""

import asyncio
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import FileResponse, Response
from sse_starlette import EventSourceResponse

from qa_monitor.application import Application
from qa_monitor.records.calls import CallState
from qa_monitor.routes.clips import clip_of
from qa_monitor.routes.events import event_stream
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who, WhoNow, check_sees_call, sight_of, while_welcome
from qa_monitor.schemas.calls import CallDetailJson, CallsJson, PeaksJson
from qa_monitor.wire.calls import call_json, detail_json, peaks_json
from streams.records import CallId

router = APIRouter(prefix="/v1/calls", tags=["calls"])
LONGEST_CLIP_S = 600.0
NO_AUDIO = "No audio of the call is kept"
State = Annotated[CallState | None, Query(description="`ended` includes interrupted ones.")]


@router.get("")
async def calls(
    parts: Parts, who: Who, state: State = None, limit: Annotated[int, Query(ge=1, le=1000)] = 50
) -> CallsJson:
    """Calls of one's own teams, newest first."""
    now, found = parts.clock(), await parts.store.calls(state, limit, sight_of(parts, who))
    return CallsJson(calls=[call_json(stored, now) for stored in found])


@router.get("/{call_id}", responses={404: {}})
async def call(call_id: str, parts: Parts, who: Who) -> CallDetailJson:
    """Transcript, scores, flags, what was held and why, dynamics, gaps."""
    await check_sees_call(parts, who, call_id)
    record = await parts.store.record(CallId(call_id))
    if record is None:
        raise HTTPException(404, f"no call {call_id} is kept")
    return detail_json(record, parts.clock())


@router.get("/{call_id}/stream", response_class=EventSourceResponse, responses={404: {}})
async def stream(call_id: str, parts: Parts, who: Who, who_now: WhoNow) -> EventSourceResponse:
    """Server-sent events: what was said so far, then partials, finals and dynamics until the call ends."""
    await check_sees_call(parts, who, call_id)
    if not await _is_known(parts, CallId(call_id)):
        raise HTTPException(404, f"no call {call_id} is kept")
    return event_stream(while_welcome(parts.live.follow(CallId(call_id), parts.clock()), parts, who, who_now))


@router.get(
    "/{call_id}/audio",
    response_class=Response,
    responses={200: {"content": {"audio/wav": {}}}, 404: {}, 422: {}},
)
async def audio(
    call_id: str,
    parts: Parts,
    who: Who,
    start_s: Annotated[float | None, Query(ge=0)] = None,
    end_s: Annotated[float | None, Query(gt=0)] = None,
) -> Response:
    """WAV, 16 bits, one channel per person: the whole call with byte ranges, or the seconds asked for."""
    await check_sees_call(parts, who, call_id)
    if start_s is None and end_s is None:
        return await _whole(parts, CallId(call_id))
    begin, end = start_s or 0.0, end_s if end_s is not None else (start_s or 0.0) + LONGEST_CLIP_S
    if end <= begin or end - begin > LONGEST_CLIP_S:
        raise HTTPException(422, f"end_s must lie after start_s, at most {LONGEST_CLIP_S:.0f} s later")
    clip = await asyncio.to_thread(clip_of, parts.audio, CallId(call_id), begin, end)
    if clip is None:
        raise HTTPException(404, f"no audio of call {call_id} is kept from {begin:.1f} to {end:.1f} s")
    return Response(clip, media_type="audio/wav")


@router.get("/{call_id}/peaks", response_model=PeaksJson, responses={204: {"description": NO_AUDIO}, 404: {}})
async def peaks(call_id: str, parts: Parts, who: Who) -> PeaksJson | Response:
    """The outline of the audio, for drawing; nothing (204) where no audio of the call is kept."""
    await check_sees_call(parts, who, call_id)
    found = await asyncio.to_thread(parts.audio.peaks, CallId(call_id))
    if found is not None:
        return peaks_json(found)
    if not await _is_known(parts, CallId(call_id)):
        raise HTTPException(404, f"no call {call_id} is kept")
    return Response(status_code=204)


async def _is_known(parts: Application, call_id: CallId) -> bool:
    return call_id in parts.switchboard.live or await parts.store.call(call_id) is not None


async def _whole(parts: Application, call_id: CallId) -> Response:
    path = await asyncio.to_thread(parts.audio.wav, call_id)
    if path is None:
        raise HTTPException(404, f"no audio of call {call_id} is kept")
    if call_id in parts.switchboard.live:
        # the file grows while it is sent: what is there now is what is promised
        return Response(await asyncio.to_thread(path.read_bytes), media_type="audio/wav")
    return FileResponse(path, media_type="audio/wav", filename=f"{Path(call_id).name}.wav")
