"""Records about scorecards to their JSON shapes. Plain functions."""

from qa_monitor.schemas.shape import Bilingual
from qa_monitor.scorecards.adding import total_of
from qa_monitor.scorecards.records import Answer, CallScore, Override, Question, Rescoring, Scorecard
from qa_monitor.scorecards.schemas import (
    AnswerJson,
    OverrideJson,
    QuestionJson,
    RescoringJson,
    ScorecardJson,
    ScoreJson,
    SectionJson,
    SpanJson,
)


def scorecard_json(scorecard: Scorecard) -> ScorecardJson:
    """One version."""
    return ScorecardJson(
        scorecard_id=scorecard.scorecard_id,
        version=scorecard.version,
        name=Bilingual(en=scorecard.name_en, fr=scorecard.name_fr),
        sections=[
            SectionJson(
                section_id=section.section_id,
                name=Bilingual(en=section.name_en, fr=section.name_fr),
                weight=section.weight,
                questions=[_question(question) for question in section.questions],
            )
            for section in scorecard.sections
        ],
    )


def score_json(score: CallScore, scorecard: Scorecard | None) -> ScoreJson:
    """One score, with the scorecard as it was then."""
    return ScoreJson(
        score_id=score.score_id,
        scorecard_id=score.scorecard_id,
        version=score.version,
        at=score.at,
        total=score.total,
        failed=score.failed,
        failed_by=[] if scorecard is None else list(total_of(scorecard, score.answers).failed_by),
        state=score.state,
        current=score.current,
        answers=[answer_json(answer) for answer in score.answers],
        scorecard=None if scorecard is None else scorecard_json(scorecard),
    )


def answer_json(answer: Answer) -> AnswerJson:
    """One answer."""
    return AnswerJson(
        question_id=answer.question_id,
        section_id=answer.section_id,
        value=answer.value,
        points=answer.points,
        possible=answer.possible,
        confidence=answer.confidence,
        spans=[
            SpanJson(start_s=span.start_s, end_s=span.end_s, utterance_ids=list(span.utterance_ids))
            for span in answer.spans
        ],
        by=answer.by,
        reason=answer.reason,
        at=answer.at,
        machine_value=answer.machine_value,
        rule_id=answer.rule_id,
        rule_version=answer.rule_version,
    )


def override_json(said: Override) -> OverrideJson:
    """One word of a human."""
    return OverrideJson(
        score_id=said.score_id,
        question_id=said.question_id,
        was=said.was,
        value=said.value,
        reason=said.reason,
        by=said.by,
        at=said.at,
    )


def rescoring_json(job: Rescoring, rate: float | None) -> RescoringJson:
    """How far it has come."""
    return RescoringJson(
        job_id=job.job_id,
        calls=job.calls,
        by=job.by,
        began_at=job.began_at,
        state=job.state,
        done=job.done,
        total=job.total,
        changed=job.changed,
        rate_per_s=None if rate is None else round(rate, 1),
        problem=job.problem,
    )


def _question(question: Question) -> QuestionJson:
    noted = question.coach_note_en or question.coach_note_fr
    return QuestionJson(
        question_id=question.question_id,
        text=Bilingual(en=question.text_en, fr=question.text_fr),
        points=question.points,
        auto_fail=question.auto_fail,
        manual=question.manual,
        coach_note=Bilingual(en=question.coach_note_en, fr=question.coach_note_fr) if noted else None,
    )
