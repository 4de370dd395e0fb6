"""Finals get more while there is time, and no flapping about it."""

from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.shedding.care import BEAM, FULL_CARE, Care, CarePolicy, Caring

POLICY = CarePolicy(
    twice_goes=0.3, twice_comes=0.15, company_goes=0.4, company_comes=0.25, beam_goes=0.6, beam_comes=0.4
)
UTILISATION = st.floats(0.0, 1.0)


def test_the_dearer_goes_first_and_comes_back_last() -> None:
    """With hysteresis: each has to fall well below where it went."""
    caring = Caring(POLICY)

    seen = [caring.at(utilisation, 0.0, 0) for utilisation in (0.1, 0.35, 0.45, 0.65, 0.45, 0.35, 0.2, 0.1)]

    assert seen == [
        FULL_CARE,
        Care(company=True, beam=BEAM),
        Care(company=False, beam=BEAM),
        Care(company=False, beam=None),
        Care(company=False, beam=None),
        Care(company=False, beam=BEAM),
        Care(company=True, beam=BEAM),
        FULL_CARE,
    ]


def test_a_service_that_sheds_gives_nothing_beyond_the_usual() -> None:
    """However idle it seems: it is making up for what it left out."""
    assert Caring(POLICY).at(0.0, 0.0, 1) == Care(company=False, beam=None)


def test_a_queue_ends_it_before_the_utilisation_shows_it() -> None:
    """Many calls begin at once: their first finals wait while the last seconds were idle."""
    caring = Caring(POLICY)

    assert caring.at(0.1, 0.5, 0) == Care(company=False, beam=None)
    assert caring.at(0.1, 0.0, 0) == FULL_CARE


@given(st.lists(UTILISATION, max_size=40), UTILISATION)
def test_it_settles_whatever_came_before(before: list[float], steady: float) -> None:
    """The same load twice changes nothing more."""
    caring = Caring(POLICY)
    for utilisation in before:
        caring.at(utilisation, 0.0, 0)

    assert caring.at(steady, 0.0, 0) == caring.at(steady, 0.0, 0)


@given(st.lists(st.tuples(UTILISATION, st.integers(0, 5)), min_size=1, max_size=40))
def test_what_costs_more_never_stays_without_what_costs_less(readings: list[tuple[float, int]]) -> None:
    """Hearing twice goes before company, company before guesses."""
    caring = Caring(POLICY)
    for utilisation, level in readings:
        care = caring.at(utilisation, 0.0, level)
        assert care.beam is not None or not care.company
        assert care.company or not care.twice
        assert care.beam in (None, BEAM)
