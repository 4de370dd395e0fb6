"""What a coach does with a flag beside taking it on: put it off, hand it over, close it; and that it was drawn."""

from datetime import timedelta

from fastapi import APIRouter, HTTPException

from alerts.acts import Act, Draw, HandOver, Resolve, Snooze, WrongAct
from alerts.lifecycle import WrongTransition
from alerts.records import CoachId, FlagId
from qa_monitor.records.errors import NotKept, StoreError
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who, check_sees_flag
from qa_monitor.schemas.care import HandOverJson, ResolveJson, SnoozeJson
from qa_monitor.schemas.flags import FlagJson
from qa_monitor.wire.flags import flag_json

router = APIRouter(prefix="/v1/flags/{flag_id}", tags=["flags"], responses={404: {}, 409: {}, 503: {}})


@router.post("/drawn")
async def drawn(flag_id: str, parts: Parts, who: Who) -> FlagJson:
    """A console shows it: it is delivered. Only the first time counts, and only while the flag asks somebody."""
    return await _done(parts, who, flag_id, Draw())


@router.post("/snooze")
async def snooze(flag_id: str, body: SnoozeJson, parts: Parts, who: Who) -> FlagJson:
    """Put an open flag off: it comes back by itself, for everyone. At most 30 minutes; high priority at most 5."""
    return await _done(parts, who, flag_id, Snooze(until=parts.clock() + timedelta(minutes=body.minutes)))


@router.post("/hand-over")
async def hand_over(flag_id: str, body: HandOverJson, parts: Parts, who: Who) -> FlagJson:
    """Ask another coach to act, with a word. One that was taken on is open again; the deadline begins anew."""
    return await _done(parts, who, flag_id, HandOver(to=CoachId(body.to), word=body.word))


@router.post("/resolve")
async def resolve(flag_id: str, body: ResolveJson, parts: Parts, who: Who) -> FlagJson:
    """Close a confirmed or acknowledged flag, with what came of it."""
    return await _done(parts, who, flag_id, Resolve(outcome=body.outcome))


async def _done(parts: Parts, who: Who, flag_id: str, act: Act) -> FlagJson:
    await check_sees_flag(parts, who, flag_id)
    try:
        return flag_json(await parts.feed.act(FlagId(flag_id), act, who.coach_id))
    except (WrongAct, WrongTransition) as error:
        raise HTTPException(409, str(error)) from error
    except NotKept as error:
        raise HTTPException(404, str(error)) from error
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
