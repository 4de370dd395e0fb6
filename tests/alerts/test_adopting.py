"""A rule about silence or flow is changed while a call goes on: no flag takes another's name, nothing is told twice."""

import pytest

from tests.alerts.builders import some_dynamics
from tests.alerts.played import Played, a_book, a_rule_text


def a_silence_rule(longer_than_s: int) -> str:
    return a_rule_text(f"{{silence: {{longer_than_s: {longer_than_s}}}}}", more="    repeat_after_s: 0.1\n")


def a_share_rule(limit: float) -> str:
    return a_rule_text(f"{{dynamics: {{measure: silence_total_s, above: {limit}}}}}", more="    repeat_after_s: 0.1\n")


def silent(call: Played, now_s: float, silence_s: float) -> None:
    call.note([call.watch.on_dynamics(some_dynamics(now_s, silence_s=silence_s))])


def test_a_changed_rule_gives_its_next_silence_an_id_of_its_own() -> None:
    """Its count goes on where the version before left off."""
    call = Played(a_book(a_silence_rule(10)))
    silent(call, 20.0, 12.0)
    silent(call, 22.0, 0.0)

    call.watch.adopt(a_book(a_silence_rule(15)))
    silent(call, 60.0, 16.0)

    assert len({flag.flag_id for flag in call.told}) == len(call.told) == 2


@pytest.mark.parametrize("changed_s", [5, 20])
def test_a_silence_that_was_told_is_not_told_again_by_the_changed_rule(changed_s: int) -> None:
    """Whether the new limit lies before or behind; the next silence is news."""
    call = Played(a_book(a_silence_rule(10)))
    silent(call, 20.0, 12.0)

    call.watch.adopt(a_book(a_silence_rule(changed_s)))
    for second in range(21, 40):
        silent(call, float(second), second - 8.0)
    assert len(call.told) == 1

    silent(call, 40.0, 0.0)
    silent(call, 70.0, 30.0)
    assert len({flag.flag_id for flag in call.told}) == len(call.told) == 2


def test_a_silence_that_was_not_told_yet_is_told_once_it_is_long_enough() -> None:
    """The limit came down in its middle."""
    call = Played(a_book(a_silence_rule(30)))
    silent(call, 20.0, 12.0)

    call.watch.adopt(a_book(a_silence_rule(10)))
    silent(call, 20.5, 12.5)

    assert len(call.told) == 1


def test_a_rule_that_was_out_of_service_for_a_while_goes_on_counting() -> None:
    """Taken out and put back in the same call."""
    rule, other = a_silence_rule(10), a_rule_text("{silence: {longer_than_s: 100}}", rule_id="other")
    call = Played(a_book(rule, other))
    silent(call, 20.0, 12.0)
    call.watch.adopt(a_book(other))
    silent(call, 25.0, 0.0)

    call.watch.adopt(a_book(rule, other))
    silent(call, 60.0, 12.0)

    assert len({flag.flag_id for flag in call.told}) == len(call.told) == 2


def test_a_measure_beyond_its_old_and_its_new_limit_is_told_once() -> None:
    """A stretch of one measure goes on whatever the limit."""
    call = Played(a_book(a_share_rule(10)))
    silent(call, 20.0, 12.0)

    call.watch.adopt(a_book(a_share_rule(8)))
    silent(call, 20.5, 12.5)
    assert len(call.told) == 1

    silent(call, 21.0, 0.0)
    silent(call, 90.0, 12.5)
    assert len({flag.flag_id for flag in call.told}) == len(call.told) == 2
