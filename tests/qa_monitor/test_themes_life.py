"""A surge is told once: what belongs to it later joins it, in either language, and brings back none that is over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from qa_monitor.themes.grouping import Callers, Group
from qa_monitor.themes.life import MOST_THEMES, Followed, Look, follow
from qa_monitor.themes.records import Surge, Theme
from qa_monitor.themes.sayers import Sayers, newest
from qa_monitor.themes.surging import SLOT_MIN, Alarm
from streams.records import CallId
from tests.qa_monitor.builders import NOON

STARTS = tuple(NOON + timedelta(minutes=SLOT_MIN * slot) for slot in range(36))
NOW = STARTS[-1] + timedelta(minutes=SLOT_MIN)


def a_group(*themes: str, slot: int = 12, calls: int = 60, expected: float = 20.0) -> Group:
    alarms = [
        Alarm(theme=Theme(theme), began=slot, calls=calls, expected=expected, evidence=20.0, weight=5.0)
        for theme in themes
    ]
    return Group(alarms=tuple(alarms))


def looked(surges: Sequence[Surge], groups: Sequence[Group], callers: Callers | None = None) -> tuple[Followed, ...]:
    return follow(surges, groups, Look(tenant="t", starts=STARTS, now=NOW, callers=callers or {}))


def a_surge(*themes: str, slot: int = 12) -> Surge:
    (found,) = looked([], [a_group(*themes, slot=slot)])
    return found.surge


def calls(first: int, last: int, step: int = 1) -> Sayers:
    """One a minute, of which the newest forty are known."""
    numbers = list(range(first, last, step))[-40:]
    return newest({CallId(f"c{number}"): NOON + timedelta(minutes=number) for number in numbers})


def test_words_of_the_same_calls_join_the_surge_that_goes_on() -> None:
    surge = a_surge("fr:tramway")
    callers = {Theme("fr:tramway"): calls(120, 180), Theme("fr:lign"): calls(150, 190)}

    (found,) = looked([surge], [a_group("fr:lign", slot=15)], callers)

    assert found.surge.themes == ("fr:tramway", "fr:lign")
    assert (found.surge.began_at, found.rises) == (surge.began_at, True)


def test_a_rare_mishearing_joins_though_most_of_its_calls_were_long_before_those_that_are_known() -> None:
    """Of "tramway" only the calls of the last forty minutes are known; "tramvé" was said every eighth minute."""
    callers = {Theme("fr:tramway"): calls(0, 360), Theme("fr:tramvé"): calls(40, 360, 8)}

    (found,) = looked([a_surge("fr:tramway")], [a_group("fr:tramvé")], callers)

    assert found.surge.themes == ("fr:tramway", "fr:tramvé")


def test_words_of_other_calls_are_a_surge_of_their_own() -> None:
    callers = {Theme("fr:tramway"): calls(120, 180), Theme("fr:factur"): calls(500, 560)}

    first, second = looked([a_surge("fr:tramway")], [a_group("fr:factur")], callers)

    assert (first.surge.themes, first.rises) == (("fr:tramway",), False)
    assert (second.surge.themes, second.surge.surge_id) == (("fr:factur",), None)


def test_what_begins_at_the_same_time_in_the_other_language_is_the_same_surge() -> None:
    soon, late = a_group("en:tram", "en:line", slot=15), a_group("en:bill", slot=30)

    (joined,) = looked([a_surge("fr:tramway")], [soon])
    apart = looked([a_surge("fr:tramway")], [late])

    assert joined.surge.themes == ("fr:tramway", "en:tram", "en:line")
    assert len(apart) == 2


def test_found_at_one_look_two_languages_are_one_surge_and_two_matters_stay_two() -> None:
    """Each takes the nearest in time; one that has words of both languages takes no more by time alone."""
    groups = [a_group("fr:tramway", slot=12), a_group("fr:eau", slot=17), a_group("en:water", slot=17)]

    found = looked([], [*groups, a_group("en:tram", slot=12), a_group("en:bill", slot=14)])

    assert [one.surge.themes for one in found] == [("fr:tramway", "en:tram"), ("fr:eau", "en:water"), ("en:bill",)]


def test_reasons_are_of_both_languages_and_joined_by_their_calls_alone() -> None:
    assert len(looked([a_surge("fr:panne", "reason:outage")], [a_group("en:bill")])) == 2


def test_what_began_before_the_end_of_a_surge_brings_nothing_back_and_what_began_after_it_is_news() -> None:
    over = replace(a_surge("fr:tramway"), ended_at=STARTS[24])
    callers = {Theme("fr:tramway"): calls(200, 300), Theme("fr:lign"): calls(230, 330)}

    (echo,) = looked([over], [a_group("fr:lign", slot=20)], callers)
    again = looked([over], [a_group("fr:lign", slot=26)], callers)

    assert (echo.surge.themes, echo.surge.ended_at) == (("fr:tramway", "fr:lign"), STARTS[24])
    assert (echo.surge.calls, echo.surge.evidence) == (over.calls, over.evidence)
    assert len(again) == 2


def test_a_surge_is_as_strong_as_its_first_word_is_now_and_is_known_by_so_many_of_each_language() -> None:
    many = [f"fr:mot{number}" for number in range(MOST_THEMES + 5)]

    (found,) = looked([a_surge(*many, "en:word")], [a_group("fr:mot0", calls=99, expected=30.0)])

    assert (found.surge.calls, found.surge.expected) == (99, 30.0)
    assert len(found.surge.themes) == MOST_THEMES + 1
    assert "en:word" in found.surge.themes
