"""Scores in the database: the current one, history, and humans' answers, which no machine takes away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from qa_monitor.records.calls import LATER
from qa_monitor.records.errors import NotKept
from qa_monitor.scorecards.port import OldScore
from qa_monitor.scorecards.records import JobState, Rescoring, ScoreId, ScoreQuery, ScoreState
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallEnded, CallId, EndReason
from tests.qa_monitor.builders import a_call
from tests.qa_monitor.scorecard_builders import AT, CARD, NA, NO, YES, later_card, score
from tests.qa_monitor.storing import CALL, a_store


@asynccontextmanager
async def scored_store(folder: Path) -> AsyncIterator[SqliteStore]:
    """With one call that is over, and a scorecard."""
    async with a_store(folder) as store:
        await store.save_call(a_call(CALL))
        await store.end_call(CallEnded(call_id=CALL, end_s=60.0, reason=EndReason.HANGUP), AT)
        await store.scorecards.save_scorecard(CARD, AT)
        yield store


def test_a_score_is_kept_with_its_answers_and_what_proves_them(tmp_path: Path) -> None:
    """It reads back as it was, and again after the same was saved."""

    async def run() -> None:
        async with scored_store(tmp_path) as store:
            kept = await store.scorecards.save_score(score("s1", YES, NO, YES, NA))
            again = await store.scorecards.save_score(score("s2", YES, NO, YES, NA))
            found = await store.scorecards.scores_of(CALL)

            assert found == (kept,) == (again,)
            assert kept == score("s1", YES, NO, YES, NA)

    asyncio.run(run())


def test_a_later_score_is_current_and_the_one_before_stays(tmp_path: Path) -> None:
    """Also where the scorecard itself has changed: each reads with its own questions."""

    async def run() -> None:
        async with scored_store(tmp_path) as store:
            await store.scorecards.save_score(score("s1", YES, NO, YES, NA))
            await store.scorecards.save_scorecard(later_card(), AT)
            await store.scorecards.save_score(score("s2", NO, YES, NA, card=later_card()))
            found = await store.scorecards.scores_of(CALL)

            assert [(each.score_id, each.version, each.current) for each in found] == [
                ("s2", "5e6f7a8b", True),
                ("s1", "1a2b3c4d", False),
            ]
            assert await store.scorecards.scorecard("support", "1a2b3c4d") == CARD

    asyncio.run(run())


def test_a_human_has_the_last_word(tmp_path: Path) -> None:
    """Points and total follow; the machine's answer stays beside it, and who said why is told."""

    async def run() -> None:
        async with scored_store(tmp_path) as store:
            await store.scorecards.save_score(score("s1", NO, YES, YES, NA))
            changed = await store.scorecards.override(
                ScoreId("s1"), "greeting", YES, reason="said hello", by="lead@example.com", at=AT + timedelta(hours=1)
            )
            (said,) = await store.scorecards.overrides(CALL)

            assert (changed.total, changed.state, changed.answers[0].points) == (100.0, ScoreState.HUMAN, 2)
            assert (changed.answers[0].machine_value, changed.answers[0].by) == (NO, "lead@example.com")
            assert await store.scorecards.scores_of(CALL) == (changed,)
            assert (said.was, said.value, said.reason) == (NO, YES, "said hello")

    asyncio.run(run())


def test_a_humans_answer_outlives_the_machines_next_score(tmp_path: Path) -> None:
    """On top of what the machine says now; and a question that is asked no more is gone with the scorecard."""

    async def run() -> None:
        async with scored_store(tmp_path) as store:
            await store.scorecards.save_score(score("s1", NO, NO, YES, NA))
            for asked in ("greeting", "name"):
                await store.scorecards.override(ScoreId("s1"), asked, YES, reason="heard it", by="lead", at=AT)
            await store.scorecards.save_scorecard(later_card(), AT)
            kept = await store.scorecards.save_score(score("s2", NO, YES, YES, card=later_card()))

            assert [(each.question_id, each.value, each.by) for each in kept.answers] == [
                ("greeting", YES, "lead"),
                ("notice", YES, "machine"),
                ("offer", YES, "machine"),
            ]
            assert (kept.total, kept.state, kept.answers[0].machine_value) == (100.0, ScoreState.HUMAN, NO)

    asyncio.run(run())


def test_only_a_current_score_can_be_answered(tmp_path: Path) -> None:
    """And only what it asks."""

    async def run() -> None:
        async with scored_store(tmp_path) as store:
            await store.scorecards.save_score(score("s1", NO, YES, YES, NA))
            await store.scorecards.save_score(score("s2", YES, YES, YES, NA))
            for score_id, asked, error in (("s1", "name", OldScore), ("s2", "x", NotKept), ("s3", "name", NotKept)):
                with pytest.raises(error):
                    await store.scorecards.override(ScoreId(score_id), asked, YES, reason="r", by="lead", at=AT)
            with pytest.raises(NotKept):
                await store.scorecards.save_score(score("s4", YES, YES, YES, NA, call_id="nowhere"))
            with pytest.raises(NotKept):
                await store.scorecards.save_score(replace(score("s5", YES, YES, YES, NA), version="unknown"))

    asyncio.run(run())


def test_scores_are_found_by_total_and_state(tmp_path: Path) -> None:
    """Current ones only, without their answers."""

    async def run() -> None:
        async with scored_store(tmp_path) as store:
            kept = await store.scorecards.save_scores(
                [score("s1", YES, YES, NO, NA), score("s2", YES, YES, YES, NA, call_id="gone")]
            )
            failed = await store.scorecards.scored(ScoreQuery(failed=True, at_most=10, state=ScoreState.MACHINE))

            assert (kept.changed, len(kept.scores)) == (1, 1)
            assert failed == (replace(score("s1", YES, YES, NO, NA), answers=()),)
            assert await store.scorecards.scored(ScoreQuery(at_least=10)) == ()

    asyncio.run(run())


def test_calls_that_are_over_and_have_no_score_are_found(tmp_path: Path) -> None:
    """Not those still to be transcribed, nor those that go on."""

    async def run() -> None:
        async with scored_store(tmp_path) as store:
            since = a_call(CALL).started_at - timedelta(days=1)
            for name in ("live", "late"):
                await store.save_call(a_call(CallId(name)))
            await store.end_call(CallEnded(call_id=CallId("late"), end_s=60.0, reason=EndReason.HANGUP), AT)
            await store.save_blind(CallId("late"), LATER)
            before = await store.scorecards.unscored(since, AT, 10, late_too=True)
            await store.scorecards.save_score(score("s1", NO, YES, YES, NA))

            assert before == (CALL,)
            assert await store.scorecards.unscored(since, AT, 10, late_too=True) == ()

    asyncio.run(run())


def test_how_far_a_rescoring_has_come_is_kept(tmp_path: Path) -> None:
    """The last one begun is the one that can go on."""

    async def run() -> None:
        job = Rescoring(job_id="a", calls="all", by="lead", began_at=AT, state=JobState.RUNNING)
        async with a_store(tmp_path) as store:
            await store.scorecards.save_rescoring(job)
            further = replace(job, done=10, total=20, last_call_id=CALL, state=JobState.STOPPED)
            await store.scorecards.save_rescoring(further)

            assert await store.scorecards.rescoring() == further

    asyncio.run(run())
