"""What the machine said of a call, under whatever people answered since: what it is compared with people by. Pure."""

from collections.abc import Iterable

from qa_monitor.reviews.calibration import MACHINE, Said
from qa_monitor.reviews.records import QuestionId, Value
from qa_monitor.scorecards.records import AnswerValue, CallScore


def current(scores: Iterable[CallScore], scorecard_id: str) -> CallScore | None:
    """What a call earned by this scorecard; none where it was not scored."""
    return next((score for score in scores if score.current and score.scorecard_id == scorecard_id), None)


def said_by_machine(score: CallScore) -> tuple[Said, ...]:
    """Its answers; where it could not tell, none."""
    return tuple(
        Said(
            call_id=score.call_id,
            question_id=QuestionId(answer.question_id),
            by=MACHINE,
            value=Value(value.value),
        )
        for answer in score.answers
        if (value := answer.machine_value if answer.human else answer.value) not in (None, AnswerValue.UNANSWERED)
        and value is not None
    )
