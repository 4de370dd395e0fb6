"""Comments at a second of a call, in threads: among reviewers, or shared with the agent."""

from secrets import token_hex

from fastapi import APIRouter, HTTPException

from qa_monitor.reviews.comments import Comment, CommentId, Shared, WrongThread
from qa_monitor.reviews.schemas import CommentJson, CommentsJson, NewCommentJson
from qa_monitor.reviews.typed import screened
from qa_monitor.reviews.wire import comment_json, comments_json
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.reviewing import agents_on, blind_for, check_not_blind, kept_call, refusals
from qa_monitor.routes.visitors import Who
from streams.records import CallId

router = APIRouter(prefix="/v1/calls/{call_id}/comments", tags=["reviews"], responses={404: {}, 503: {}})


@router.get("")
async def comments(call_id: str, parts: Parts, who: Who) -> CommentsJson:
    """By their second. Who calibrates this call sees their own alone until the calibration is closed."""
    await kept_call(parts, who, call_id)
    with refusals():
        found = await parts.after.reviewing.reviews.comments(CallId(call_id))
    if CallId(call_id) in await blind_for(parts, who):
        found = tuple(one for one in found if one.by == who.name)
    return comments_json(found)


@router.post("", status_code=201, responses={403: {}, 409: {}})
async def comment(call_id: str, body: NewCommentJson, parts: Parts, who: Who) -> CommentJson:
    """Say something at a second, or answer. It is never changed; the agent reads it where it is shared with them."""
    stored = await kept_call(parts, who, call_id)
    if who.account is not None and who.account.agent in agents_on(stored):
        raise HTTPException(403, "you were on this call: answer what was shared with you on your own page")
    await check_not_blind(parts, who, call_id)
    if stored.duration_s is not None and body.at_s > stored.duration_s:
        raise HTTPException(409, f"the call ended at {stored.duration_s:.1f} s")
    return await keep(parts, call_id, body, by=who.name)


async def keep(parts: Parts, call_id: str, body: NewCommentJson, *, by: str) -> CommentJson:
    """Screened, in its thread."""
    new = Comment(
        comment_id=CommentId(token_hex(8)),
        call_id=CallId(call_id),
        at_s=body.at_s,
        shared=body.shared,
        by=by,
        at=parts.clock(),
        words=screened(body.words, frozenset(parts.settings.redact)),
        reply_to=None if body.reply_to is None else CommentId(body.reply_to),
    )
    with refusals():
        await parts.after.reviewing.reviews.comment(new)
    return comment_json(new)


def answer_to(found: tuple[Comment, ...], reply_to: str, words: str) -> NewCommentJson:
    """An answer at the second of its thread, shared as it is. Raises `WrongThread` where that is not to be answered."""
    first = next((one for one in found if one.comment_id == reply_to), None)
    if first is None or first.shared is not Shared.AGENT:
        raise WrongThread("no comment of this call has that name")
    return NewCommentJson(at_s=first.at_s, words=words, shared=Shared.AGENT, reply_to=reply_to)
