"""Answers to points, points to a total."""

from dataclasses import replace

import pytest

from qa_monitor.scorecards.adding import answered, kept_on_top, same, total_of
from qa_monitor.scorecards.records import AnswerValue, ScoreState
from tests.qa_monitor.scorecard_builders import AT, CARD, NA, NO, YES, score

UNANSWERED = AnswerValue.UNANSWERED
WORD = ("lead", "heard it", AT)


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ((YES, YES, YES, YES), 100.0),
        ((YES, NO, YES, YES), 91.67),  # (1 x 2/3 + 3 x 1) / 4
        ((NO, NO, YES, NO), 37.5),
        ((NA, UNANSWERED, YES, NO), 50.0),  # the first section does not count
        ((YES, NA, NA, NA), 100.0),
        ((NA, NA, NA, UNANSWERED), None),
        ((YES, YES, NO, YES), 0.0),  # fails the whole call
    ],
)
def test_sections_are_averaged_by_weight_and_what_does_not_count_is_left_out(
    values: tuple[AnswerValue, ...], total: float | None
) -> None:
    assert score("s", *values).total == total


def test_it_is_said_which_question_failed_the_call() -> None:
    assert total_of(CARD, score("s", YES, YES, NO, YES).answers).failed_by == ("notice",)


def test_a_human_answers_again_and_the_machines_word_stays_the_machines() -> None:
    first = answered(score("s", NO, YES, YES, YES), CARD, "greeting", YES, WORD)
    again = answered(first, CARD, "greeting", NA, ("eve", "no", AT))

    assert (again.answers[0].machine_value, again.answers[0].by, again.state) == (NO, "eve", ScoreState.HUMAN)
    with pytest.raises(KeyError):
        answered(first, CARD, "nothing", YES, WORD)


def test_a_new_score_of_the_machine_keeps_what_humans_said_and_its_own_proof() -> None:
    before = answered(score("s", NO, YES, NO, YES), CARD, "notice", YES, WORD)
    fresh = kept_on_top(score("t", NO, NO, NO, YES), before.answers, CARD)

    assert ([one.value for one in fresh.answers], fresh.failed) == ([NO, NO, YES, YES], False)
    assert (fresh.answers[2].spans, fresh.answers[2].reason) == (before.answers[2].spans, "heard it")
    assert kept_on_top(score("t", NO, NO, NO, YES), (), CARD) == score("t", NO, NO, NO, YES)


def test_two_scores_are_the_same_whenever_they_were_made() -> None:
    one = score("s", YES, YES, YES, NO)
    later = replace(one, answers=tuple(replace(answer, at=AT.replace(hour=20)) for answer in one.answers))

    assert same(one, later)
    assert not same(one, score("s", YES, YES, YES, YES))
    assert not same(one, replace(one, version="other"))
