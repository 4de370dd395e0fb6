"""How many calls can be followed, by what they ask and what it costs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.load.capacity import GUESSES, Capacity, CapacityPolicy
from qa_monitor.shedding.care import FULL_CARE, Care
from streams.engine.load import EngineLoad, LoadMeter

COMPANY = 4 / 3
"""Seconds that the model is shown for a second of what is asked for."""
PLAIN = Care(company=False, beam=None)
IDLE = LoadMeter(2).load(0.0, [], [], 0, 0.0)


def worked(load: EngineLoad, *, asked_s: float, heard_s: float, busy_s: float) -> EngineLoad:
    return replace(
        load,
        finals_asked_s=load.finals_asked_s + asked_s,
        finals_heard_s=load.finals_heard_s + heard_s,
        finals_busy_s=load.finals_busy_s + busy_s,
    )


def watched(
    capacity: Capacity,
    *,
    followed: int,
    asked: float,
    cost: float,
    heard: float = 1.0,
    utilisation: float = 0.0,
) -> None:
    """So many calls that ask so much of each second, of which this share is transcribed at this cost."""
    load = replace(IDLE, utilisation=utilisation)
    for now_s in range(300):
        capacity.look(float(now_s), load, followed, PLAIN)
        asked_s = followed * asked
        load = worked(load, asked_s=asked_s, heard_s=asked_s * heard, busy_s=asked_s * heard * cost)


def test_nothing_is_known_before_anything_was_measured() -> None:
    """An engine that nobody timed takes what comes."""
    capacity = Capacity(2, 0.0)

    assert capacity.sure is capacity.most is None
    assert capacity.utilisation(100) == 0.0


def test_before_the_first_call_the_passes_at_the_start_say_it() -> None:
    """0.9 seconds asked for per second of call, at this cost, on 85 % of two workers that crowd."""
    capacity = Capacity(2, 0.05)

    assert (capacity.sure, capacity.most) == (25, 28)
    assert capacity.utilisation(20) == pytest.approx(0.675)


def test_a_few_calls_are_followed_however_dear_a_busy_start_made_them() -> None:
    """They are put off once they prove too many."""
    capacity = Capacity(2, 1.0)

    assert (capacity.sure, capacity.most) == (1, 8)


def test_quiet_calls_leave_room_for_more() -> None:
    """What they ask for, not what was assumed."""
    capacity = Capacity(2, 0.05)
    watched(capacity, followed=10, asked=0.5, cost=0.05)

    assert 37 <= (capacity.sure or 0) <= 43


def test_where_everybody_waits_nobody_seems_to_ask_for_less() -> None:
    """Half of what is asked for is transcribed: as many calls fit as would if all of it were."""
    whole, half = Capacity(2, 0.05), Capacity(2, 0.05)
    watched(whole, followed=60, asked=1.0, cost=0.06)
    watched(half, followed=60, asked=1.0, cost=0.06, heard=0.5)

    assert whole.sure == half.sure == 18


def test_extra_care_is_no_reason_to_take_fewer_calls() -> None:
    """It goes before anything is shed."""
    careful = Capacity(2, 0.05)
    load = IDLE
    for now_s in range(600):
        careful.look(float(now_s), load, 4, FULL_CARE)
        load = worked(load, asked_s=4.0, heard_s=4.0 * COMPANY, busy_s=4.0 * COMPANY * 0.05 * GUESSES)

    assert careful.sure == 22


def test_what_was_measured_in_quiet_times_is_raised_to_a_busy_machine() -> None:
    """The same seconds at full load were no cheaper than they will be."""
    quiet, busy = Capacity(2, 0.05), Capacity(2, 0.05)
    watched(quiet, followed=20, asked=1.0, cost=0.05)
    watched(busy, followed=20, asked=1.0, cost=0.05, utilisation=1.0)

    assert quiet.call_cost == pytest.approx(1.5 * busy.call_cost, rel=0.02)


@given(
    looks=st.lists(st.tuples(st.integers(0, 200), *[st.floats(0, 50)] * 3, st.floats(0.01, 5)), max_size=40),
    cost=st.just(0.0) | st.floats(0.01, 2),
)
def test_there_is_always_an_answer(looks: list[tuple[int, float, float, float, float]], cost: float) -> None:
    """Whatever was asked for and done, in whatever order."""
    capacity, load, now_s = Capacity(2, cost, CapacityPolicy()), IDLE, 0.0
    for followed, asked_s, heard_s, busy_s, passed_s in looks:
        now_s += passed_s
        load = worked(load, asked_s=asked_s, heard_s=heard_s, busy_s=busy_s)
        capacity.look(now_s, load, followed, PLAIN)

        assert (capacity.most or 1) >= (capacity.sure or 1) >= 1
        assert 0 <= capacity.utilisation(followed) <= 1
