"""Deleting a call wholly, and the proofs of it."""

from typing import Annotated

import structlog
from fastapi import APIRouter, HTTPException, Query

from qa_monitor.application import Application
from qa_monitor.erasing.records import StillLive
from qa_monitor.erasing.schemas import ErasedJson, ErasuresJson, erased_json, erasure_json
from qa_monitor.people.records import Role
from qa_monitor.records.errors import NotKept, StoreError
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who, check_sees_call
from streams.records import CallId

router = APIRouter(tags=["deletion"])
log = structlog.get_logger()


@router.delete("/v1/calls/{call_id}", responses={404: {}, 409: {}, 503: {}})
async def erase(
    call_id: str,
    parts: Parts,
    who: Who,
    search: Annotated[
        bool, Query(description="Read the whole data folder afterwards for what is left: takes a while.")
    ] = False,
) -> ErasedJson:
    """Delete a call that is over: text, scores, flags, audio, and what is to be told of it elsewhere. For good.

    QA leads may delete calls of their own teams, administrators any. What is left is a proof without content.
    """
    if Role.ADMIN not in who.roles:
        await check_sees_call(parts, who, call_id)
    if CallId(call_id) in parts.switchboard.live:
        raise HTTPException(409, str(StillLive(CallId(call_id))))
    # it would make a copy of the sound anew, and tell the words once more
    await parts.after.replays.forget(CallId(call_id))
    try:
        erased = await parts.after.eraser.erase(CallId(call_id), who.name, parts.clock(), search=search)
    except NotKept as error:
        raise HTTPException(404, f"no call {call_id} is kept") from error
    except StillLive as error:
        raise HTTPException(409, str(error)) from error
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    await _forget(parts, CallId(call_id))
    log.info("a call was deleted", erasure=erased.erasure.erasure_id, rows=sum(erased.erasure.rows.values()))
    return erased_json(erased)


async def _forget(parts: Application, call_id: CallId) -> None:
    """Whatever is only in memory."""
    parts.feed.forget(call_id)
    parts.back_tests.forget(call_id)
    parts.after.imports.forget(call_id)
    await parts.after.replays.forget(call_id)  # also one that was begun meanwhile


@router.get("/v1/erasures", responses={503: {}})
async def erasures(parts: Parts, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> ErasuresJson:
    """Proofs of deleted calls, newest first. A call is found in them by the SHA-256 of its id."""
    try:
        return ErasuresJson(erasures=[erasure_json(one) for one in await parts.after.eraser.proofs(limit)])
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
