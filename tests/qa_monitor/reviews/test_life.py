"""A review goes its way and no other; nothing that was done to it is lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_monitor.people.records import AgentKey
from qa_monitor.reviews.life import WrongStep, after, begun, replayed
from qa_monitor.reviews.records import (
    Acknowledge,
    Act,
    Answer,
    Assign,
    Begin,
    Close,
    Decide,
    Dispute,
    Ending,
    Note,
    QuestionId,
    Review,
    ReviewerId,
    ReviewState,
    Ruling,
    Submit,
    Value,
    value_of,
)
from qa_monitor.reviews.rights import Actor, NotYours, check_may, sees_as_agent
from tests.qa_monitor.reviewed import ABOUT, AGENT, GREETED, OFFERED, an_event

FIRST = Assign(reviewer=ReviewerId("ann"))
QUESTIONS = st.sampled_from([GREETED, OFFERED, QuestionId("closed")])
WORDS = st.sampled_from(["", "because", " "])
VALUES = st.sampled_from(Value)
ACTS: st.SearchStrategy[Act] = st.one_of(
    st.builds(Assign, reviewer=st.sampled_from([ReviewerId("ann"), ReviewerId("ben")])),
    st.just(Begin()),
    st.builds(Answer, question_id=QUESTIONS, value=VALUES, words=WORDS),
    st.builds(Note, words=WORDS),
    st.just(Submit()),
    st.just(Acknowledge()),
    st.builds(Dispute, question_id=QUESTIONS, words=WORDS),
    st.builds(Decide, question_id=QUESTIONS, ruling=st.sampled_from(Ruling), words=WORDS, value=st.none() | VALUES),
    st.builds(Close, words=WORDS),
)
AFTER_SUBMISSION: st.SearchStrategy[list[Act]] = st.just([Begin(), Submit()])


def a_review(*acts: Act) -> Review:
    return replayed(ABOUT, [an_event(act, minutes=minute) for minute, act in enumerate((FIRST, *acts))])


@given(start=st.one_of(st.just([]), AFTER_SUBMISSION), acts=st.lists(ACTS, max_size=14))
@settings(max_examples=300, deadline=None)
def test_whatever_is_tried_a_review_stays_sound(start: list[Act], acts: list[Act]) -> None:
    """What is refused leaves no trace; what is done is kept for ever; the end is the end."""
    review, done = begun(ABOUT, an_event(FIRST)), [an_event(FIRST)]
    for minute, act in enumerate([*start, *acts]):
        event = an_event(act, minutes=minute)
        before = review
        try:
            review = after(review, event)
        except WrongStep:
            assert review is before
            continue
        done.append(event)

        assert before.state is not ReviewState.CLOSED
        assert review.history == (*before.history, event)
        assert (review.state is ReviewState.CLOSED) == (review.ending is not None)
        assert (review.state is ReviewState.DISPUTED) == bool(review.open_disputes)
        assert review.submitted or not review.disputes
        assert len({one.question_id for one in review.disputes}) == len(review.disputes)
        assert all(event.act.words.strip() for event in review.answers.values() if isinstance(event.act, Answer))
    assert replayed(ABOUT, done) == review


def test_a_review_that_is_acknowledged() -> None:
    review = a_review(
        Begin(),
        Answer(question_id=GREETED, value=Value.NO, words="no name"),
        Note(words="Well done."),
        Submit(),
        Acknowledge(),
    )

    assert (review.state, review.ending) == (ReviewState.CLOSED, Ending.ACKNOWLEDGED)
    assert value_of(review.answers[GREETED]) is Value.NO
    assert review.note == "Well done."
    assert [type(event.act).__name__ for event in review.history] == [
        "Assign",
        "Begin",
        "Answer",
        "Note",
        "Submit",
        "Acknowledge",
    ]


def test_every_dispute_is_decided_before_it_ends() -> None:
    """A changed answer holds from then on, by the lead; the reviewer's stays in the history."""
    disputed = a_review(
        Begin(),
        Answer(question_id=GREETED, value=Value.NO, words="no name"),
        Submit(),
        Dispute(question_id=GREETED, words="I said it at once"),
        Dispute(question_id=OFFERED, words="twice"),
    )
    changed = Decide(question_id=GREETED, ruling=Ruling.CHANGED, words="heard it", value=Value.YES)
    half = after(disputed, an_event(changed, by="dan"))
    whole = after(half, an_event(Decide(question_id=OFFERED, ruling=Ruling.UPHELD, words="once"), by="dan"))

    assert half.state is ReviewState.DISPUTED
    assert (whole.state, whole.ending) == (ReviewState.CLOSED, Ending.DECIDED)
    assert (value_of(whole.answers[GREETED]), whole.answers[GREETED].by) == (Value.YES, "dan")
    assert any(isinstance(event.act, Answer) and event.act.value is Value.NO for event in whole.history)


def test_a_review_given_to_somebody_else_keeps_its_answers() -> None:
    review = a_review(
        Begin(), Answer(question_id=GREETED, value=Value.NA, words="cut off"), Assign(reviewer=ReviewerId("ben"))
    )

    assert (review.reviewer, review.state) == ("ben", ReviewState.ASSIGNED)
    assert GREETED in review.answers


@pytest.mark.parametrize(
    ("acts", "ending"),
    [((), Ending.WITHDRAWN), ((Begin(),), Ending.WITHDRAWN), ((Begin(), Submit()), Ending.NOT_ANSWERED)],
)
def test_a_lead_may_end_it(acts: tuple[Act, ...], ending: Ending) -> None:
    assert a_review(*acts, Close(words="agent left")).ending is ending


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        ((Submit(),), "not while the review is assigned"),
        ((Begin(), Answer(question_id=GREETED, value=Value.YES, words=" ")), "say why"),
        ((Begin(), Submit(), Answer(question_id=GREETED, value=Value.YES, words="x")), "review is submitted"),
        ((Begin(), Submit(), Dispute(question_id=GREETED, words="x"), Acknowledge()), "disputed"),
        ((Begin(), Submit(), Dispute(question_id=GREETED, words="x"), Close(words="x")), "disputed"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(acts: tuple[Act, ...], said: str) -> None:
    with pytest.raises(WrongStep, match=said):
        a_review(*acts)


def test_a_decision_says_what_holds_if_and_only_if_it_changes_it() -> None:
    disputed = a_review(Begin(), Submit(), Dispute(question_id=GREETED, words="x"))
    for ruling, value in ((Ruling.CHANGED, None), (Ruling.UPHELD, Value.YES)):
        with pytest.raises(WrongStep, match="new value"):
            after(disputed, an_event(Decide(question_id=GREETED, ruling=ruling, words="x", value=value)))


ANN, LEAD, OTHER = Actor(name="ann"), Actor(name="dan", leads=True), Actor(name="cleo")
EVE = Actor(name="eve", agent=AGENT)
OPERATOR = Actor(name="console", leads=True, operator=True)
REVIEWING = (Begin(), Note(words="x"), Submit(), Answer(question_id=GREETED, value=Value.YES, words="x"))
LEADING = (FIRST, Close(words="x"), Decide(question_id=GREETED, ruling=Ruling.UPHELD, words="x"))
ANSWERING = (Acknowledge(), Dispute(question_id=GREETED, words="x"))


@pytest.mark.parametrize(
    ("acts", "allowed"),
    [(REVIEWING, {"ann", "console"}), (LEADING, {"dan", "console"}), (ANSWERING, {"eve"})],
    ids=["reviewing", "leading", "answering"],
)
def test_everybody_does_their_own_part(acts: tuple[Act, ...], allowed: set[str]) -> None:
    review = a_review()
    for act in acts:
        found = set()
        for actor in (ANN, LEAD, OTHER, EVE, OPERATOR):
            try:
                check_may(actor, act, review, {AGENT})
            except NotYours:
                continue
            found.add(actor.name)

        assert found == allowed


@pytest.mark.parametrize("act", [*REVIEWING, *LEADING])
def test_nobody_reviews_or_decides_their_own_call(act: Act) -> None:
    """Not even as a reviewer and lead who once had a part of the call."""
    other_part = AgentKey("default", "agent-8")
    myself = Actor(name="ann", leads=True, agent=other_part)

    with pytest.raises(NotYours, match="of their own"):
        check_may(myself, act, a_review(), {AGENT, other_part})


def test_the_agent_sees_it_once_it_is_submitted() -> None:
    stranger = replace(EVE, agent=AgentKey("default", "agent-9"))

    assert not sees_as_agent(EVE, a_review(Begin()))
    assert sees_as_agent(EVE, a_review(Begin(), Submit()))
    assert not sees_as_agent(stranger, a_review(Begin(), Submit()))
    assert not sees_as_agent(EVE, a_review(Close(words="not this one")))
