"""The life of a review: assigned, in review, submitted, acknowledged or disputed and decided, closed. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from qa_monitor.people.records import AgentKey
from qa_monitor.reviews.records import (
    Acknowledge,
    Act,
    Answer,
    Assign,
    Begin,
    Close,
    Decide,
    Dispute,
    Disputed,
    Ending,
    Event,
    Note,
    QuestionId,
    Review,
    ReviewId,
    ReviewState,
    Ruling,
    Submit,
    Why,
)
from streams.records import CallId

BEFORE = frozenset({ReviewState.ASSIGNED, ReviewState.IN_REVIEW})
IN_REVIEW = frozenset({ReviewState.IN_REVIEW})
ANSWERABLE = frozenset({ReviewState.SUBMITTED, ReviewState.DISPUTED})
ALLOWED: dict[type[Act], frozenset[ReviewState]] = {
    Assign: BEFORE,
    Begin: frozenset({ReviewState.ASSIGNED}),
    Answer: IN_REVIEW,
    Note: IN_REVIEW,
    Submit: IN_REVIEW,
    Acknowledge: frozenset({ReviewState.SUBMITTED}),
    Dispute: ANSWERABLE,
    Decide: frozenset({ReviewState.DISPUTED}),
    Close: BEFORE | {ReviewState.SUBMITTED},
}
"""In which states each act may be done."""


class WrongStep(Exception):
    """This cannot be done to the review as it stands. Says what stands in the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a review is of: settled when it is made, never changed."""

    review_id: ReviewId
    call_id: CallId
    agent: AgentKey
    scorecard_id: str
    why: Why


def begun(about: About, first: Event) -> Review:
    """A new review. Raises `WrongStep` where the first act does not give it to anybody."""
    if not isinstance(first.act, Assign):
        raise WrongStep(f"a review begins by being assigned, not by {_name(first.act)}")
    return Review(
        review_id=about.review_id,
        call_id=about.call_id,
        agent=about.agent,
        scorecard_id=about.scorecard_id,
        why=about.why,
        reviewer=first.act.reviewer,
        state=ReviewState.ASSIGNED,
        history=(first,),
    )


def replayed(about: About, events: Sequence[Event]) -> Review:
    """The review after all its events. Raises `WrongStep`."""
    first, *others = events
    review = begun(about, first)
    for event in others:
        review = after(review, event)
    return review


def after(review: Review, event: Event) -> Review:
    """The review after one more act. Raises `WrongStep`; the review given is as it was."""
    if review.state not in ALLOWED[type(event.act)]:
        raise WrongStep(f"{_name(event.act)}: not while the review is {review.state.value.replace('_', ' ')}")
    _check_words(event.act)
    return replace(_changed(review, event), history=(*review.history, event))


def _changed(review: Review, event: Event) -> Review:
    """What it says, or where it stands: no act changes both but those of disputes."""
    match event.act:
        case Answer(question_id=question_id):
            return _answered(review, question_id, event)
        case Note(words=words):
            return replace(review, note=words)
        case Dispute():
            return _disputed(review, event.act, event)
        case Decide():
            return _decided(review, event.act, event)
        case act:
            return _moved(review, act)


def _moved(review: Review, act: Assign | Begin | Submit | Acknowledge | Close) -> Review:
    match act:
        case Assign(reviewer=reviewer):
            # whoever takes over begins anew; what was answered so far stays
            return replace(review, reviewer=reviewer, state=ReviewState.ASSIGNED)
        case Begin():
            return replace(review, state=ReviewState.IN_REVIEW)
        case Submit():
            return replace(review, state=ReviewState.SUBMITTED)
        case Acknowledge():
            return replace(review, state=ReviewState.CLOSED, ending=Ending.ACKNOWLEDGED)
        case Close():
            seen = review.state is ReviewState.SUBMITTED
            return replace(review, state=ReviewState.CLOSED, ending=Ending.NOT_ANSWERED if seen else Ending.WITHDRAWN)


def _answered(review: Review, question_id: QuestionId, event: Event) -> Review:
    return replace(review, answers=MappingProxyType({**review.answers, question_id: event}))


def _disputed(review: Review, act: Dispute, event: Event) -> Review:
    if any(one.question_id == act.question_id for one in review.disputes):
        raise WrongStep(f"dispute: the question {act.question_id!r} was disputed before")
    dispute = Disputed(question_id=act.question_id, words=act.words, by=event.by, at=event.at)
    return replace(review, state=ReviewState.DISPUTED, disputes=(*review.disputes, dispute))


def _decided(review: Review, act: Decide, event: Event) -> Review:
    if (act.ruling is Ruling.CHANGED) != (act.value is not None):
        raise WrongStep("decide: a changed answer needs its new value, an upheld one has none")
    if all(one.question_id != act.question_id for one in review.open_disputes):
        raise WrongStep(f"decide: no dispute of the question {act.question_id!r} is open")
    disputes = tuple(
        replace(one, decided=event) if one.question_id == act.question_id else one for one in review.disputes
    )
    if act.ruling is Ruling.CHANGED:
        review = _answered(review, act.question_id, event)
    decided = all(one.decided is not None for one in disputes)
    state, ending = (ReviewState.CLOSED, Ending.DECIDED) if decided else (review.state, None)
    return replace(review, disputes=disputes, state=state, ending=ending)


def _check_words(act: Act) -> None:
    """An answer, a dispute, a decision and an end say why. Raises `WrongStep`."""
    if isinstance(act, Answer | Dispute | Decide | Close) and not act.words.strip():
        raise WrongStep(f"{_name(act)}: say why")


def _name(act: Act) -> str:
    return type(act).__name__.lower()
