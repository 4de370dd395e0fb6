"""Scores to the cells of their rows, and back."""

from typing import cast

from sqlalchemy import Row

from qa_monitor.scorecards.records import (
    Answer,
    AnswerValue,
    CallScore,
    JobState,
    Override,
    Rescoring,
    ScoreId,
    ScoreState,
    Span,
)
from qa_monitor.store.shared.codec import from_text, to_text
from streams.records import CallId

Cells = dict[str, object]


def score_cells(score: CallScore) -> Cells:
    """Without its answers."""
    return {
        "score_id": score.score_id,
        "call_id": score.call_id,
        "scorecard_id": score.scorecard_id,
        "version": score.version,
        "at": score.at,
        "total": score.total,
        "failed": score.failed,
        "state": score.state.value,
        "current": score.current,
    }


def score_record(row: Row[tuple[object, ...]], answers: tuple[Answer, ...] = ()) -> CallScore:
    """With these answers."""
    return CallScore(
        score_id=ScoreId(row.score_id),
        call_id=CallId(row.call_id),
        scorecard_id=row.scorecard_id,
        version=row.version,
        at=row.at,
        total=row.total,
        failed=row.failed,
        state=ScoreState(row.state),
        current=row.current,
        answers=answers,
    )


def answer_cells(score_id: ScoreId, answer: Answer) -> Cells:
    """One answer of a score."""
    return {
        "score_id": score_id,
        "question_id": answer.question_id,
        "section_id": answer.section_id,
        "value": answer.value.value,
        "points": answer.points,
        "possible": answer.possible,
        "confidence": answer.confidence,
        "spans": to_text(answer.spans),
        "by": answer.by,
        "reason": answer.reason,
        "at": answer.at,
        "machine_value": answer.machine_value.value if answer.machine_value is not None else None,
        "rule_id": answer.rule_id,
        "rule_version": answer.rule_version,
    }


def answer_record(row: Row[tuple[object, ...]]) -> Answer:
    """One row."""
    spans = cast("str", row.spans)
    return Answer(
        question_id=row.question_id,
        section_id=row.section_id,
        value=AnswerValue(row.value),
        points=row.points,
        possible=row.possible,
        confidence=row.confidence,
        spans=() if spans == "[]" else from_text(spans, tuple[Span, ...]),
        by=row.by,
        reason=row.reason,
        at=row.at,
        machine_value=None if row.machine_value is None else AnswerValue(row.machine_value),
        rule_id=row.rule_id,
        rule_version=row.rule_version,
    )


def override_cells(said: Override) -> Cells:
    """One word of a human."""
    return {
        "score_id": said.score_id,
        "question_id": said.question_id,
        "was": said.was.value,
        "value": said.value.value,
        "reason": said.reason,
        "by": said.by,
        "at": said.at,
    }


def override_record(row: Row[tuple[object, ...]]) -> Override:
    """One row."""
    return Override(
        score_id=ScoreId(row.score_id),
        question_id=row.question_id,
        was=AnswerValue(row.was),
        value=AnswerValue(row.value),
        reason=row.reason,
        by=row.by,
        at=row.at,
    )


def rescoring_cells(job: Rescoring) -> Cells:
    """One job."""
    return {
        "job_id": job.job_id,
        "calls": job.calls,
        "by": job.by,
        "began_at": job.began_at,
        "state": job.state.value,
        "done": job.done,
        "total": job.total,
        "changed": job.changed,
        "last_call_id": job.last_call_id,
        "problem": job.problem,
    }


def rescoring_record(row: Row[tuple[object, ...]]) -> Rescoring:
    """One row."""
    return Rescoring(
        job_id=row.job_id,
        calls=row.calls,
        by=row.by,
        began_at=row.began_at,
        state=JobState(row.state),
        done=row.done,
        total=row.total,
        changed=row.changed,
        last_call_id=None if row.last_call_id is None else CallId(row.last_call_id),
        problem=row.problem,
    )
