"""Calibrations are blind until they are closed; comments stay among those they are for. Pure."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.records import RedactionKind
from qa_monitor.reviews.calibration import NotNow, Sheet, blind_calls, check_takes, visible_to
from qa_monitor.reviews.comments import Comment, CommentId, Shared, WrongThread, for_agent, placed
from qa_monitor.reviews.machine import current, said_by_machine
from qa_monitor.reviews.typed import screened
from qa_monitor.scorecards.adding import answered
from qa_monitor.scorecards.records import AnswerValue
from streams.records import CallId
from tests.qa_monitor.reviewed import CARD, GREETED, NOON, a_calibration, a_score, a_scorecard, a_sheet

NAMES = ("ann", "ben", "cleo")
CALLS = ("call-1", "call-2")
SHEETS = [a_sheet(name, call) for name in NAMES for call in CALLS]


@given(handed_in=st.lists(st.sampled_from(SHEETS), unique_by=id), name=st.sampled_from([*NAMES, "dan"]))
def test_nobody_sees_anothers_sheet_before_it_is_closed(handed_in: list[Sheet], name: str) -> None:
    """Whoever they are, whatever they have handed in themselves; afterwards everybody sees everything."""
    before = replace(a_calibration(*NAMES, calls=CALLS), sheets=tuple(handed_in))
    closed = replace(before, closed_by="dan", closed_at=NOON)

    assert {sheet.reviewer for sheet in visible_to(before, name).sheets} <= {name}
    assert blind_calls([before], name) == (set(CALLS) if name in NAMES else set())
    assert visible_to(closed, name).sheets == before.sheets
    assert blind_calls([closed], name) == set()
    assert before.complete == (len(handed_in) == len(SHEETS))


@given(handed_in=st.lists(st.sampled_from(SHEETS), unique_by=id), name=st.sampled_from([*NAMES, "dan"]))
def test_a_closed_one_says_nothing_of_calls_another_one_asks_about(handed_in: list[Sheet], name: str) -> None:
    """Neither by people nor by the machine, but for what they answered themselves."""
    closed = replace(a_calibration(*NAMES, calls=CALLS), sheets=tuple(handed_in), closed_by="dan", closed_at=NOON)

    shown = visible_to(closed, name, {CallId("call-2")})

    assert {sheet.reviewer for sheet in shown.sheets if sheet.call_id == "call-2"} <= {name}
    assert {said.call_id for said in shown.machine} == {"call-1"}
    assert [one for one in shown.sheets if one.call_id == "call-1"] == [
        one for one in handed_in if one.call_id == "call-1"
    ]


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (a_sheet("dan"), "does not ask you"),
        (a_sheet("ann", "call-9"), "does not ask you"),
        (a_sheet("ben"), "handed in"),
        (replace(a_sheet("ann"), answers={}), "at least one"),
    ],
)
def test_a_sheet_is_handed_in_once_by_who_is_asked(sheet: Sheet, said: str) -> None:
    calibration = replace(a_calibration("ann", "ben"), sheets=(a_sheet("ben"),))

    check_takes(calibration, a_sheet("ann"))
    with pytest.raises(NotNow, match=said):
        check_takes(calibration, sheet)
    with pytest.raises(NotNow, match="closed"):
        check_takes(replace(calibration, closed_at=NOON, closed_by="dan"), a_sheet("ann"))


def test_the_machine_is_heard_under_what_people_answered() -> None:
    """Where it could not tell, it says nothing."""
    score = a_score("call-1", offered=AnswerValue.UNANSWERED)
    human = answered(score, a_scorecard(), GREETED, AnswerValue.YES, ("ann", "heard it", NOON))

    assert [(one.question_id, one.value) for one in said_by_machine(human)] == [(GREETED, "no")]
    assert current([replace(human, current=False)], CARD) is None
    assert current([human], CARD) is human


def a_comment(name: str, shared: Shared = Shared.REVIEWERS, *, call: str = "call-1", to: str | None = None) -> Comment:
    return Comment(
        comment_id=CommentId(name),
        call_id=CallId(call),
        at_s=3.0,
        shared=shared,
        by="ann",
        at=NOON,
        words="well put",
        reply_to=None if to is None else CommentId(to),
    )


def test_an_answer_is_shared_no_further_than_its_thread() -> None:
    thread = [a_comment("private"), a_comment("open", Shared.AGENT), a_comment("answer", Shared.AGENT, to="open")]

    placed(a_comment("fine", Shared.AGENT, to="open"), thread)
    placed(a_comment("aside", to="open"), thread)
    for to, shared, call in [
        ("private", Shared.AGENT, "call-1"),
        ("answer", Shared.AGENT, "call-1"),
        ("none", Shared.REVIEWERS, "call-1"),
        ("open", Shared.AGENT, "call-2"),
    ]:
        with pytest.raises(WrongThread):
            placed(a_comment("wrong", shared, call=call, to=to), thread)
    assert [one.comment_id for one in for_agent(thread)] == ["open", "answer"]


@pytest.mark.parametrize("changes", [{"at_s": -1.0}, {"words": " "}])
def test_a_comment_has_a_second_and_words(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="comment"):
        replace(a_comment("x"), **changes)  # type: ignore[arg-type]  # one field at a time


def test_what_is_typed_is_screened() -> None:
    """Like what is said; what is harmless stays as it was typed."""
    kinds = frozenset(RedactionKind)

    assert screened("She read out 4111 1111 1111 1111.", kinds) == "She read out [card]."
    assert screened(" Bon accueil,\nmais 2 oublis à 3:20. ", kinds) == "Bon accueil,\nmais 2 oublis à 3:20."
    assert screened("  ", kinds) == ""
