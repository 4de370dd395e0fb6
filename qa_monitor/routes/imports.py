"""Recordings of calls that are over, brought in for review. For administrators."""

import asyncio
import secrets
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response

from qa_monitor.application import Application
from qa_monitor.bring.jobs import Import, NoPlace
from qa_monitor.bring.one_file import call_of, digest_of
from qa_monitor.bring.records import BringError, Facts, FactsError, facts_of
from qa_monitor.bring.schemas import ImportJson, ImportsJson, RecordingQuery, done_json, import_json
from qa_monitor.records.errors import StoreError
from qa_monitor.replay.one_call import FOLDER
from qa_monitor.routes.parts import Parts

router = APIRouter(prefix="/v1/imports", tags=["imports"])
MOST_BYTES = 1024 * 1024 * 1024
"""Of one recording: four hours in stereo at 16 bits and 16 kHz are 0.9 GB."""


@router.post(
    "",
    status_code=202,
    responses={200: {"model": ImportJson}, 409: {}, 413: {}, 422: {}, 429: {}, 503: {}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"audio/*": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def bring(
    request: Request, parts: Parts, response: Response, said: Annotated[RecordingQuery, Query()]
) -> ImportJson:
    """Send a recording as the body. 202: it waits for its turn; 200: it was brought in before, and is not again."""
    try:
        facts = facts_of(said.model_dump())
    except FactsError as error:
        raise HTTPException(422, str(error)) from error
    if parts.after.imports.full:
        raise HTTPException(429, str(NoPlace()), headers={"Retry-After": "5"})
    path = await _received(request, parts)
    try:
        taken, fresh = await _taken(parts, path, facts)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if not fresh:
        response.status_code = 200
        path.unlink(missing_ok=True)
    return taken


@router.get("")
async def imports(parts: Parts) -> ImportsJson:
    """The recordings of this run of the service."""
    return ImportsJson(imports=[import_json(one) for one in parts.after.imports.all])


@router.get("/{sha256}", responses={404: {}, 503: {}})
async def progress(sha256: str, parts: Parts) -> ImportJson:
    """What became of the recording with this digest, now or at any time before."""
    one = parts.after.imports.find(sha256)
    if one is not None:
        return import_json(one)
    found = await _kept(parts, sha256)
    if found is None:
        raise HTTPException(404, "no recording with this digest was brought in")
    return found


@router.delete("/{sha256}", responses={404: {}})
async def stop(sha256: str, parts: Parts) -> ImportJson:
    """Bring it in no further; nothing of it is kept. One that is done stays."""
    one = parts.after.imports.find(sha256)
    if one is None:
        raise HTTPException(404, "no recording with this digest is on its way")
    parts.after.imports.stop(one)
    return import_json(one)


async def _kept(parts: Application, sha256: str) -> ImportJson | None:
    try:
        found = await parts.store.imports.find(sha256)
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    return None if found is None else done_json(found)


async def _received(request: Request, parts: Application) -> Path:
    """The body as a file, at most so long."""
    folder = parts.settings.data_dir / FOLDER
    path = folder / f"upload-{secrets.token_hex(8)}"
    await asyncio.to_thread(folder.mkdir, mode=0o700, exist_ok=True)
    size = 0
    file = await asyncio.to_thread(path.open, "xb")
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > MOST_BYTES or parts.free_bytes < parts.settings.disk_floor_mb * 1024 * 1024:
                allowed = f"at most {MOST_BYTES}, while the disk has room"
                raise HTTPException(413, f"recording: found {size} bytes or more; allowed: {allowed}")
            await asyncio.to_thread(file.write, chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        file.close()
    return path


async def _taken(parts: Application, path: Path, facts: Facts) -> tuple[ImportJson, bool]:
    """The import that comes of a file, and whether it is a new one."""
    sha256 = await asyncio.to_thread(digest_of, path)
    if (before := await _kept(parts, sha256)) is not None:
        return before, False
    try:
        call, duration_s = await asyncio.to_thread(call_of, path, sha256, facts)
    except BringError as error:
        raise HTTPException(422, str(error)) from error
    if await parts.store.call(call.call_id) is not None:
        raise HTTPException(409, f"call_id: found {call.call_id}, which is kept already; allowed: one of its own")
    one = Import(sha256=sha256, call=call, path=path, duration_s=duration_s)
    try:
        taken = parts.after.imports.add(one)
    except NoPlace as error:
        raise HTTPException(429, str(error), headers={"Retry-After": "5"}) from error
    return import_json(taken), taken is one
