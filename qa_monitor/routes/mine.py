"""An agent's own calls, once they are over: the same flags, with the same clips, as far as the settings allow."""

import asyncio
from collections.abc import Mapping, Set
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from alerts.records import FlagId
from qa_monitor.application import Application
from qa_monitor.config import AgentSees
from qa_monitor.people.records import AgentKey
from qa_monitor.records.calls import CallState
from qa_monitor.records.errors import StoreError
from qa_monitor.records.flags import StoredFlag
from qa_monitor.records.whole_calls import OwnCall
from qa_monitor.reviews.flag_disputes import DisputeEvent, FlagDispute, Step
from qa_monitor.reviews.own_call_schemas import MyCallJson, MyCallsJson, MyFlagDisputeJson, MyFlagJson
from qa_monitor.reviews.schemas import ReasonJson
from qa_monitor.reviews.typed import screened
from qa_monitor.routes.clips import clip_of
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.reviewing import refusals
from qa_monitor.routes.visitors import Who
from qa_monitor.schemas.shape import Bilingual
from qa_monitor.security.visitor import Visitor
from qa_monitor.wire.flags import PRIORITY_LABELS

router = APIRouter(prefix="/v1/mine", tags=["people"])
MOST_LOOKED_THROUGH = 500


@router.get("/calls", responses={404: {}, 503: {}})
async def calls(parts: Parts, who: Who, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> MyCallsJson:
    """Own calls that are over, newest first, with the flags of the part that was one's own."""
    try:
        found = await parts.store.agents_calls(_agent(who), limit)
        disputes = await parts.store.disputes.of_flags([each.flag.flag_id for own in found for each in own.flags])
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    return MyCallsJson(calls=[_call(parts, own, disputes) for own in found])


@router.get(
    "/flags/{flag_id}/clip", response_class=Response, responses={200: {"content": {"audio/wav": {}}}, 404: {}, 503: {}}
)
async def clip(flag_id: str, parts: Parts, who: Who) -> Response:
    """The seconds around what caused one of these flags, as WAV."""
    stored = await _own_flag(parts, who, flag_id, {AgentSees.FLAGS, AgentSees.CLIPS})
    evidence = stored.flag.evidence
    seconds = (evidence.clip_start_s, evidence.clip_end_s)
    found = await asyncio.to_thread(clip_of, parts.audio, stored.flag.call_id, *seconds)
    if found is None:
        raise HTTPException(404, f"no audio of flag {flag_id} is kept")
    return Response(found, media_type="audio/wav")


@router.post("/flags/{flag_id}/dispute", status_code=201, responses={404: {}, 409: {}, 503: {}})
async def dispute(flag_id: str, body: ReasonJson, parts: Parts, who: Who) -> MyFlagJson:
    """Say why a flag on an own call is wrong. A QA lead decides; once."""
    stored = await _own_flag(parts, who, flag_id, {AgentSees.FLAGS})
    event = DisputeEvent(
        flag_id=stored.flag.flag_id,
        step=Step.DISPUTE,
        words=screened(body.words, frozenset(parts.settings.redact)),
        by=who.name,
        at=parts.clock(),
    )
    with refusals():
        after = await parts.store.disputes.add(event)
        found = await parts.store.disputes.of_flags([event.flag_id])
    return _flag(parts, after, found[event.flag_id])


def _agent(who: Visitor) -> AgentKey:
    if who.account is None or who.account.agent is None:
        raise HTTPException(404, "this account is no agent's")
    return who.account.agent


async def _own_flag(parts: Application, who: Visitor, flag_id: str, shown: Set[AgentSees]) -> StoredFlag:
    """A flag of an own call that is over. Raises 404 for any other, and where these are not shown."""
    agent = _agent(who)
    try:
        # among the same ones as the list: what is not told there is not played here
        found = await parts.store.agents_calls(agent, MOST_LOOKED_THROUGH)
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    if shown <= set(parts.settings.agent_sees):
        for own in found:
            for stored in own.flags:
                if stored.flag.flag_id == flag_id and own.call.state is not CallState.LIVE:
                    return stored
    raise HTTPException(404, f"no flag {flag_id} of your calls is kept")


def _call(parts: Application, own: OwnCall, disputes: Mapping[FlagId, FlagDispute]) -> MyCallJson:
    call = own.call.call
    shown = AgentSees.FLAGS in parts.settings.agent_sees
    return MyCallJson(
        call_id=call.call_id,
        started_at=call.started_at,
        duration_s=own.call.duration_s,
        direction=call.direction,
        language=call.language,
        flags=[_flag(parts, each, disputes.get(each.flag.flag_id)) for each in own.flags] if shown else None,
    )


def _flag(parts: Application, stored: StoredFlag, dispute: FlagDispute | None) -> MyFlagJson:
    flag, evidence = stored.flag, stored.flag.evidence
    played = AgentSees.CLIPS in parts.settings.agent_sees and parts.settings.keep_audio
    return MyFlagJson(
        flag_id=flag.flag_id,
        rule_id=flag.rule_id,
        name=Bilingual(en=flag.name_en, fr=flag.name_fr),
        priority=PRIORITY_LABELS[flag.priority],
        start_s=flag.start_s,
        end_s=flag.end_s,
        said=evidence.text,
        speaker=evidence.speaker,
        explanation=Bilingual(en=evidence.explanation_en, fr=evidence.explanation_fr),
        clip=f"/v1/mine/flags/{quote(flag.flag_id, safe='')}/clip" if played else None,
        dispute=None if dispute is None else _dispute(dispute),
    )


def _dispute(dispute: FlagDispute) -> MyFlagDisputeJson:
    return MyFlagDisputeJson(
        words=dispute.words,
        at=dispute.at,
        ruling=dispute.ruling,
        decided_words=dispute.decided_words,
        decided_at=dispute.decided_at,
    )
