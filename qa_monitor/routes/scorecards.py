"""Scorecards in force, what calls earned by them, humans' answers, and re-scoring."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from fastapi import APIRouter, HTTPException

from alerts.files.problems import RuleError
from qa_monitor.application import Application
from qa_monitor.backtest.query import QueryError, parse_query
from qa_monitor.records.errors import NotKept, StoreError
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.reviewing import check_not_blind, check_not_own
from qa_monitor.routes.visitors import Who, check_sees_call, sight_of
from qa_monitor.rules.schemas import RefusedJson
from qa_monitor.rules.wire import problems_json
from qa_monitor.scorecards.loading import check_text
from qa_monitor.scorecards.port import OldScore
from qa_monitor.scorecards.records import CallScore, Rescoring
from qa_monitor.scorecards.rescoring import Running
from qa_monitor.scorecards.schemas import (
    CheckedScorecardJson,
    NewAnswerJson,
    NewRescoringJson,
    RescoringJson,
    ScorecardDraftJson,
    ScorecardsJson,
    ScoreJson,
    ScoresJson,
)
from qa_monitor.scorecards.wire import override_json, rescoring_json, score_json, scorecard_json
from qa_monitor.scorecards.worker import Task
from streams.records import CallId

router = APIRouter(prefix="/v1", tags=["scorecards"])
T = TypeVar("T")


@router.get("/scorecards")
async def scorecards(parts: Parts, who: Who) -> ScorecardsJson:
    """What calls are scored by now, and the last change of files where it was refused."""
    found = parts.after.scorecards
    refused = found.refused
    return ScorecardsJson(
        since=found.since,
        scorecards=[scorecard_json(one.scorecard) for one in found.ready],
        refused=None if refused is None else RefusedJson(at=refused.at, problems=problems_json(refused.problems)),
    )


@router.post("/scorecards/check")
async def check(body: ScorecardDraftJson, parts: Parts, who: Who) -> CheckedScorecardJson:
    """Everything wrong in a draft, or what it asks. Nothing changes by asking."""
    try:
        ready = await asyncio.to_thread(check_text, body.text, parts.after.scorecards.book)
    except RuleError as error:
        return CheckedScorecardJson(problems=problems_json(error.problems), scorecard=None)
    return CheckedScorecardJson(problems=[], scorecard=scorecard_json(ready.scorecard))


@router.get("/calls/{call_id}/scores", responses={404: {}, 409: {}, 503: {}})
async def scores(call_id: str, parts: Parts, who: Who) -> ScoresJson:
    """What a call earned: the current scores first, then those they replaced; and what humans changed.

    409 to those who calibrate this call, until the calibration is closed.
    """
    await _check_call(parts, who, call_id)
    await check_not_blind(parts, who, call_id)
    found = await _kept(parts.after.scores.scores_of(CallId(call_id)))
    said = await _kept(parts.after.scores.overrides(CallId(call_id)))
    return ScoresJson(
        call_id=call_id,
        scores=[await _json(parts, score) for score in found],
        overrides=[override_json(one) for one in said],
    )


@router.put(
    "/calls/{call_id}/scores/{scorecard_id}/answers/{question_id}",
    responses={403: {}, 404: {}, 409: {}, 422: {}, 503: {}},
)
async def answer(
    call_id: str, scorecard_id: str, question_id: str, body: NewAnswerJson, parts: Parts, who: Who
) -> ScoreJson:
    """A human answers a question of the current score, with a reason; points and total follow.

    It outlives every later score by the machine, for as long as the scorecard asks the question.
    """
    await _check_call(parts, who, call_id)
    await check_not_blind(parts, who, call_id)
    await check_not_own(parts, who, call_id)
    found = await _kept(parts.after.scores.scores_of(CallId(call_id)))
    current = next((one for one in found if one.current and one.scorecard_id == scorecard_id), None)
    if current is None:
        raise HTTPException(404, f"call {call_id} has no score by {scorecard_id}")
    try:
        changed = await _kept(
            parts.after.scores.override(
                current.score_id,
                question_id,
                body.value,
                reason=body.reason,
                by=who.signed(body.by),
                at=parts.clock(),
            )
        )
    except OldScore as error:
        raise HTTPException(409, str(error)) from error
    return await _json(parts, changed)


@router.get("/scorecards/rescoring", responses={404: {}, 503: {}})
async def rescoring(parts: Parts, who: Who) -> RescoringJson:
    """The last re-scoring, as far as it has come."""
    return _job(parts, await _kept(parts.after.rescorings.latest()))


@router.post("/scorecards/rescoring", status_code=202, responses={409: {}, 422: {}, 503: {}})
async def rescore(body: NewRescoringJson, parts: Parts, who: Who) -> RescoringJson:
    """Score calls of one's own teams once more, in a process of its own; one job at a time.

    Old results stay as history, and what humans answered stays on top. One that was stopped goes on where it was.
    """
    try:
        parse_query(body.calls)
    except QueryError as error:
        raise HTTPException(422, str(error)) from error
    task = Task(
        data_dir=str(parts.settings.data_dir),
        rules=tuple(map(str, parts.rules.files())),
        scorecards=tuple(map(str, parts.after.scorecards.files())),
        calls=body.calls,
        began_at=parts.clock(),
        sight=sight_of(parts, who),
        longest_utterance_s=parts.settings.longest_utterance_s,
        left_out=tuple(parts.after.after_end.left_out()),
    )
    try:
        job = await _kept(parts.after.rescorings.start(task, who.name, resume=body.resume, tell=body.tell))
    except Running as error:
        raise HTTPException(409, str(error)) from error
    return _job(parts, job)


@router.delete("/scorecards/rescoring", responses={404: {}, 503: {}})
async def stop(parts: Parts, who: Who) -> RescoringJson:
    """Stop it: what was scored stays scored, and asking for the same calls goes on from there."""
    return _job(parts, await _kept(parts.after.rescorings.stop()))


async def _json(parts: Application, score: CallScore) -> ScoreJson:
    return score_json(score, await _kept(parts.after.scores.scorecard(score.scorecard_id, score.version)))


def _job(parts: Application, job: Rescoring | None) -> RescoringJson:
    if job is None:
        raise HTTPException(404, "nothing was scored once more yet")
    return rescoring_json(job, parts.after.rescorings.rate)


async def _check_call(parts: Application, who: Who, call_id: str) -> None:
    await check_sees_call(parts, who, call_id)
    if await _kept(parts.store.call(CallId(call_id))) is None:
        raise HTTPException(404, f"no call {call_id} is kept")


async def _kept(found: Awaitable[T]) -> T:
    """What the store has. Raises 404 for what is not there, 503 where it cannot tell."""
    try:
        return await found
    except NotKept as error:
        raise HTTPException(404, str(error)) from error
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
