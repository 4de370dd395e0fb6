"""Reviews, comments and calibrations on real files."""

import asyncio
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.records.errors import NotKept
from qa_monitor.reviews.calibration import NotNow
from qa_monitor.reviews.comments import Shared, WrongThread
from qa_monitor.reviews.life import WrongStep
from qa_monitor.reviews.port import Sought
from qa_monitor.reviews.records import (
    Acknowledge,
    Act,
    Answer,
    Assign,
    Begin,
    Decide,
    Dispute,
    Note,
    Review,
    ReviewerId,
    ReviewId,
    ReviewState,
    Ruling,
    Submit,
    Value,
)
from qa_monitor.reviews.trust import Trust
from qa_monitor.reviews.weak import Floor
from qa_monitor.scorecards.records import AnswerValue
from qa_monitor.store.database.database import FILE
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallEnded, CallId, EndReason
from tests.qa_monitor.builders import a_call
from tests.qa_monitor.reviewed import (
    ABOUT,
    AGENT,
    CARD,
    GREETED,
    NOON,
    OFFERED,
    a_calibration,
    a_score,
    a_scorecard,
    a_sheet,
    an_event,
)
from tests.qa_monitor.reviews.test_calibration import a_comment
from tests.qa_monitor.staff import NORTH, SOUTH
from tests.qa_monitor.storing import a_store

FIRST = an_event(Assign(reviewer=ReviewerId("ann"), words="March sample"), by="dan")
WAY: list[Act] = [
    Begin(),
    Answer(question_id=GREETED, value=Value.YES, words="at 2 s"),
    Note(words="Good opening."),
    Submit(),
    Dispute(question_id=OFFERED, words="I did"),
    Decide(question_id=OFFERED, ruling=Ruling.CHANGED, words="indeed not", value=Value.NO),
]


async def with_calls(store: SqliteStore, *names: str) -> None:
    """Over and scored."""
    await store.scorecards.save_scorecard(a_scorecard(), NOON)
    for name in names:
        call = replace(a_call(name), agent_id=AGENT.agent_id, team="north")
        await store.save_call(call)
        await store.end_call(CallEnded(call_id=call.call_id, end_s=12.0, reason=EndReason.END), NOON)
        await store.scorecards.save_score(a_score(name))


async def go(store: SqliteStore, *acts: Act) -> Review:
    review = await store.reviews.begin(ABOUT, FIRST)
    for minute, act in enumerate(acts, start=1):
        review = await store.reviews.act(ABOUT.review_id, an_event(act, minutes=minute), lambda _: None)
    return review


def test_a_review_is_read_back_as_it_was_left(tmp_path: Path) -> None:
    """Event by event; and found by whoever looks for it, in the sight they have."""

    async def scenario() -> None:
        async with a_store(tmp_path) as store:
            await with_calls(store, "call-1")
            review = await go(store, *WAY)
            assert await store.reviews.review(ABOUT.review_id) == review
            assert len(review.history) == len(WAY) + 1
            north, south = (Sight(teams=frozenset({team}), known=frozenset({NORTH, SOUTH})) for team in (NORTH, SOUTH))
            assert await store.reviews.reviews(Sought(reviewer=ReviewerId("ann")), north) == (review,)
            assert await store.reviews.reviews(Sought(), south) == ()
            waiting = Sought(states=frozenset({ReviewState.ASSIGNED}), call_id=ABOUT.call_id)
            assert await store.reviews.reviews(waiting, EVERYTHING) == ()
            assert await store.reviews.of_agent(AGENT, 5) == (review,)
            assert await store.reviews.review(ReviewId("none")) is None

    asyncio.run(scenario())


def test_the_score_follows_a_review_when_it_is_submitted_and_when_it_is_decided(tmp_path: Path) -> None:
    """Not before; with who said it, and the machine's word beside it."""

    async def scenario() -> None:
        async with a_store(tmp_path) as store:
            await with_calls(store, "call-1")
            await go(store, *WAY[:3])
            (before,) = await store.scorecards.scores_of(ABOUT.call_id)
            assert all(not answer.human for answer in before.answers)
            for act in WAY[3:]:
                await store.reviews.act(ABOUT.review_id, an_event(act, by="dan", minutes=9), lambda _: None)
            (after,) = await store.scorecards.scores_of(ABOUT.call_id)
            greeted, offered = after.answers
            assert (greeted.value, greeted.by, greeted.reason) == (AnswerValue.YES, "ann", "at 2 s")
            assert (offered.value, offered.by, offered.machine_value) == (AnswerValue.NO, "dan", AnswerValue.YES)

    asyncio.run(scenario())


def test_what_is_refused_leaves_nothing_behind(tmp_path: Path) -> None:
    """A wrong step, and one that somebody may not do at that very moment."""

    async def scenario() -> None:
        async with a_store(tmp_path) as store:
            await with_calls(store, "call-1")
            before = await go(store, Begin())

            def refuse(review: Review) -> None:
                assert review == before
                raise PermissionError("not yours")

            with pytest.raises(WrongStep):
                await store.reviews.act(ABOUT.review_id, an_event(Acknowledge()), lambda _: None)
            with pytest.raises(PermissionError):
                await store.reviews.act(ABOUT.review_id, an_event(Submit()), refuse)
            with pytest.raises(NotKept):
                await store.reviews.act(ReviewId("none"), an_event(Submit()), lambda _: None)
            with pytest.raises(NotKept):
                await store.reviews.begin(replace(ABOUT, call_id=CallId("none")), FIRST)
            assert await store.reviews.review(ABOUT.review_id) == before

    asyncio.run(scenario())


def test_comments_are_kept_in_their_threads(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with a_store(tmp_path) as store:
            await with_calls(store, "call-1")
            first, answer = a_comment("first", Shared.AGENT), a_comment("second", Shared.AGENT, to="first")
            for one in (first, answer):
                await store.reviews.comment(one)
            with pytest.raises(WrongThread):
                await store.reviews.comment(a_comment("third", to="none"))
            assert await store.reviews.comments(CallId("call-1")) == (first, answer)

    asyncio.run(scenario())


def test_the_database_lets_nobody_write_over_what_was_said(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with a_store(tmp_path) as store:
            await with_calls(store, "call-1")
            await go(store, Begin())
            await store.reviews.comment(a_comment("first"))
            await store.calibrations.begin(a_calibration("ann", "ben"))
            await store.calibrations.hand_in(a_calibration().calibration_id, a_sheet("ann"))

    asyncio.run(scenario())
    connection = sqlite3.connect(tmp_path / FILE)
    for table in ("review_events", "call_comments", "calibration_answers"):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute(f"UPDATE {table} SET words = 'other'")
    connection.close()


def test_a_calibration_closes_with_its_last_sheet(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with a_store(tmp_path) as store:
            await with_calls(store, "call-1")
            new = a_calibration("ann", "ben")
            await store.calibrations.begin(new)
            assert await store.calibrations.calibration(new.calibration_id) == new
            assert await store.calibrations.open_for(ReviewerId("ann")) == (new,)
            half = await store.calibrations.hand_in(new.calibration_id, a_sheet("ann"))
            with pytest.raises(NotNow):
                await store.calibrations.hand_in(new.calibration_id, a_sheet("ann"))
            whole = await store.calibrations.hand_in(new.calibration_id, a_sheet("ben"))
            assert (half.closed, whole.closed, whole.closed_by) == (False, True, "ben")
            assert await store.calibrations.calibrations(5) == (whole,)
            assert await store.calibrations.open_for(ReviewerId("ann")) == ()
            with pytest.raises(NotNow):
                await store.calibrations.close(new.calibration_id, "dan", NOON)

    asyncio.run(scenario())


def test_only_closed_calibrations_say_which_questions_are_weak(tmp_path: Path) -> None:
    """By the version of the scorecard: another one begins anew."""
    names = [f"call-{number}" for number in range(6)]

    async def scenario() -> None:
        async with a_store(tmp_path) as store:
            await with_calls(store, *names)
            new = a_calibration("ann", "ben", calls=tuple(names))
            await store.calibrations.begin(new)
            for number, name in enumerate(names):
                value = Value.NO if number % 2 else Value.YES
                await store.calibrations.hand_in(new.calibration_id, a_sheet("ann", name, answers={GREETED: value}))
            assert await store.calibrations.calibrated() == ()
            await store.calibrations.close(new.calibration_id, "dan", NOON)
            assert await store.calibrations.calibrated() == ((CARD, "1"),)
            later = replace(a_scorecard(), version="2")
            for card, expected in ((a_scorecard(), {(CARD, GREETED)}), (later, set())):
                in_force = [card]
                trust = Trust(store.calibrations, Floor(kappa=0.4, calls=4), in_force.__iter__)
                assert trust.left_out() == set()
                await trust.read()
                assert trust.left_out() == expected

    asyncio.run(scenario())
