"""The ladder: up in order when a trigger holds, down without flapping, at rest soon after the load is gone."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_monitor.load.ladder import HIGHEST, Ladder, LadderPolicy, Reading
from qa_monitor.shedding.levels import Shed, Shedding

STEP_S = 0.5
readings = st.builds(
    Reading,
    age_s=st.floats(0, 10),
    behind_s=st.floats(0, 5),
    utilisation=st.floats(0, 1),
    memory=st.floats(0, 1),
    memory_left=st.floats(0, 1),
)
stretches = st.lists(st.tuples(readings, st.integers(1, 40)), max_size=30)


def levels(ladder: Ladder, *stretches: tuple[Reading, float], from_s: float = 0.0) -> list[int]:
    """The level after each look, for readings that last so many seconds."""
    found, now_s = [], from_s
    for reading, lasting_s in stretches:
        for _ in range(round(lasting_s / STEP_S)):
            now_s += STEP_S
            found.append(ladder.at(now_s, reading))
    return found


@pytest.mark.parametrize(("age_s", "level"), [(0.3, 0), (0.5, 1), (0.9, 2), (1.3, 3), (1.7, 4), (4.5, 5)])
def test_the_age_of_finals_sets_the_level(age_s: float, level: int) -> None:
    """It is reached one level at a time, half a second each, after two readings that agree."""
    found = levels(Ladder(), (Reading(age_s=age_s), 4))

    assert found[-1] == level
    assert found[: level + 1] == list(range(level + 1))


def test_one_reading_alone_changes_nothing() -> None:
    """A single slow pass is no overload."""
    assert set(levels(Ladder(), (Reading(age_s=9), 0.5), (Reading(), 2), (Reading(age_s=9), 0.5), (Reading(), 2))) == {
        0
    }


def test_workers_that_are_never_idle_lead_from_the_third_level_to_the_fourth() -> None:
    """Only when it lasts, and only there: below, what is left out helps by itself."""
    busy = Reading(age_s=1.3, utilisation=1.0)

    assert levels(Ladder(), (busy, 4.5))[-1] == 3
    assert levels(Ladder(), (busy, 8))[-1] == 4
    assert levels(Ladder(), (Reading(age_s=0.9, utilisation=1.0), 60))[-1] == 2


@pytest.mark.parametrize("full", [Reading(memory=0.85), Reading(memory_left=0.01)])
def test_too_little_memory_is_the_highest_level(full: Reading) -> None:
    """Whoever has taken it."""
    assert levels(Ladder(), (full, 4))[-1] == HIGHEST


def test_when_the_load_is_gone_all_is_done_again_within_half_a_minute() -> None:
    """10 s until the old ages are forgotten, then a level every 3 s."""
    ladder = Ladder()
    levels(ladder, (Reading(age_s=6, utilisation=1.0), 60))
    found = levels(ladder, (Reading(age_s=6, utilisation=0.2), 10), (Reading(), 20), from_s=60)

    assert found[19] == HIGHEST
    assert found[-1] == 0
    assert len(found) * STEP_S == 30


def test_a_level_that_is_left_too_early_is_left_later_the_next_time() -> None:
    """The load is only calm because of what is left out: 3 s the first time, then 6, 12, 24 and 30."""
    ladder, now_s, kept_s = Ladder(), 0.0, []
    for _ in range(6):
        while ladder.level == 0:  # everything is done, and that is too much
            now_s += STEP_S
            ladder.at(now_s, Reading(age_s=0.6, utilisation=0.99))
        since_s = now_s
        while ladder.level == 1:  # without partials it fits
            now_s += STEP_S
            ladder.at(now_s, Reading(age_s=0.05, utilisation=0.8))
        kept_s.append(now_s - since_s - STEP_S)

    assert kept_s == [3, 6, 12, 24, 30, 30]


@settings(max_examples=60, deadline=None)
@given(stretches)
def test_it_climbs_and_descends_in_order(given_stretches: list[tuple[Reading, int]]) -> None:
    """Whatever is read: never more than one level at a time, and 3 s between two steps down."""
    found = levels(Ladder(), *((reading, count * STEP_S) for reading, count in given_stretches))
    downs = [index for index, (before, after) in enumerate(pairwise([0, *found])) if after < before]

    assert all(abs(after - before) <= 1 and 0 <= after <= HIGHEST for before, after in pairwise([0, *found]))
    assert all((later - earlier) * STEP_S >= 3 for earlier, later in pairwise(downs))


@settings(max_examples=60, deadline=None)
@given(stretches)
def test_from_anywhere_it_comes_to_rest(given_stretches: list[tuple[Reading, int]]) -> None:
    """15 s of nothing to do, and one look more, end every level."""
    ladder = Ladder()
    before = levels(ladder, *((reading, count * STEP_S) for reading, count in given_stretches))
    levels(ladder, (Reading(), 15.5), from_s=len(before) * STEP_S)

    assert ladder.level == 0


@settings(max_examples=30, deadline=None)
@given(st.floats(0.4, 2.5), st.floats(0.02, 0.3), st.integers(0, 2**16))
def test_a_steady_load_makes_no_level_flap(load: float, partials: float, seed: int) -> None:
    """A queue that each level relieves, and calls that stay put off until there is room: no level comes and goes.

    Over ten minutes, after the first two, a level is taken again at most every 15 s, and mostly far less often.
    """
    found = [level for _, level in plant(load, partials, seed)]
    rises = [(index * STEP_S, after) for index, (before, after) in enumerate(pairwise(found)) if after > before]

    for level in range(1, HIGHEST + 1):
        taken = [at_s for at_s, reached in rises if reached == level and at_s > 120]
        assert all(later - earlier >= 15 for earlier, later in pairwise(taken))


def plant(load: float, partials: float, seed: int) -> list[tuple[float, int]]:
    """Age and level at each look: a queue that grows by what is asked for beyond what can be done."""
    ladder, age_s, put_off, found, room_s = Ladder(), 0.0, 0.0, [], 0.0
    relief = [0.0, partials, partials + 0.05, partials + 0.1, partials + 0.1, partials + 0.1]
    for look in range(1200):
        wobble = 0.05 * ((seed * (look + 1)) % 7 - 3) / 3
        wanted = max(0.0, (load * (1 - relief[ladder.level]) + wobble) * (1 - put_off))
        age_s = min(8.0, max(0.0, age_s + (wanted - 1) * STEP_S))
        reading = Reading(age_s=age_s, utilisation=min(1.0, wanted))
        level = ladder.at((look + 1) * STEP_S, reading)
        if level >= 4 and age_s > 0.8:
            put_off = min(0.95, put_off + 0.05)
        room_s = room_s + STEP_S if level <= 1 and wanted < 0.75 else 0.0
        if room_s >= 5:
            put_off, room_s = max(0.0, put_off - 0.04), room_s - 2
        found.append((age_s, level))
    return found


def test_triggers_that_do_not_grow_are_refused() -> None:
    """By name."""
    with pytest.raises(ValueError, match="age_s"):
        LadderPolicy(age_s=(0.4, 0.3, 1.2, 1.6, 4.0))


def test_what_each_level_leaves_out() -> None:
    """Mildest first; refusing is told beside it."""
    assert Shedding().what == ()
    assert Shedding(level=2).what == (Shed.PARTIALS, Shed.PROSODY)
    assert Shedding(level=5, refuses=True).what == tuple(Shed)
    assert [Shedding(level=level).wants_partials for level in range(3)] == [True, False, False]
    assert [Shedding(level=level).wants_times for level in (2, 3)] == [True, False]
    assert [Shedding(level=level).puts_calls_off for level in (3, 4)] == [False, True]
    assert [Shedding(level=level).follows_new_calls for level in (4, 5)] == [True, False]
    assert [Shedding(level=level).makes_up for level in (1, 2)] == [True, False]


def test_short_voices_are_the_first_not_to_be_scored_then_every_other() -> None:
    """A voice that is not scored has no emotion: nothing false is said of it."""
    scored = {level: [Shedding(level=level).wants_voice(2.0, number) for number in range(4)] for level in range(4)}

    assert scored == {0: [True] * 4, 1: [True] * 4, 2: [True] * 4, 3: [True, False, True, False]}
    assert [Shedding(level=level).wants_voice(1.0, 0) for level in range(4)] == [True, True, False, False]
