"""Reports that are delivered by themselves: one's own, made, listed and taken out."""

from secrets import token_hex
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path

from qa_monitor.records.errors import StoreError
from qa_monitor.reports.periods import ZoneError
from qa_monitor.reports.records import ReportError
from qa_monitor.reports.schedule_schemas import ScheduleAskedJson, ScheduleJson, SchedulesJson, schedule_json
from qa_monitor.reports.schedules import FOLDER, Schedule
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who
from qa_monitor.security.visitor import Visitor

router = APIRouter(prefix="/v1/report-schedules", tags=["reports"])
MOST = 100
"""Schedules of one installation."""
MOST_RUNS = 2_000
SHOWN_RUNS = 5


@router.get("", responses={503: {}})
async def schedules(parts: Parts, who: Who) -> SchedulesJson:
    """One's own; the operator's are everyone's who has the access token. With where reports can go."""
    try:
        every, runs = await parts.after.post.store.schedules(), await parts.after.post.store.runs(MOST_RUNS)
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    own = [each for each in every if _is_own(each, who)]
    return SchedulesJson(
        schedules=[
            schedule_json(
                each,
                [run for run in runs if run.schedule_id == each.schedule_id][:SHOWN_RUNS],
                parts.after.post.problem(each),
            )
            for each in own
        ],
        targets=[*parts.after.post.mail_targets, *([FOLDER] if parts.after.post.has_folder else [])],
    )


@router.post("", responses={409: {"description": "there are too many"}, 422: {}, 503: {}})
async def make(body: ScheduleAskedJson, parts: Parts, who: Who) -> ScheduleJson:
    """Deliver a report after every week or month from now on. It holds what its maker may see at that time."""
    try:
        schedule = Schedule(
            **body.model_dump(),
            schedule_id=token_hex(8),
            account=None if who.account is None else who.account.account_id,
            made_at=parts.clock(),
        )
    except (ReportError, ZoneError) as error:
        raise HTTPException(422, str(error)) from error
    problem = parts.after.post.problem(schedule)
    if problem is not None:
        raise HTTPException(422, f"to: {problem}")
    try:
        if len(await parts.after.post.store.schedules()) >= MOST:
            raise HTTPException(409, f"there are {MOST} schedules already: take one out first")
        await parts.after.post.store.put(schedule)
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    return schedule_json(schedule, [], None)


@router.delete("/{schedule_id}", status_code=204, responses={404: {}, 503: {}})
async def remove(schedule_id: Annotated[str, Path(max_length=100)], parts: Parts, who: Who) -> None:
    """Deliver it no more."""
    try:
        known = {each.schedule_id: each for each in await parts.after.post.store.schedules()}
        if schedule_id not in known or not _is_own(known[schedule_id], who):
            raise HTTPException(404, f"no schedule {schedule_id} is kept")
        await parts.after.post.store.remove(schedule_id)
    except StoreError as error:
        raise HTTPException(503, str(error)) from error


def _is_own(schedule: Schedule, who: Visitor) -> bool:
    """The operator may see to all of them."""
    return who.account is None or schedule.account == who.account.account_id
