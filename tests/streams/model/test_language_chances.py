"""What the detector says, weighed with what was known before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.model.language_chances import Chances, chances_of, decided, weighed
from streams.records import Language

FR, EN = Language.FR, Language.EN
FOUND = [("<|de|>", 0.5), ("<|fr|>", 0.3), ("<|en|>", 0.15), ("<|cy|>", 0.05)]
share = st.floats(0, 1)


def test_the_detectors_answer_is_read_for_the_expected_languages() -> None:
    """All others are foreign; the likeliest of all has a name."""
    chances = chances_of(FOUND, (EN, FR))

    assert chances.expected == {EN: 0.15, FR: 0.3}
    assert chances.likeliest == "de"
    assert chances.foreign == pytest.approx(0.55)


def test_a_detector_that_says_nothing_says_nothing() -> None:
    """A model for one language alone has no detector."""
    chances = chances_of([], (FR, EN))

    assert chances.likeliest == ""
    language, probability = decided({FR: 0.9, EN: 0.1}, chances, 5.0)
    assert language is FR
    assert probability == pytest.approx(0.9)


def test_without_a_prior_the_sound_decides() -> None:
    """The first utterance of a call whose language nobody announced."""
    language, probability = decided(None, chances_of(FOUND, (EN, FR)), 5.0)

    assert language is FR
    assert 0.5 < probability < 0.7


def test_a_prior_is_overruled_by_clear_sound_only() -> None:
    """And more easily by a long stretch than by a short one."""
    clear, less = ({FR: 0.002, EN: 0.99}, {FR: 0.2, EN: 0.7})
    prior = {FR: 0.98, EN: 0.02}

    assert decided(prior, Chances(expected=clear, likeliest="en"), 3.0)[0] is EN
    assert decided(prior, Chances(expected=clear, likeliest="en"), 1.0)[0] is FR
    assert decided(prior, Chances(expected=less, likeliest="en"), 3.0)[0] is FR


@given(share, share, st.floats(0.001, 0.999), st.floats(0.05, 30))
def test_what_is_weighed_is_a_probability_and_no_window_says_more_than_it_may(
    french: float, foreign: float, before: float, duration_s: float
) -> None:
    """However sure the detector is: 201 times as likely, 68 under two seconds, 5 under one and a half."""
    expected = {FR: french * (1 - foreign), EN: (1 - french) * (1 - foreign)}
    now = weighed({FR: before, EN: 1 - before}, Chances(expected=expected, likeliest="fr"), duration_s)

    assert sum(now.values()) == pytest.approx(1.0)
    most = 201.1 if duration_s >= 2 else 68 if duration_s >= 1.5 else 5
    factor = (now[FR] / now[EN]) / (before / (1 - before))
    assert 1 / most <= factor * 1.001
    assert factor <= most * 1.001
    assert (factor >= 0.999) == (french >= 0.5) or factor == pytest.approx(1.0, abs=0.01)
