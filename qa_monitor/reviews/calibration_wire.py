"""Calibrations and agreements to their JSON. Who may see what is settled before: `calibration.visible_to`."""

from collections import defaultdict
from collections.abc import Iterable, Set

from qa_monitor.reviews.agreement import Agreement, agreements
from qa_monitor.reviews.calibration import Calibration, Sheet, visible_to
from qa_monitor.reviews.calibration_schemas import (
    AgreementJson,
    CalibrationJson,
    GivenJson,
    KappaJson,
    ProgressJson,
    QuestionJson,
    SheetJson,
)
from qa_monitor.reviews.kappa import Kappa
from qa_monitor.reviews.records import QuestionId, Value
from qa_monitor.reviews.weak import Floors, weak_questions
from qa_monitor.schemas.shape import Bilingual
from qa_monitor.scorecards.records import Question, Scorecard
from streams.records import CallId


def calibration_json(
    one: Calibration, scorecard: Scorecard | None, floors: Floors, name: str, blind: Set[CallId]
) -> CalibrationJson:
    """For the person of this name, who must not learn yet what the `blind` calls earned."""
    shown = visible_to(one, name, blind)
    return CalibrationJson(
        calibration_id=one.calibration_id,
        title=one.title,
        scorecard_id=one.scorecard_id,
        scorecard_name=scorecard_name(scorecard, one.scorecard_id),
        version=one.version,
        calls=list(one.calls),
        by=one.by,
        at=one.at,
        closed_by=one.closed_by,
        closed_at=one.closed_at,
        asked=name in one.reviewers,
        progress=[ProgressJson(reviewer=who, handed_in=len(one.handed_in(who))) for who in one.reviewers],
        questions=_questions(scorecard),
        sheets=[_sheet(sheet) for sheet in shown.sheets],
        machine=_machine(shown) if one.closed else None,
        agreement=agreements_json(agreements(shown.said()), scorecard, floors) if one.closed else None,
    )


def scorecard_name(scorecard: Scorecard | None, scorecard_id: str) -> Bilingual:
    """What it is called; its id where this version of it is no longer kept."""
    if scorecard is None:
        return Bilingual(en=scorecard_id, fr=scorecard_id)
    return Bilingual(en=scorecard.name_en, fr=scorecard.name_fr)


def _sheet(sheet: Sheet) -> SheetJson:
    answers = {str(question): GivenJson(value=one.value, words=one.words) for question, one in sheet.answers.items()}
    return SheetJson(call_id=sheet.call_id, reviewer=sheet.reviewer, at=sheet.at, answers=answers)


def _machine(one: Calibration) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = defaultdict(dict)
    for said in one.machine:
        found[said.call_id][said.question_id] = said.value
    return dict(found)


def _questions(scorecard: Scorecard | None) -> list[QuestionJson]:
    if scorecard is None:
        return []
    return [
        QuestionJson(
            question_id=question.question_id,
            section_en=section.name_en,
            section_fr=section.name_fr,
            text_en=question.text_en,
            text_fr=question.text_fr,
        )
        for section, question in scorecard.questions
    ]


def agreements_json(found: Iterable[Agreement], scorecard: Scorecard | None, floors: Floors) -> list[AgreementJson]:
    """In the order of the scorecard; questions it does not ask any more come last."""
    asked = {} if scorecard is None else {question.question_id: question for _, question in scorecard.questions}
    order = {question: place for place, question in enumerate(asked)}
    told = sorted(found, key=lambda one: (order.get(one.question_id, len(order)), one.question_id))
    weak = weak_questions(told, floors)
    return [_agreement(one, asked.get(one.question_id), floors, one.question_id in weak) for one in told]


def _agreement(one: Agreement, question: Question | None, floors: Floors, weak: bool) -> AgreementJson:
    return AgreementJson(
        question_id=one.question_id,
        text_en=one.question_id if question is None else question.text_en,
        text_fr=one.question_id if question is None else question.text_fr,
        calls=one.calls,
        people_agreed=one.people_agreed,
        people=_kappa(one.people),
        machine_agreed=one.machine_agreed,
        machine=_kappa(one.machine),
        machine_calls=one.machine_calls,
        floor=floors.of(QuestionId(one.question_id)),
        needed=floors.default.calls,
        weak=weak,
    )


def _kappa(found: Kappa | None) -> KappaJson | None:
    if found is None:
        return None
    return KappaJson(value=found.value, low=found.low, high=found.high, calls=found.calls, strength=found.strength)
