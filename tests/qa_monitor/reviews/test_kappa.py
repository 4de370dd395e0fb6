"""Kappa and its error are those of a reference library; agreement and weak questions follow from them."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_monitor.reviews.agreement import agreements, between_people, mean_kappa, with_machine
from qa_monitor.reviews.calibration import MACHINE, Said
from qa_monitor.reviews.kappa import Pair, Strength, agreed, kappa_of, standard_error, with_interval
from qa_monitor.reviews.records import QuestionId, ReviewerId, Value
from qa_monitor.reviews.weak import Floor, Floors, weak_questions
from streams.records import CallId
from tests.qa_monitor.reviewed import GREETED, OFFERED

ANN, BEN, CLEO = (ReviewerId(name) for name in ("ann", "ben", "cleo"))
Table = Sequence[Sequence[int]]
# Table of two raters, then kappa and standard error as statsmodels 0.15.0 gives them, `cohens_kappa(table)`: `kappa`
# and `std_kappa`.
REFERENCE: list[tuple[Table, float, float]] = [
    ([[20, 5], [10, 15]], 0.3999999999999999, 0.12699606293110033),
    ([[45, 15], [25, 15]], 0.13043478260869554, 0.0986615376234396),
    ([[25, 35], [5, 35]], 0.25925925925925924, 0.07715973174444572),
    ([[44, 5, 1], [7, 20, 3], [9, 5, 6]], 0.49152542372881347, 0.07212745929334068),
    ([[10, 0, 2], [1, 12, 0], [3, 1, 4]], 0.671875, 0.10639432582177763),
    ([[53, 5, 2], [11, 14, 5], [1, 6, 3]], 0.4285714285714285, 0.0759588315346638),
]
ANSWERS = st.sampled_from([value.value for value in Value])


def pairs_of(table: Table) -> list[Pair]:
    names = [value.value for value in Value]
    return [
        (names[row], names[column])
        for row, line in enumerate(table)
        for column, count in enumerate(line)
        for _ in range(count)
    ]


@pytest.mark.parametrize(("table", "kappa", "error"), REFERENCE)
def test_kappa_and_its_error_are_those_of_the_reference(table: Table, kappa: float, error: float) -> None:
    pairs = pairs_of(table)

    assert kappa_of(pairs) == pytest.approx(kappa, abs=1e-12)
    assert standard_error(pairs) == pytest.approx(error, abs=1e-12)


@given(pairs=st.lists(st.tuples(ANSWERS, ANSWERS), min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_kappa_is_that_of_a_second_library(pairs: list[Pair]) -> None:
    """Where it is installed: it comes with what training needs, not with what testing needs."""
    metrics = pytest.importorskip("sklearn.metrics")
    found = kappa_of(pairs)
    if found is None:
        assert len({answer for pair in pairs for answer in pair}) == 1
    else:
        ones, twos = zip(*pairs, strict=True)
        assert found == pytest.approx(metrics.cohen_kappa_score(ones, twos), abs=1e-9)


@given(pairs=st.lists(st.tuples(ANSWERS, ANSWERS), max_size=30))
def test_kappa_lies_where_it_can(pairs: list[Pair]) -> None:
    """It does not matter who is named first; one and the same answer throughout gives none."""
    kappa, error = kappa_of(pairs), standard_error(pairs)

    assert (kappa is None) == (error is None)
    if kappa is not None and error is not None:
        interval = with_interval(kappa, error, len(pairs))
        assert -1 <= interval.low <= interval.value <= interval.high <= 1
        assert kappa_of([(two, one) for one, two in pairs]) == pytest.approx(kappa)
        assert (agreed(pairs) == 1) == (kappa == pytest.approx(1))


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (-0.1, Strength.POOR),
        (0.0, Strength.SLIGHT),
        (0.2, Strength.SLIGHT),
        (0.3, Strength.FAIR),
        (0.5, Strength.MODERATE),
        (0.8, Strength.SUBSTANTIAL),
        (0.81, Strength.ALMOST_PERFECT),
        (1.0, Strength.ALMOST_PERFECT),
    ],
)
def test_every_kappa_has_a_word(value: float, word: Strength) -> None:
    assert with_interval(value, 0.1, 10).strength is word


def said(call: str, by: ReviewerId, value: str, question: QuestionId = GREETED) -> Said:
    return Said(call_id=CallId(call), question_id=question, by=by, value=Value(value))


def test_agreement_between_people_is_the_mean_over_pairs() -> None:
    """Whom nothing can be told of, such as one who always says the same, is left out."""
    calls = [{ANN: "yes", BEN: "yes"}, {ANN: "no", BEN: "no"}, {ANN: "yes", BEN: "no"}, {ANN: "no", CLEO: "no"}]
    pairs = [("yes", "yes"), ("no", "no"), ("yes", "no")]

    assert mean_kappa(calls) == kappa_of(pairs)
    assert between_people({CallId("one"): {ANN: "yes", BEN: "no"}}) is None


def test_the_interval_between_people_narrows_with_calls() -> None:
    def found(times: int) -> float:
        rows = [("yes", "yes"), ("no", "no"), ("yes", "no"), ("no", "no"), ("yes", "yes")] * times
        kappa = between_people({CallId(str(at)): {ANN: one, BEN: two} for at, (one, two) in enumerate(rows)})
        assert kappa is not None
        return kappa.high - kappa.low

    assert found(8) < found(3)


def test_the_machine_is_compared_with_what_most_people_said() -> None:
    """Each call counts once; where people are divided it does not count."""
    answers = {
        CallId("a"): {ANN: "yes", BEN: "yes", CLEO: "no", MACHINE: "yes"},
        CallId("b"): {ANN: "yes", BEN: "no", MACHINE: "no"},
        CallId("c"): {ANN: "no", MACHINE: "yes"},
        CallId("d"): {ANN: "no"},
        CallId("e"): {MACHINE: "yes"},
    }

    assert with_machine(answers) == [("yes", "yes"), ("no", "yes")]


def calibrated(right: int, wrong: int) -> list[Said]:
    """So many calls on which people and the machine said the same, half of them yes; then others."""
    found = []
    for at in range(right + wrong):
        people = "yes" if at % 2 else "no"
        machine = people if at < right else ("no" if at % 2 else "yes")
        found += [said(f"c-{at}", ANN, people), said(f"c-{at}", BEN, people), said(f"c-{at}", MACHINE, machine)]
    return found


def weak(answers: list[Said], floor: float = 0.4, **own: float) -> set[str]:
    floors = Floors(default=Floor(kappa=floor, calls=20), own={QuestionId(name): value for name, value in own.items()})
    return set(weak_questions(agreements(answers), floors))


def test_a_question_under_its_floor_is_weak_once_enough_calls_say_so() -> None:
    assert weak(calibrated(10, 10)) == {GREETED}
    assert weak(calibrated(9, 9)) == set()
    assert weak(calibrated(18, 2)) == set()
    assert weak(calibrated(18, 2), greeted=0.9) == {GREETED}
    assert weak(calibrated(10, 10), greeted=-1.0) == set()


def test_a_question_that_all_answer_alike_is_not_weak() -> None:
    """Kappa is not defined there, and nobody disagrees."""
    answers = [said(f"c-{at}", by, "yes") for at in range(30) for by in (ANN, BEN, MACHINE)]
    (found,) = agreements(answers)

    assert (found.machine, found.machine_agreed, found.people_agreed) == (None, 1.0, 1.0)
    assert weak(answers) == set()


def test_questions_are_told_apart() -> None:
    found = agreements([said("a", ANN, "yes"), said("a", BEN, "no"), said("a", ANN, "na", OFFERED)])

    assert {one.question_id: (one.calls, one.people_agreed) for one in found} == {
        GREETED: (1, 0.0),
        OFFERED: (1, None),
    }


@pytest.mark.parametrize(("kappa", "calls"), [(1.5, 20), (-2.0, 20), (0.4, 1)])
def test_a_floor_is_one_that_can_be(kappa: float, calls: int) -> None:
    with pytest.raises(ValueError, match="kappa"):
        Floor(kappa=kappa, calls=calls)
