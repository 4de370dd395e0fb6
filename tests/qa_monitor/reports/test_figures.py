"""Sums to figures: shares, means and scores, each with its n and interval."""

from math import sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.reports.definitions import DEFINITIONS
from qa_monitor.reports.figures import FIGURES, service_figures, survey_figures
from qa_monitor.reports.intervals import Z, of_mean, of_share
from qa_monitor.reports.lines import added, lines_of
from qa_monitor.reports.records import Figure, Key, Kind, Tally

KEY = Key("default", "north")
SERVICE = {"offered": 100, "answered": 80, "in_time": 70, "gave_up_soon": 10, "wait_s": 800, "wait_s2": 20_000}


def named(figures: tuple[Figure, ...]) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures}


def test_the_range_of_a_mean_score_stays_on_the_scale() -> None:
    """Of 90, 100 and 100 it would reach beyond 100."""
    sums = {"scored": 3.0, "mean": 290.0, "mean2": 28_100.0, "failed": 0.0}
    mean = next(one for one in FIGURES[Kind.SCORES](Key("default", "north"), sums) if one.name == "mean")

    assert (mean.low is not None, mean.high) == (True, 100.0)


def test_service_level_leaves_out_who_gave_up_within_the_promise() -> None:
    """70 of the 90 who could have been answered in time; 10 of those 90 were not answered at all."""
    found = named(service_figures(KEY, SERVICE))

    assert found["in_time_share"].value == pytest.approx(70 / 90)
    assert found["in_time_share"].n == 90
    assert found["abandoned_share"].value == pytest.approx(10 / 90)
    assert found["wait_s"].value == 10


def test_nps_is_promoters_less_detractors() -> None:
    """Of 10 answers 6 promoters and 2 detractors: 40, by the normal interval of their mean."""
    sums = {"answers": 10, "satisfied": 6, "detractors": 2, "score": 80, "score2": 700, "calls": 50}
    score = named(survey_figures(Key("default", "north", "nps"), sums))["score"]
    spread = sqrt((8 - 10 * 0.4**2) / 9 / 10)

    assert score.value == 40
    assert score.low == pytest.approx(100 * (0.4 - Z * spread))
    assert score.high == pytest.approx(100 * (0.4 + Z * spread))
    assert score.n == 10


def test_one_answer_gives_no_interval_and_is_marked() -> None:
    sums = {"answers": 1, "satisfied": 1, "detractors": 0, "score": 10, "score2": 100, "calls": 2}
    score = named(survey_figures(Key("default", "north", "nps"), sums))["score"]

    assert (score.value, score.low, score.high, score.few) == (100, None, None, True)


def test_calls_without_an_answer_are_no_score() -> None:
    """They are what the share of answers is of."""
    found = named(survey_figures(Key("default", "north", "ces"), {"calls": 20.0}))

    assert [found[name].value for name in ("answers", "response_share", "score", "satisfied_share")] == [
        0,
        0,
        None,
        None,
    ]


def test_the_constant_is_that_of_95_per_cent() -> None:
    assert pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-6) == Z


def test_wilson_s_interval_for_known_values() -> None:
    """Worked out by hand from the formula: 8 of 10."""
    low, high = of_share(8, 10) or (0, 0)

    assert low == pytest.approx(0.4902, abs=1e-4)
    assert high == pytest.approx(0.9433, abs=1e-4)


@given(n=st.integers(1, 10_000), share=st.floats(0, 1))
def test_a_share_lies_within_its_interval_and_that_within_0_and_1(n: int, share: float) -> None:
    hits = round(n * share)
    low, high = of_share(hits, n) or (1, 0)

    assert 0 <= low <= hits / n + 1e-12
    assert hits / n - 1e-12 <= high <= 1


@given(values=st.lists(st.floats(0, 3600), min_size=2, max_size=50))
def test_a_mean_s_interval_is_that_of_its_values(values: list[float]) -> None:
    n, mean = len(values), sum(values) / len(values)
    found = of_mean(sum(values), sum(value * value for value in values), n)
    spread = sqrt(sum((value - mean) ** 2 for value in values) / (n - 1) / n)

    assert found is not None
    assert found[1] - mean == pytest.approx(Z * spread, rel=1e-3, abs=1e-2)


def test_the_whole_time_is_worked_out_from_all_calls_and_not_from_means() -> None:
    """10 of 10 one week and none of 90 the next: one in ten."""
    weeks = [
        SERVICE | {"offered": 10, "answered": 10, "in_time": 10, "gave_up_soon": 0},
        SERVICE | {"offered": 90, "answered": 90, "in_time": 0, "gave_up_soon": 0},
    ]
    lines = lines_of(Kind.SERVICE, [Tally(key=KEY, period=number, sums=sums) for number, sums in enumerate(weeks)])

    assert [line.period for line in lines] == [None, 0, 1]
    assert [line.figures[0].value for line in lines] == [0.1, 1.0, 0.0]
    assert added(weeks)["offered"] == 100


@pytest.mark.parametrize("kind", sorted(FIGURES))
def test_every_figure_has_its_definition(kind: Kind) -> None:
    """In the same order: tables rely on it. Nothing counted is no number, and no mistake."""

    class Nothing(dict[str, float]):
        def __missing__(self, name: str) -> float:
            return 0.0

    found = FIGURES[kind](KEY, Nothing())

    assert [figure.name for figure in found] == [each.name for each in DEFINITIONS[kind]]
    assert all(figure.value in (0, None) for figure in found)
