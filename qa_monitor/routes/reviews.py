"""Reviews: a lead gives a call to a reviewer, who answers over the machine; the agent disputes, a lead decides."""

from secrets import token_hex
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from qa_monitor.application import Application
from qa_monitor.people.records import AgentKey
from qa_monitor.reviews.life import About
from qa_monitor.reviews.machine import current
from qa_monitor.reviews.port import Sought
from qa_monitor.reviews.records import (
    Act,
    Answer,
    Assign,
    Begin,
    Close,
    Decide,
    Event,
    Note,
    QuestionId,
    Review,
    ReviewerId,
    ReviewId,
    ReviewState,
    Submit,
)
from qa_monitor.reviews.rights import check_may
from qa_monitor.reviews.schemas import (
    AnswerJson,
    DecideJson,
    NewReviewJson,
    ReasonJson,
    ReassignJson,
    ReviewerJson,
    ReviewersJson,
    ReviewJson,
    ReviewsJson,
    WordsJson,
)
from qa_monitor.reviews.typed import screened
from qa_monitor.reviews.wire import review_json
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.reviewing import (
    actor_of,
    agents_on,
    blind_for,
    check_not_blind,
    check_reviewer,
    kept_call,
    refusals,
    reviewers_seen_by,
    scored,
)
from qa_monitor.routes.visitors import Who, sight_of
from qa_monitor.security.visitor import Visitor
from streams.records import CallId

router = APIRouter(prefix="/v1/reviews", tags=["reviews"], responses={503: {}})
REFUSED: dict[int | str, dict[str, object]] = {403: {}, 404: {}, 409: {}}
NOT_SUBMITTED = frozenset({ReviewState.ASSIGNED, ReviewState.IN_REVIEW})


@router.get("")
async def reviews(
    parts: Parts,
    who: Who,
    state: Annotated[list[ReviewState] | None, Query()] = None,
    mine: bool = False,
    call_id: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> ReviewsJson:
    """Those of calls one may see, the last one touched first; `mine`: those given to oneself."""
    sought = Sought(
        states=None if state is None else frozenset(state),
        reviewer=ReviewerId(who.name) if mine else None,
        call_id=None if call_id is None else CallId(call_id),
        limit=limit,
    )
    blind = await blind_for(parts, who)
    with refusals():
        found = await parts.after.reviewing.reviews.reviews(sought, sight_of(parts, who))
    return ReviewsJson(reviews=[review_json(one, blind=one.call_id in blind) for one in found])


@router.get("/reviewers")
async def reviewers(parts: Parts, who: Who) -> ReviewersJson:
    """Whom a call can be given to, and how many reviews each has still to submit."""
    with refusals():
        waiting = await parts.after.reviewing.reviews.reviews(Sought(states=NOT_SUBMITTED, limit=10_000))
    return ReviewersJson(
        reviewers=[
            ReviewerJson(
                reviewer=one.account_id,
                name=one.name or one.account_id,
                open=sum(review.reviewer == ReviewerId(one.account_id) for review in waiting),
            )
            for one in reviewers_seen_by(parts, who)
        ]
    )


@router.post("", status_code=201, responses={404: {}, 409: {}, 422: {}})
async def give(body: NewReviewJson, parts: Parts, who: Who) -> ReviewJson:
    """Give a call that is over to a reviewer, with how it was picked."""
    stored = await kept_call(parts, who, body.call_id)
    if stored.ended_at is None:
        raise HTTPException(409, f"the call {body.call_id} is not over")
    check_reviewer(parts, who, body.reviewer, stored)
    agent = AgentKey(stored.call.tenant, body.agent_id or stored.call.agent_id)
    if agent not in agents_on(stored):
        raise HTTPException(422, f"agent_id: {body.agent_id!r} was not on this call")
    with refusals():
        scores = await parts.after.reviewing.scores.scores_of(stored.call.call_id)
        if body.scorecard_id and current(scores, body.scorecard_id) is None:
            raise HTTPException(409, f"the call has no score by the scorecard {body.scorecard_id!r} yet")
        about = About(
            review_id=ReviewId(token_hex(8)),
            call_id=stored.call.call_id,
            agent=agent,
            scorecard_id=body.scorecard_id,
            why=body.why,
        )
        act = Assign(reviewer=ReviewerId(body.reviewer), words=_screened(parts, body.words))
        return review_json(
            await parts.after.reviewing.reviews.begin(about, Event(act=act, by=who.name, at=parts.clock()))
        )


@router.get("/{review_id}", responses={404: {}})
async def review(review_id: str, parts: Parts, who: Who) -> ReviewJson:
    """With everything that was done to it."""
    found = await _seen(parts, who, review_id)
    blind = found.call_id in await blind_for(parts, who)
    return review_json(found, blind=blind, scored=await scored(parts, found))


@router.post("/{review_id}/assign", responses={**REFUSED, 422: {}})
async def assign(review_id: str, body: ReassignJson, parts: Parts, who: Who) -> ReviewJson:
    """Give it to another reviewer; what was answered so far stays."""
    found = await _seen(parts, who, review_id)
    check_reviewer(parts, who, body.reviewer, await kept_call(parts, who, found.call_id))
    act = Assign(reviewer=ReviewerId(body.reviewer), words=_screened(parts, body.words))
    return await _done(parts, who, review_id, act)


@router.post("/{review_id}/begin", responses=REFUSED)
async def begin(review_id: str, parts: Parts, who: Who) -> ReviewJson:
    """Take it up."""
    return await _done(parts, who, review_id, Begin())


@router.put("/{review_id}/answers/{question_id}", responses=REFUSED)
async def answer(review_id: str, question_id: str, body: AnswerJson, parts: Parts, who: Who) -> ReviewJson:
    """Answer a question in place of the machine. It stands in the score once the review is submitted."""
    found = await _seen(parts, who, review_id)
    with refusals():
        score = current(await parts.after.reviewing.scores.scores_of(found.call_id), found.scorecard_id)
    if score is None or all(one.question_id != question_id for one in score.answers):
        raise HTTPException(404, f"no question {question_id} is asked of this call")
    act = Answer(question_id=QuestionId(question_id), value=body.value, words=_screened(parts, body.words))
    return await _done(parts, who, review_id, act)


@router.put("/{review_id}/note", responses=REFUSED)
async def note(review_id: str, body: WordsJson, parts: Parts, who: Who) -> ReviewJson:
    """The coaching note, which the agent reads once the review is submitted. Empty: none."""
    return await _done(parts, who, review_id, Note(words=_screened(parts, body.words)))


@router.post("/{review_id}/submit", responses=REFUSED)
async def submit(review_id: str, parts: Parts, who: Who) -> ReviewJson:
    """It is done: its answers stand in the score, and the agent may acknowledge or dispute it."""
    return await _done(parts, who, review_id, Submit())


@router.post("/{review_id}/decide", responses=REFUSED)
async def decide(review_id: str, body: DecideJson, parts: Parts, who: Who) -> ReviewJson:
    """Uphold a disputed answer, or change it. With the last dispute the review is closed."""
    act = Decide(
        question_id=QuestionId(body.question_id),
        ruling=body.ruling,
        words=_screened(parts, body.words),
        value=body.value,
    )
    return await _done(parts, who, review_id, act)


@router.post("/{review_id}/close", responses=REFUSED)
async def close(review_id: str, body: ReasonJson, parts: Parts, who: Who) -> ReviewJson:
    """End it where nobody answered, or nobody is to review it after all."""
    return await _done(parts, who, review_id, Close(words=_screened(parts, body.words)))


async def _seen(parts: Application, who: Visitor, review_id: str) -> Review:
    """A review of a call they may see. Raises 404 for any other."""
    with refusals():
        found = await parts.after.reviewing.reviews.review(ReviewId(review_id))
    if found is None:
        raise HTTPException(404, f"no review {review_id} is kept")
    try:
        await kept_call(parts, who, found.call_id)
    except HTTPException as error:
        raise HTTPException(error.status_code, f"no review {review_id} is kept") from error
    return found


async def _done(parts: Application, who: Visitor, review_id: str, act: Act) -> ReviewJson:
    """One more act, where they may do it at that moment."""
    found = await _seen(parts, who, review_id)
    await check_not_blind(parts, who, found.call_id)
    on_call, actor = agents_on(await kept_call(parts, who, found.call_id)), actor_of(who)
    event = Event(act=act, by=who.name, at=parts.clock())
    with refusals():
        return review_json(
            await parts.after.reviewing.reviews.act(
                found.review_id, event, lambda now: check_may(actor, act, now, on_call)
            )
        )


def _screened(parts: Application, text: str) -> str:
    return screened(text, frozenset(parts.settings.redact))
