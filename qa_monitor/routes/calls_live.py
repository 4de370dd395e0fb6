"""Calls that are to come, and what is done to one that is live. For telephone systems and for people."""

from datetime import timedelta
from types import MappingProxyType
from uuid import uuid4

import structlog
from fastapi import APIRouter, HTTPException

from qa_monitor.application import Application
from qa_monitor.call.switchboard.consent import ConsentAsked
from qa_monitor.records.errors import StoreError
from qa_monitor.routes.callers import Caller
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Somebody, check_sees_call
from qa_monitor.security.visitor import Visitor
from qa_monitor.telephony.announced import AlreadyAnnounced, TooManyAnnounced
from qa_monitor.telephony.announcement import Announcement
from qa_monitor.telephony.credential import Credential
from qa_monitor.telephony.schemas import (
    BOTH,
    LEG_LIFE_S,
    AnnouncedJson,
    AnnounceJson,
    ConsentAskedJson,
    ConsentNowJson,
    TransferJson,
)
from sentiment.profile import CONSENT_BY, ConsentRefused
from streams.consent import Consent
from streams.records import CallId, CallStarted

log = structlog.get_logger()
router = APIRouter(prefix="/v1/calls", tags=["calls"])
CONSENT_SOURCE = "consent_source"


@router.post("", status_code=201, responses={403: {}, 409: {}, 503: {}})
async def announce(body: AnnounceJson, parts: Parts, caller: Caller) -> AnnouncedJson:
    """Announce a call: who takes it, in which language, with what consent, and whether it is followed at all.

    The token opens this call once; a call that comes without it is known by the provider's ids. Also for telephony's
    tokens.
    """
    tenant = body.tenant or caller.tenant or "default"
    if not caller.may_act_for(tenant):
        raise HTTPException(403, f"tenant: found {tenant!r}; this token announces calls of {caller.tenant!r}")
    call_id = CallId(body.call_id or f"call-{uuid4().hex}")
    if await _is_known(parts, call_id):
        raise HTTPException(409, f"call {call_id} is live or kept already: announce another id, or leave it out")
    announcement = _announcement(body, parts, caller, tenant, call_id)
    try:
        ticket = parts.reception.announced.announce(announcement, legs=body.audiosocket)
    except AlreadyAnnounced as error:
        raise HTTPException(409, str(error)) from error
    except TooManyAnnounced as error:
        raise HTTPException(503, str(error)) from error
    return AnnouncedJson(
        call_id=ticket.call_id,
        token=ticket.token,
        expires_at=ticket.expires_at,
        audiosocket=dict(ticket.legs) if body.audiosocket else None,
    )


@router.post("/{call_id}/pause", status_code=204, responses={404: {}})
async def pause(call_id: str, parts: Parts, caller: Caller, who: Somebody) -> None:
    """Hear nothing until `resume`: a card number is being read out. Also for telephony's tokens."""
    _found(parts.switchboard.pause(await _theirs(parts, caller, who, call_id)), call_id)


@router.post("/{call_id}/resume", status_code=204, responses={404: {}})
async def resume(call_id: str, parts: Parts, caller: Caller, who: Somebody) -> None:
    """Hear the call again, after `pause` or `off-record`. Also for telephony's tokens."""
    _found(parts.switchboard.resume(await _theirs(parts, caller, who, call_id)), call_id)


@router.post("/{call_id}/off-record", status_code=204, responses={404: {}})
async def off_record(call_id: str, parts: Parts, caller: Caller, who: Somebody) -> None:
    """Hear nothing until `resume`: the call is private. Also for telephony's tokens."""
    _found(parts.switchboard.off_record(await _theirs(parts, caller, who, call_id)), call_id)


@router.post("/{call_id}/transfer", status_code=204, responses={404: {}})
async def transfer(call_id: str, body: TransferJson, parts: Parts, caller: Caller, who: Somebody) -> None:
    """Another agent takes the call from here on. Also for telephony's tokens."""
    _found(parts.switchboard.transfer(await _theirs(parts, caller, who, call_id), body.agent_id, body.team), call_id)


@router.post("/{call_id}/consent", responses={404: {}, 409: {}, 503: {}})
async def consent(call_id: str, body: ConsentAskedJson, parts: Parts, caller: Caller, who: Somebody) -> ConsentNowJson:
    """What the customer was told and answered. Also for telephony's tokens.

    `granted`: their voice is judged from here on, where the installation allows it. `refused` and `objected` stop it at
    once and delete what was made of it so far; they are taken after the call, too.
    """
    asked = ConsentAsked(
        consent=body.consent, source=body.source, notice=body.notice, by=body.by, reference=body.reference
    )
    try:
        live = CallId(call_id) in parts.switchboard.live
        now = parts.switchboard.consent(await _theirs(parts, caller, who, call_id), asked) if live else None
        if now is None:
            if who is not None:
                await check_sees_call(parts, who, call_id)
            now = await _answered_later(parts, caller, call_id, asked)
    except ConsentRefused as error:
        raise HTTPException(409, str(error)) from error
    return ConsentNowJson(call_id=now.call_id, notice=now.notice, consent=now.consent)


async def _answered_later(parts: Application, caller: Credential, call_id: str, asked: ConsentAsked) -> CallStarted:
    """The call is over: what was made of the customer's voice can still be deleted, and nothing can be added."""
    try:
        stored = await parts.store.call(CallId(call_id))
        if stored is None or not caller.may_act_for(stored.call.tenant):
            raise HTTPException(404, f"no call {call_id} is live or kept")
        if asked.consent is Consent.GRANTED:
            raise HTTPException(409, f"call {call_id} is over: found granted; allowed: refused, objected")
        now = asked.applied_to(stored.call)
        await parts.store.save_consent(asked.change(now, None), now, parts.clock())
        told = await parts.store.call(now.call_id)
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    if told is not None:
        parts.feed.tell_call(told)
    return now


async def _is_known(parts: Application, call_id: CallId) -> bool:
    if call_id in parts.switchboard.live:
        return True
    try:
        return await parts.store.call(call_id) is not None
    except StoreError as error:
        # calls are followed without the store, so they are announced without it too
        log.warning("a call is announced unchecked", why=str(error))
        return False


def _announcement(
    body: AnnounceJson, parts: Application, caller: Credential, tenant: str, call_id: CallId
) -> Announcement:
    life_s = min(body.expires_in_s, LEG_LIFE_S) if body.audiosocket else body.expires_in_s
    source = {CONSENT_SOURCE: body.consent_source} if body.consent_source else {}
    by = {CONSENT_BY: body.consent_by.value} if body.consent_by else {}
    return Announcement(
        call_id=call_id,
        by=caller,
        expires_at=parts.clock() + timedelta(seconds=life_s),
        provider_id=body.provider_id or "",
        tenant=tenant,
        agent_id=body.agent_id,
        team=body.team,
        language=body.language,
        direction=body.direction,
        channels=body.channels or (BOTH if body.audiosocket else None),
        notice=body.notice,
        consent=body.consent,
        followed=body.followed,
        reason=body.reason,
        metadata=MappingProxyType({**body.metadata, **source, **by}),
    )


async def _theirs(parts: Application, caller: Credential, who: Visitor | None, call_id: str) -> CallId:
    """The call, where it is live and the caller's business. Somebody else's is not there, as far as is told."""
    if who is not None:
        await check_sees_call(parts, who, call_id)
    pipeline = parts.switchboard.live.get(CallId(call_id))
    if pipeline is None or not caller.may_act_for(pipeline.call.tenant):
        raise _missing(call_id)
    return pipeline.call.call_id


def _found(done: bool, call_id: str) -> None:
    if not done:
        raise _missing(call_id)


def _missing(call_id: str) -> HTTPException:
    return HTTPException(404, f"no call {call_id} is live")
