"""Blind calibrations: several people, the same calls, nobody sees another's answers before all are in."""

from secrets import token_hex
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from qa_monitor.application import Application
from qa_monitor.reviews.agreement import agreements
from qa_monitor.reviews.calibration import Calibration, CalibrationId, Given, Said, Sheet
from qa_monitor.reviews.calibration_schemas import (
    AgreementsJson,
    CalibratedJson,
    CalibrationJson,
    CalibrationsJson,
    NewCalibrationJson,
    NewSheetJson,
)
from qa_monitor.reviews.calibration_wire import agreements_json, calibration_json, scorecard_name
from qa_monitor.reviews.machine import current, said_by_machine
from qa_monitor.reviews.records import QuestionId, ReviewerId
from qa_monitor.reviews.typed import screened
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.reviewing import actor_of, blind_for, check_reviewer, kept_call, refusals
from qa_monitor.routes.visitors import Who
from qa_monitor.scorecards.records import CallScore, Scorecard
from qa_monitor.security.visitor import Visitor
from streams.records import CallId

router = APIRouter(prefix="/v1/calibrations", tags=["reviews"], responses={503: {}})
REFUSED: dict[int | str, dict[str, object]] = {404: {}, 409: {}}


@router.get("")
async def calibrations(parts: Parts, who: Who, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> CalibrationsJson:
    """Those one is asked by, and those of calls one may see, the newest first."""
    with refusals():
        found = await parts.after.reviewing.calibrations.calibrations(limit)
    shown = [one for one in found if await _shows(parts, who, one)]
    return CalibrationsJson(calibrations=[await _told(parts, who, one) for one in shown])


@router.get("/agreement")
async def agreement(parts: Parts, who: Who) -> CalibratedJson:
    """Of every version of a scorecard that was calibrated, over all its calibrated calls but those one calibrates."""
    blind = await blind_for(parts, who)
    with refusals():
        found = await parts.after.reviewing.calibrations.calibrations(200)
        shown = [one for one in found if one.closed and await _shows(parts, who, one)]
        versions = dict.fromkeys((one.scorecard_id, one.version) for one in shown)
        told = []
        for scorecard_id, version in versions:
            scorecard = await parts.after.reviewing.scores.scorecard(scorecard_id, version)
            every = await parts.after.reviewing.calibrations.said(scorecard_id, version)
            said = [one for one in every if one.call_id not in blind]
            rows = agreements_json(agreements(said), scorecard, parts.after.reviewing.trust.floors(scorecard))
            name = scorecard_name(scorecard, scorecard_id)
            told.append(AgreementsJson(scorecard_id=scorecard_id, scorecard_name=name, version=version, agreement=rows))
    return CalibratedJson(scorecards=told)


@router.post("", status_code=201, responses={**REFUSED, 422: {}})
async def begin(body: NewCalibrationJson, parts: Parts, who: Who) -> CalibrationJson:
    """Ask these people about these calls. What the machine said is kept as it is now, and shown to nobody yet."""
    machine: list[Said] = []
    versions = set()
    for call_id in dict.fromkeys(body.calls):
        stored = await kept_call(parts, who, call_id)
        for reviewer in body.reviewers:
            check_reviewer(parts, who, reviewer, stored)
        score = await _score(parts, call_id, body.scorecard_id)
        versions.add(score.version)
        machine.extend(said_by_machine(score))
    if len(versions) != 1:
        raise HTTPException(409, "these calls were scored by different versions of the scorecard: score them again")
    new = Calibration(
        calibration_id=CalibrationId(token_hex(8)),
        title=screened(body.title, frozenset(parts.settings.redact)),
        scorecard_id=body.scorecard_id,
        version=versions.pop(),
        calls=tuple(CallId(one) for one in dict.fromkeys(body.calls)),
        reviewers=_reviewers(body.reviewers),
        by=who.name,
        at=parts.clock(),
        machine=tuple(machine),
    )
    with refusals():
        await parts.after.reviewing.calibrations.begin(new)
    return await _told(parts, who, new)


@router.get("/{calibration_id}", responses={404: {}})
async def calibration(calibration_id: str, parts: Parts, who: Who) -> CalibrationJson:
    """As far as one may see it: one's own answers until it is closed, then everything."""
    return await _told(parts, who, await _seen(parts, who, calibration_id))


@router.post("/{calibration_id}/calls/{call_id}", status_code=201, responses=REFUSED)
async def hand_in(calibration_id: str, call_id: str, body: NewSheetJson, parts: Parts, who: Who) -> CalibrationJson:
    """Hand in what one answers for one call. It is not changed afterwards; the last sheet closes the calibration."""
    found = await _seen(parts, who, calibration_id)
    scorecard = await _scorecard(parts, found)
    asked = set() if scorecard is None else {question.question_id for _, question in scorecard.questions}
    if unknown := sorted(set(body.answers) - asked):
        raise HTTPException(404, f"no question {unknown[0]} is asked of this call")
    kinds = frozenset(parts.settings.redact)
    sheet = Sheet(
        call_id=CallId(call_id),
        reviewer=ReviewerId(who.name),
        at=parts.clock(),
        answers={
            QuestionId(question): Given(value=one.value, words=screened(one.words, kinds))
            for question, one in body.answers.items()
        },
    )
    with refusals():
        now = await parts.after.reviewing.calibrations.hand_in(found.calibration_id, sheet)
        if now.closed:
            await parts.after.reviewing.trust.read()
    return await _told(parts, who, now)


@router.post("/{calibration_id}/close", responses=REFUSED)
async def close(calibration_id: str, parts: Parts, who: Who) -> CalibrationJson:
    """Close it with what was handed in: who has not, is not waited for."""
    found = await _seen(parts, who, calibration_id)
    with refusals():
        closed = await parts.after.reviewing.calibrations.close(found.calibration_id, who.name, parts.clock())
        await parts.after.reviewing.trust.read()
    return await _told(parts, who, closed)


def _reviewers(names: list[str]) -> tuple[ReviewerId, ...]:
    found = tuple(ReviewerId(name) for name in dict.fromkeys(names))
    if len(found) < 2:
        raise HTTPException(422, "reviewers: two different people at least")
    return found


async def _score(parts: Application, call_id: str, scorecard_id: str) -> CallScore:
    with refusals():
        found = current(await parts.after.reviewing.scores.scores_of(CallId(call_id)), scorecard_id)
    if found is None:
        raise HTTPException(409, f"the call {call_id} has no score by the scorecard {scorecard_id!r} yet")
    return found


async def _scorecard(parts: Application, one: Calibration) -> Scorecard | None:
    with refusals():
        return await parts.after.reviewing.scores.scorecard(one.scorecard_id, one.version)


async def _seen(parts: Application, who: Visitor, calibration_id: str) -> Calibration:
    """Raises 404 for one that is not theirs to see."""
    with refusals():
        found = await parts.after.reviewing.calibrations.calibration(CalibrationId(calibration_id))
    if found is None or not await _shows(parts, who, found):
        raise HTTPException(404, f"no calibration {calibration_id} is kept")
    return found


async def _shows(parts: Application, who: Visitor, one: Calibration) -> bool:
    """Whether they are asked by it, or lead those who are; all its calls must be theirs to see in any case."""
    if who.name not in one.reviewers and not actor_of(who).leads:
        return False
    try:
        for call_id in one.calls:
            await kept_call(parts, who, call_id)
    except HTTPException as error:
        if error.status_code == 404:
            return False
        raise
    return True


async def _told(parts: Application, who: Visitor, one: Calibration) -> CalibrationJson:
    scorecard = await _scorecard(parts, one)
    blind = await blind_for(parts, who)
    return calibration_json(one, scorecard, parts.after.reviewing.trust.floors(scorecard), who.name, blind)
