"""What calls earned, a row for each question: its answer, who gave it and when, and the seconds that prove it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from qa_monitor.export.columns import Columns
from qa_monitor.scorecards.records import Answer, CallScore, Question, Scorecard, Span
from qa_monitor.spreadsheets import Cell
from streams.records import Language

SCORES = Columns(
    texts=(
        "call_id",
        "tenant",
        "team",
        "agent_id",
        "language",
        "started_at",
        "scorecard_id",
        "scorecard_version",
        "scored_at",
        "section_id",
        "question_id",
        "question_en",
        "question_fr",
        "value",
        "answered",
        "answered_by",
        "answered_at",
        "reason",
        "machine_value",
        "rule_id",
        "rule_version",
        "evidence_s",
    ),
    numbers=("total", "points", "possible", "confidence"),
    counts=("failed",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCall:
    """A score in force, with the call it is of."""

    score: CallScore
    tenant: str
    team: str
    agent_id: str
    language: Language | None
    started_at: datetime


def rows_of(scored: ScoredCall, scorecard: Scorecard | None) -> list[dict[str, Cell]]:
    """In the order of the scorecard, each row in that of `SCORES`. Without the scorecard its wording is left out."""
    asked = {} if scorecard is None else {question.question_id: question for _, question in scorecard.questions}
    of_call = _of_call(scored)
    return [_in_order(of_call | _of_answer(one, asked.get(one.question_id))) for one in scored.score.answers]


def _of_call(scored: ScoredCall) -> dict[str, Cell]:
    score = scored.score
    return {
        "call_id": score.call_id,
        "tenant": scored.tenant,
        "team": scored.team,
        "agent_id": scored.agent_id,
        "language": None if scored.language is None else scored.language.value,
        "started_at": _instant(scored.started_at),
        "scorecard_id": score.scorecard_id,
        "scorecard_version": score.version,
        "scored_at": _instant(score.at),
        "total": score.total,
        "failed": int(score.failed),
    }


def _of_answer(answer: Answer, question: Question | None) -> dict[str, Cell]:
    return {
        "section_id": answer.section_id,
        "question_id": answer.question_id,
        "question_en": None if question is None else question.text_en,
        "question_fr": None if question is None else question.text_fr,
        "value": answer.value.value,
        "answered": HUMAN if answer.human else MACHINE,
        "answered_by": answer.by if answer.human else None,
        "answered_at": _instant(answer.at),
        "reason": answer.reason or None,
        "machine_value": None if answer.machine_value is None else answer.machine_value.value,
        "rule_id": answer.rule_id,
        "rule_version": answer.rule_version,
        "evidence_s": _seconds(answer.spans),
        "points": answer.points,
        "possible": answer.possible,
        "confidence": answer.confidence,
    }


HUMAN, MACHINE = "human", "machine"
EMPTY: Mapping[str, Cell] = MappingProxyType(dict.fromkeys(SCORES.names))


def _in_order(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    return {**EMPTY, **cells}


def _seconds(spans: Sequence[Span]) -> str | None:
    """From and to, on the call's audio clock: `12.30-15.00 40.10-41.00`."""
    return " ".join(f"{span.start_s:.2f}-{span.end_s:.2f}" for span in spans) or None


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
