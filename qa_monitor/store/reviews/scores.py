"""What a review changes in the score of its call: by the same write as the review itself."""

from sqlalchemy import Connection

from qa_monitor.reviews.records import Answer, Decide, Event, Review, Ruling, Submit, value_of
from qa_monitor.scorecards.records import AnswerValue, CallScore
from qa_monitor.store.scorecards.finds import find_scores
from qa_monitor.store.scorecards.scorecards import override


def pass_on(connection: Connection, review: Review, event: Event) -> None:
    """With its submission the reviewer's answers stand in the score, and with a decision the lead's."""
    match event.act:
        case Submit():
            said = list(review.answers.values())
        case Decide(ruling=Ruling.CHANGED):
            said = [event]
        case _:
            return
    score = current_score(connection, review)
    if score is None:
        return
    # a scorecard that was changed meanwhile may not ask some of it any more: the review keeps what was answered
    asked = {answer.question_id for answer in score.answers}
    for one in said:
        if isinstance(one.act, Answer | Decide) and one.act.question_id in asked:
            value, word = AnswerValue(value_of(one).value), (one.by, one.act.words, one.at)
            override(connection, score.score_id, one.act.question_id, value, word)


def current_score(connection: Connection, review: Review) -> CallScore | None:
    """What its call earned by its scorecard; none where it was not scored."""
    found = find_scores(connection, review.call_id)
    return next((one for one in found if one.current and one.scorecard_id == review.scorecard_id), None)
