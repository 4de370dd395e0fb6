"""Answers to surveys and waits before calls, brought in from other systems."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import APIRouter, Body, HTTPException
from fastapi.responses import JSONResponse

from qa_monitor.people.sight import Sight
from qa_monitor.records.errors import StoreError
from qa_monitor.reports.customer_schemas import SurveysJson, TakenJson, UnusableLineJson, WaitsJson, taken_json
from qa_monitor.reports.customers import CustomerError, Survey, Taken, Wait
from qa_monitor.reports.customers_csv import Problem, Read, read_surveys, read_waits
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who, sight_of

router = APIRouter(prefix="/v1", tags=["reports"])
MOST_TEXT = 4_000_000
AT_ONCE = 500
"""Rows in one write: flags of live calls wait in between."""
Item = TypeVar("Item", Survey, Wait)


@router.post("/surveys", responses={422: {}, 503: {}})
async def surveys(body: SurveysJson, parts: Parts, who: Who) -> TakenJson:
    """Answers of customers about calls. The same `survey_id` again replaces the answer; unknown calls are named."""
    try:
        found = [each.record() for each in body.surveys]
    except CustomerError as error:
        raise HTTPException(422, str(error)) from error
    return await _keep(found, parts.after.reports.store.save_surveys, sight_of(parts, who))


@router.post("/surveys/import", responses={422: {"model": TakenJson}, 503: {}})
async def import_surveys(
    text: Annotated[str, Body(media_type="text/csv", max_length=MOST_TEXT)], parts: Parts, who: Who
) -> TakenJson:
    """The same as a CSV file. With any mistake nothing is taken, and each has its line."""
    read = await asyncio.to_thread(read_surveys, text)
    return await _take(read, parts.after.reports.store.save_surveys, sight_of(parts, who))


@router.post("/waits", responses={422: {}, 503: {}})
async def waits(body: WaitsJson, parts: Parts, who: Who) -> TakenJson:
    """How long customers waited, and whether they were answered. The same `wait_id` again replaces it."""
    try:
        found = [each.record() for each in body.waits]
    except CustomerError as error:
        raise HTTPException(422, str(error)) from error
    return await _keep(found, parts.after.reports.store.save_waits, sight_of(parts, who))


@router.post("/waits/import", responses={422: {"model": TakenJson}, 503: {}})
async def import_waits(
    text: Annotated[str, Body(media_type="text/csv", max_length=MOST_TEXT)], parts: Parts, who: Who
) -> TakenJson:
    """The same as a CSV file. With any mistake nothing is taken, and each has its line."""
    read = await asyncio.to_thread(read_waits, text)
    return await _take(read, parts.after.reports.store.save_waits, sight_of(parts, who))


async def _take(read: Read[Item], save: Callable[[Sequence[Item], Sight], Awaitable[Taken]], sight: Sight) -> TakenJson:
    if read.problems:
        return _refused(read.problems)
    return await _keep(read.items, save, sight)


async def _keep(
    items: Sequence[Item], save: Callable[[Sequence[Item], Sight], Awaitable[Taken]], sight: Sight
) -> TakenJson:
    taken, unmatched = 0, list[str]()
    try:
        for first in range(0, len(items), AT_ONCE):
            found = await save(items[first : first + AT_ONCE], sight)
            taken += found.taken
            unmatched += found.unmatched
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    return taken_json(Taken(taken=taken, unmatched=tuple(unmatched)))


def _refused(problems: Sequence[Problem]) -> TakenJson:
    answer = TakenJson(
        taken=0,
        unmatched=[],
        unmatched_count=0,
        problems=[UnusableLineJson(line=each.line, problem=each.problem) for each in problems],
    )
    return JSONResponse(answer.model_dump(mode="json"), status_code=422)  # type: ignore[return-value]
