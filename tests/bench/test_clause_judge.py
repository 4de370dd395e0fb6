"""The experiment with a judge beside the grammar measures what it says."""

import pytest

from bench.clause_judge import Judged, by_chance, interval, taught
from bench.clauses.features import LOOKED_AT, told
from bench.traps import Trap
from keywords.normal import tokens
from streams.records import Language


def judged(text: str, *, fires: bool) -> Judged:
    spoken = tokens(text.split(), Language.FR)
    at = next(index for index, token in enumerate(spoken) if token.form == "resilier")
    trap = Trap(text=text, rule="cancellation", fires=fires, kind="plain", template=text, held_out=False)
    return Judged(trap=trap, told=told(spoken, at, at + 1, Language.FR), stands=True)


def test_a_split_is_as_likely_as_coins_would_have_it() -> None:
    assert by_chance(0, 0) == by_chance(3, 3) == 1.0
    assert by_chance(5, 0) == by_chance(0, 5) == pytest.approx(2 / 2**5)


def test_an_interval_holds_its_share_and_stays_within_a_hundred() -> None:
    assert interval(50, 100) == "50 of 100, 50.0 (40.4 to 59.6)"
    assert interval(10, 10) == "10 of 10, 100.0 (72.2 to 100.0)"


def test_words_of_traps_speak_against_a_hit() -> None:
    lessons = [judged(f"mon voisin veut résilier {end}", fires=False) for end in ("hier", "ici", "aussi")]
    lessons += [judged(f"je veux résilier {end}", fires=True) for end in ("hier", "ici", "aussi")]
    weights = taught(lessons)

    theirs, own = weights.of([judged("ton voisin veut résilier demain", fires=False), lessons[-1]])

    assert theirs < 0 < own


def test_words_too_far_off_tell_nothing() -> None:
    """So that a hit in a long text costs no more than one in a short one."""
    near = [f"mot{count}" for count in range(LOOKED_AT)]
    spoken = tokens(["voisin", *near, "résilier", *near, "voisin"], Language.FR)
    hit = LOOKED_AT + 1

    names = told(spoken, hit, hit + 1, Language.FR)

    assert any(name.endswith(":mot0") for name in names)
    assert not any(name.endswith(":voisin") and name[0] in "<>" for name in names)
