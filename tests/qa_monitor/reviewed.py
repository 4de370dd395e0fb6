"""Reviews, scores and calibrations to test with."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from qa_monitor.people.records import AgentKey
from qa_monitor.records.calls import CallState
from qa_monitor.reviews.calibration import MACHINE, Calibration, CalibrationId, Given, Said, Sheet
from qa_monitor.reviews.life import About
from qa_monitor.reviews.records import Act, Event, QuestionId, ReviewerId, ReviewId, Value, Why
from qa_monitor.scorecards.adding import summed, valued
from qa_monitor.scorecards.records import Answer, AnswerValue, CallScore, Question, Scorecard, ScoreId, Section
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallId

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
AGENT = AgentKey("default", "agent-7")
CARD = "service"
GREETED, OFFERED = QuestionId("greeted"), QuestionId("offered")
ABOUT = About(review_id=ReviewId("r-1"), call_id=CallId("call-1"), agent=AGENT, scorecard_id=CARD, why=Why.RANDOM)


def an_event(act: Act, *, by: str = "ann", minutes: int = 0) -> Event:
    """Done so many minutes after noon."""
    return Event(act=act, by=by, at=NOON + timedelta(minutes=minutes))


def a_scorecard() -> Scorecard:
    """Two questions in one section."""
    questions = (
        Question(question_id=GREETED, text_en="Did the agent greet?", text_fr="L’agent a-t-il salué ?", points=2.0),
        Question(
            question_id=OFFERED, text_en="Was help offered?", text_fr="Une aide a-t-elle été offerte ?", points=3.0
        ),
    )
    section = Section(section_id="opening", name_en="Opening", name_fr="Ouverture", weight=1.0, questions=questions)
    return Scorecard(scorecard_id=CARD, version="1", name_en="Service", name_fr="Service", sections=(section,))


def a_score(call_id: str, greeted: AnswerValue = AnswerValue.NO, offered: AnswerValue = AnswerValue.YES) -> CallScore:
    """As the machine made it."""
    card = a_scorecard()
    said = {GREETED: greeted, OFFERED: offered}
    answers = tuple(
        valued(
            Answer(
                question_id=one.question_id,
                section_id=section.section_id,
                value=said[QuestionId(one.question_id)],
                at=NOON,
            ),
            one,
        )
        for section, one in card.questions
    )
    empty = CallScore(
        score_id=ScoreId(f"{call_id}-score"),
        call_id=CallId(call_id),
        scorecard_id=CARD,
        version="1",
        at=NOON,
        total=None,
    )
    return summed(empty, card, answers)


def a_calibration(*reviewers: str, calls: tuple[str, ...] = ("call-1",)) -> Calibration:
    """Just begun; the machine said yes to both questions."""
    return Calibration(
        calibration_id=CalibrationId("c-1"),
        title="March",
        scorecard_id=CARD,
        version="1",
        calls=tuple(CallId(call) for call in calls),
        reviewers=tuple(ReviewerId(one) for one in reviewers),
        by="dan",
        at=NOON,
        machine=tuple(
            Said(call_id=CallId(call), question_id=question, by=MACHINE, value=Value.YES)
            for call in calls
            for question in (GREETED, OFFERED)
        ),
    )


def a_sheet(reviewer: str, call_id: str = "call-1", *, answers: Mapping[QuestionId, Value] | None = None) -> Sheet:
    """Yes to the greeting, unless said otherwise."""
    given = answers or {GREETED: Value.YES}
    return Sheet(
        call_id=CallId(call_id),
        reviewer=ReviewerId(reviewer),
        at=NOON,
        answers={question: Given(value=value) for question, value in given.items()},
    )


async def with_scores(store: SqliteStore) -> None:
    """The calls of `people_service`, each with a score."""
    await store.scorecards.save_scorecard(a_scorecard(), NOON)
    for call in await store.calls(CallState.ENDED):
        await store.scorecards.save_score(a_score(call.call.call_id))
