"""An agent's side of review: what was said of own calls, and the agent's answer to it."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from qa_monitor.application import Application
from qa_monitor.people.records import AgentKey
from qa_monitor.records.calls import CallState, StoredCall
from qa_monitor.reviews.comments import for_agent
from qa_monitor.reviews.records import Acknowledge, Act, Dispute, Event, QuestionId, Review, ReviewId
from qa_monitor.reviews.rights import check_may, sees_as_agent
from qa_monitor.reviews.schemas import (
    CommentJson,
    CommentsJson,
    DisputeJson,
    MyNewCommentJson,
    MyReviewJson,
    MyReviewsJson,
    WordsJson,
)
from qa_monitor.reviews.typed import screened
from qa_monitor.reviews.wire import comments_json, my_review_json
from qa_monitor.routes.comments import answer_to, keep
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.reviewing import actor_of, agents_on, refusals, scored
from qa_monitor.routes.visitors import Who
from qa_monitor.security.visitor import Visitor
from streams.records import CallId

router = APIRouter(prefix="/v1/mine", tags=["reviews"], responses={404: {}, 503: {}})


@router.get("/reviews")
async def reviews(parts: Parts, who: Who, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> MyReviewsJson:
    """Reviews of own calls that were submitted, the last one touched first."""
    with refusals():
        found = await parts.after.reviewing.reviews.of_agent(_agent(who), limit)
        return MyReviewsJson(reviews=[await _told(parts, one) for one in found])


@router.post("/reviews/{review_id}/acknowledge", responses={403: {}, 409: {}})
async def acknowledge(review_id: str, body: WordsJson, parts: Parts, who: Who) -> MyReviewJson:
    """Seen, and left at that."""
    return await _done(parts, who, review_id, Acknowledge(words=_screened(parts, body.words)))


@router.post("/reviews/{review_id}/dispute", responses={403: {}, 409: {}})
async def dispute(review_id: str, body: DisputeJson, parts: Parts, who: Who) -> MyReviewJson:
    """Say which question is answered wrongly, and why. A QA lead decides."""
    found = await _own(parts, who, review_id)
    told = await _told(parts, found)
    if all(one.question_id != body.question_id for one in told.questions):
        raise HTTPException(404, f"no question {body.question_id} is asked of this call")
    act = Dispute(question_id=QuestionId(body.question_id), words=_screened(parts, body.words))
    return await _done(parts, who, review_id, act)


@router.get("/calls/{call_id}/comments")
async def comments(call_id: str, parts: Parts, who: Who) -> CommentsJson:
    """What was shared with the agents of an own call."""
    await _own_call(parts, who, call_id)
    with refusals():
        return comments_json(for_agent(await parts.after.reviewing.reviews.comments(CallId(call_id))))


@router.post("/calls/{call_id}/comments", status_code=201, responses={409: {}})
async def comment(call_id: str, body: MyNewCommentJson, parts: Parts, who: Who) -> CommentJson:
    """Answer in a thread that was shared."""
    await _own_call(parts, who, call_id)
    with refusals():
        found = await parts.after.reviewing.reviews.comments(CallId(call_id))
        return await keep(parts, call_id, answer_to(found, body.reply_to, body.words), by=who.name)


def _agent(who: Visitor) -> AgentKey:
    if who.account is None or who.account.agent is None:
        raise HTTPException(404, "this account is no agent's")
    return who.account.agent


async def _own_call(parts: Application, who: Visitor, call_id: str) -> StoredCall:
    """Raises 404 for a call that is not theirs, or not over."""
    agent = _agent(who)
    with refusals():
        stored = await parts.store.call(CallId(call_id))
    if stored is None or stored.state is CallState.LIVE or agent not in agents_on(stored):
        raise HTTPException(404, f"no call {call_id} of yours is kept")
    return stored


async def _own(parts: Application, who: Visitor, review_id: str) -> Review:
    """Raises 404 for a review that is not theirs to see."""
    _agent(who)
    with refusals():
        found = await parts.after.reviewing.reviews.review(ReviewId(review_id))
    if found is None or not sees_as_agent(actor_of(who), found):
        raise HTTPException(404, f"no review {review_id} of your calls is kept")
    return found


async def _done(parts: Application, who: Visitor, review_id: str, act: Act) -> MyReviewJson:
    found = await _own(parts, who, review_id)
    actor, event = actor_of(who), Event(act=act, by=who.name, at=parts.clock())
    with refusals():
        after = await parts.after.reviewing.reviews.act(
            found.review_id, event, lambda now: check_may(actor, act, now, frozenset())
        )
        return await _told(parts, after)


async def _told(parts: Application, review: Review) -> MyReviewJson:
    """With the questions as they are answered now. Raises `StoreError`."""
    stored = await parts.store.call(review.call_id)
    if stored is None:
        raise HTTPException(404, f"no call {review.call_id} is kept")
    return my_review_json(review, stored, await scored(parts, review))


def _screened(parts: Application, text: str) -> str:
    return screened(text, frozenset(parts.settings.redact))
