"""Answers to points, and points to a total. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from qa_monitor.scorecards.records import Answer, AnswerValue, CallScore, Question, Scorecard, ScoreState

PLACES = 2
"""Decimal places of a total."""
_COUNTS = (AnswerValue.YES, AnswerValue.NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What the answers come to."""

    total: float | None
    """0 to 100; none where no question that counts was answered."""
    failed_by: tuple[str, ...] = ()
    """The questions that fail the whole call."""


def worth(question: Question, value: AnswerValue) -> tuple[float, float]:
    """Points earned and points possible by this answer."""
    possible = question.points if value in _COUNTS else 0.0
    return (possible if value is AnswerValue.YES else 0.0, possible)


def valued(answer: Answer, question: Question) -> Answer:
    """The answer with its points."""
    points, possible = worth(question, answer.value)
    return replace(answer, points=points, possible=possible)


def total_of(scorecard: Scorecard, answers: Sequence[Answer]) -> Total:
    """Each section gives the share of its possible points that were earned; these shares are averaged by weight.

    A section in which nothing counts is left out, and the others share its weight. One question that fails the call,
    answered `no`, makes it 0.
    """
    by_question = {answer.question_id: answer for answer in answers}
    failed_by = tuple(
        question.question_id
        for _, question in scorecard.questions
        if question.auto_fail and _value(by_question, question) is AnswerValue.NO
    )
    if failed_by:
        return Total(total=0.0, failed_by=failed_by)
    earned = weights = 0.0
    for section in scorecard.sections:
        own = [by_question[one.question_id] for one in section.questions if one.question_id in by_question]
        possible = sum(answer.possible for answer in own)
        if possible > 0 and section.weight > 0:
            earned += section.weight * sum(answer.points for answer in own) / possible
            weights += section.weight
    return Total(total=round(100 * earned / weights, PLACES) if weights else None)


def summed(score: CallScore, scorecard: Scorecard, answers: Sequence[Answer]) -> CallScore:
    """The score with these answers, its total and its state."""
    total = total_of(scorecard, answers)
    return replace(
        score,
        answers=tuple(answers),
        total=total.total,
        failed=bool(total.failed_by),
        state=ScoreState.HUMAN if any(answer.human for answer in answers) else ScoreState.MACHINE,
    )


def answered(
    score: CallScore, scorecard: Scorecard, question_id: str, value: AnswerValue, word: tuple[str, str, datetime]
) -> CallScore:
    """The score with a human's answer to one question; `word`: by whom, why, and when.

    Raises `KeyError` for a question it does not ask.
    """
    by, reason, at = word
    questions = {question.question_id: question for _, question in scorecard.questions}
    question = questions[question_id]
    answers = tuple(
        valued(_by_human(answer, value, by, reason, at), question) if answer.question_id == question_id else answer
        for answer in score.answers
    )
    return summed(score, scorecard, answers)


def kept_on_top(fresh: CallScore, before: Sequence[Answer], scorecard: Scorecard) -> CallScore:
    """A machine's new score with what humans answered before on top of it, where that is still asked."""
    human = {answer.question_id: answer for answer in before if answer.human}
    questions = {question.question_id: question for _, question in scorecard.questions}
    if human.keys().isdisjoint(questions):
        return fresh
    answers = tuple(
        valued(_on_top(answer, human[answer.question_id]), questions[answer.question_id])
        if answer.question_id in human and not answer.human
        else answer
        for answer in fresh.answers
    )
    return summed(fresh, scorecard, answers)


def same(one: CallScore, other: CallScore) -> bool:
    """Whether two scores say the same for the same reasons, whenever they were made."""
    return one.version == other.version and one.total == other.total and _essence(one) == _essence(other)


def _essence(score: CallScore) -> Mapping[str, Answer]:
    never = datetime.min
    return {answer.question_id: replace(answer, at=never) for answer in score.answers}


def _value(by_question: Mapping[str, Answer], question: Question) -> AnswerValue:
    found = by_question.get(question.question_id)
    return AnswerValue.UNANSWERED if found is None else found.value


def _by_human(answer: Answer, value: AnswerValue, by: str, reason: str, at: datetime) -> Answer:
    machine = answer.machine_value if answer.human else answer.value
    return replace(answer, value=value, by=by, reason=reason, at=at, machine_value=machine, confidence=None)


def _on_top(machine: Answer, human: Answer) -> Answer:
    """The human's word; what proves the machine's, and its rule, are the new ones."""
    return replace(
        machine,
        value=human.value,
        by=human.by,
        reason=human.reason,
        at=human.at,
        confidence=None,
        machine_value=machine.value,
    )
