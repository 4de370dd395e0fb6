"""A call gone through again by today's rules and models. Nothing of it is kept, and no coach hears of it."""

import asyncio

from fastapi import APIRouter, HTTPException

from alerts.policy import AlertPolicy
from qa_monitor.application import Application
from qa_monitor.records.calls import LATER, CallState
from qa_monitor.records.errors import StoreError
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.replay.difference import of_records
from qa_monitor.replay.jobs import Busy, CallReplay, Outcome, What, new_id
from qa_monitor.replay.one_call import Run, replay_call
from qa_monitor.replay.schemas import NewReplayJson, ReplayJson, replay_json
from qa_monitor.replay.text import replay_text
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who, check_sees_call
from qa_monitor.security.visitor import Visitor
from streams.records import CallId

router = APIRouter(prefix="/v1/calls/{call_id}/replay", tags=["calls"])


@router.post("", status_code=202, responses={404: {}, 409: {}, 422: {}, 503: {}})
async def start(call_id: str, body: NewReplayJson, parts: Parts, who: Who) -> ReplayJson:
    """Begin to replay a call that is over; one replay at a time, and live calls go before it."""
    await check_sees_call(parts, who, call_id)
    try:
        record = await parts.store.record(CallId(call_id))
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    if record is None:
        raise HTTPException(404, f"no call {call_id} is kept")
    if record.call.state is CallState.LIVE:
        raise HTTPException(422, f"call {call_id} is live: replay it once it is over")
    if record.call.blind == LATER:
        raise HTTPException(422, f"the text of call {call_id} is still to come: replay it once it is there")
    replay = CallReplay(
        replay_id=new_id(),
        call_id=CallId(call_id),
        what=body.what,
        by=who.name,
        duration_s=record.call.duration_s or 0.0,
    )
    try:
        return replay_json(parts.after.replays.start(replay, lambda one: _work(parts, record, one, body.speed)))
    except Busy as error:
        raise HTTPException(409, str(error)) from error


@router.get("/{replay_id}", responses={404: {}})
async def progress(call_id: str, replay_id: str, parts: Parts, who: Who) -> ReplayJson:
    """How far one's own replay has come, and in the end what differs."""
    await check_sees_call(parts, who, call_id)
    return replay_json(_found(parts, who, call_id, replay_id))


@router.delete("/{replay_id}", responses={404: {}})
async def stop(call_id: str, replay_id: str, parts: Parts, who: Who) -> ReplayJson:
    """End it; one that is over stays as it is."""
    await check_sees_call(parts, who, call_id)
    replay = _found(parts, who, call_id, replay_id)
    await parts.after.replays.stop(replay)
    return replay_json(replay)


async def _work(parts: Application, record: CallRecord, replay: CallReplay, speed: float | None) -> Outcome:
    if replay.what is What.TEXT:
        call = record.call.call
        rules = parts.rules.of(call.tenant, call.team)
        policy = AlertPolicy(longest_utterance_s=parts.settings.longest_utterance_s)
        found = await asyncio.to_thread(replay_text, parts.settings.data_dir, record, rules, policy)
        replay.progress.at_s = replay.duration_s
        return Outcome(difference=found, as_live=False)
    packed = await parts.store.paces.load(replay.call_id)
    replayed = await replay_call(parts.after.stage, record, packed, Run(progress=replay.progress, speed=speed))
    replay.progress.at_s = replay.duration_s
    return Outcome(
        difference=of_records(record, replayed.record),
        as_live=replayed.as_live,
        strayed=replayed.strayed,
        shared_passes=replayed.shared_passes,
    )


def _found(parts: Application, who: Visitor, call_id: str, replay_id: str) -> CallReplay:
    replay = parts.after.replays.find(replay_id)
    own = replay is not None and (who.account is None or replay.by == who.name)
    if replay is None or replay.call_id != call_id or not own:
        raise HTTPException(404, f"no replay {replay_id} of call {call_id} is known any more")
    return replay
