"""Reviews and comments to their JSON."""

from collections.abc import Sequence

from qa_monitor.records.calls import StoredCall
from qa_monitor.reviews.comments import Comment
from qa_monitor.reviews.records import Decide, Disputed, Event, Review, Submit, Why, value_of
from qa_monitor.reviews.schemas import (
    AnsweredJson,
    AskedJson,
    CommentJson,
    CommentsJson,
    DisputedJson,
    EventJson,
    MyReviewJson,
    ReviewJson,
)
from qa_monitor.scorecards.records import CallScore, Scorecard

TOLD = ("question_id", "value", "ruling", "reviewer", "words")


Scored = tuple[CallScore, Scorecard]
"""What a call earned, and by what."""


def review_json(review: Review, *, blind: bool = False, scored: Scored | None = None) -> ReviewJson:
    """For reviewers and leads; `blind`: without what anybody answered; `scored`: with what is asked."""
    return ReviewJson(
        review_id=review.review_id,
        call_id=review.call_id,
        tenant=review.agent.tenant,
        agent_id=review.agent.agent_id,
        scorecard_id=review.scorecard_id,
        # how it was picked may tell that it scored low
        why=Why.CHOSEN if blind else review.why,
        reviewer=review.reviewer,
        state=review.state,
        ending=review.ending,
        note="" if blind else review.note,
        answers=[] if blind else [_answered(question, event) for question, event in review.answers.items()],
        disputes=[] if blind else [disputed_json(one) for one in review.disputes],
        changed_at=review.history[-1].at,
        blind=blind,
        history=[] if blind else [_event(event) for event in review.history],
        questions=None if blind or scored is None else _questions(scored),
    )


def _answered(question_id: str, event: Event) -> AnsweredJson:
    words = getattr(event.act, "words", "")
    return AnsweredJson(question_id=question_id, value=value_of(event), words=words, by=event.by, at=event.at)


def _event(event: Event) -> EventJson:
    told = {name: value for name in TOLD if (value := getattr(event.act, name, None)) is not None}
    return EventJson(did=type(event.act).__name__.lower(), by=event.by, at=event.at, **told)


def disputed_json(one: Disputed, *, named: bool = True) -> DisputedJson:
    """`named`: with who decided it."""
    decided = one.decided
    act = decided.act if decided is not None and isinstance(decided.act, Decide) else None
    return DisputedJson(
        question_id=one.question_id,
        words=one.words,
        by=one.by,
        at=one.at,
        ruling=None if act is None else act.ruling,
        decided_by=decided.by if decided is not None and named else None,
        decided_at=None if decided is None else decided.at,
        decided_words=None if act is None else act.words,
    )


def my_review_json(review: Review, call: StoredCall, scored: Scored | None) -> MyReviewJson:
    """For the agent: what was answered and why, not by whom."""
    submitted = next(event.at for event in review.history if isinstance(event.act, Submit))
    return MyReviewJson(
        review_id=review.review_id,
        call_id=review.call_id,
        started_at=call.call.started_at,
        state=review.state,
        ending=review.ending,
        submitted_at=submitted,
        total=None if scored is None else scored[0].total,
        failed=scored is not None and scored[0].failed,
        note=review.note,
        questions=[] if scored is None else _questions(scored),
        disputes=[disputed_json(one, named=False) for one in review.disputes],
    )


def _questions(scored: Scored) -> list[AskedJson]:
    score, scorecard = scored
    asked = {question.question_id: question for _, question in scorecard.questions}
    return [
        AskedJson(
            question_id=answer.question_id,
            text_en=asked[answer.question_id].text_en,
            text_fr=asked[answer.question_id].text_fr,
            value=answer.value.value,
            words=answer.reason if answer.human else "",
            by_person=answer.human,
        )
        for answer in score.answers
        if answer.question_id in asked
    ]


def comments_json(comments: Sequence[Comment]) -> CommentsJson:
    """In their order."""
    return CommentsJson(comments=[comment_json(one) for one in comments])


def comment_json(one: Comment) -> CommentJson:
    """One of them."""
    return CommentJson(
        comment_id=one.comment_id,
        call_id=one.call_id,
        at_s=one.at_s,
        shared=one.shared,
        by=one.by,
        at=one.at,
        words=one.words,
        reply_to=one.reply_to,
    )
