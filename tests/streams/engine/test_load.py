"""How busy and how late the engine is, by what happened in the last ten seconds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.engine.batching import Kind
from streams.engine.load import EngineLoad, LoadMeter


def seen(meter: LoadMeter, now_s: float, ages_s: tuple[float, ...] = ()) -> EngineLoad:
    return meter.load(now_s, live_since_s=(), ages_s=ages_s, waiting=len(ages_s), waiting_s=2.0 * len(ages_s))


def test_an_idle_engine_is_not_late() -> None:
    """Nothing waits, nothing works."""
    load = seen(LoadMeter(2), 100.0)

    assert (load.age_p95_s, load.utilisation, load.late, load.workers) == (0.0, 0.0, 0, 2)


def test_how_late_finals_are_is_known_before_any_is_begun() -> None:
    """What waits counts: an engine that stands still is late."""
    meter = LoadMeter(1)
    meter.began(100.0, [0.0] * 18, live=True, finals_s=1.0)

    assert seen(meter, 101.0, (0.5,)).age_p95_s == 0.5
    assert seen(meter, 105.0, (2.0, 4.0)).age_p95_s == 2.0
    assert seen(meter, 105.0, (2.0, 4.0)).oldest_final_s == 4.0


def test_what_was_given_up_counts_as_late_as_it_was() -> None:
    """Else an engine that gives up everything would look fast."""
    meter = LoadMeter(1)
    meter.late(100.0, 8.0, 3.0)

    assert (seen(meter, 100.0).age_p95_s, seen(meter, 100.0).late) == (8.0, 1)
    assert (seen(meter, 105.5).age_p95_s, seen(meter, 105.5).late) == (0.0, 1)


def test_utilisation_is_the_share_of_the_last_ten_seconds() -> None:
    """Passes under way count up to now, and what lies further back does not."""
    meter = LoadMeter(2)
    meter.began(100.0, [], live=True, finals_s=1.0)
    assert seen(meter, 104.0).utilisation == pytest.approx(4 / 20)
    meter.ended(100.0, 106.0, [3.0], live=True, finals_s=1.0)
    assert seen(meter, 106.0).utilisation == pytest.approx(6 / 20)
    meter.began(106.0, [], live=True, finals_s=1.0)
    meter.began(106.0, [], live=True, finals_s=1.0)

    assert seen(meter, 112.0).utilisation == pytest.approx((4 + 6 + 6) / 20)
    assert seen(meter, 120.0).utilisation == 1.0


def test_partials_are_told_apart_from_finals() -> None:
    """They take what is left: a machine that is busy with them has room."""
    meter = LoadMeter(2)
    meter.began(100.0, [], live=True, finals_s=0.0)
    meter.began(100.0, [0.1], live=True, finals_s=2.0)
    load = seen(meter, 104.0)
    assert [load.utilisation, load.finals_utilisation] == pytest.approx([8 / 20, 4 / 20])
    meter.ended(100.0, 105.0, [3.0], live=True, finals_s=0.0)
    meter.ended(100.0, 106.0, [2.0], live=True, finals_s=2.0)

    load = seen(meter, 106.0)
    assert [load.utilisation, load.finals_utilisation] == pytest.approx([11 / 20, 6 / 20])


def test_hearing_again_keeps_workers_busy_and_is_no_part_of_what_finals_cost() -> None:
    """What a busy machine leaves out says nothing of how many calls it can follow."""
    meter = LoadMeter(2)
    meter.began(100.0, [0.0], live=True, finals_s=2.0)
    meter.ended(100.0, 104.0, [2.0], live=True, finals_s=2.0, again_s=3.0)

    load = seen(meter, 104.0)

    assert (load.finals_heard_s, load.finals_busy_s, load.busy_s) == (2.0, 1.0, 4.0)


def test_a_second_try_is_not_asked_for_twice() -> None:
    """It takes time like the first, but what it transcribes was counted."""
    meter = LoadMeter(1)
    meter.began(100.0, [0.0], live=True, finals_s=2.0)
    meter.ended(100.0, 101.0, [], live=True, finals_s=2.0)
    meter.began(101.0, [], live=True, finals_s=2.0, again=True)
    meter.ended(101.0, 103.0, [2.0], live=True, finals_s=2.0)

    load = seen(meter, 103.0)
    assert (load.finals_asked_s, load.finals_heard_s, load.finals_busy_s) == (2.0, 2.0, 2.0)
    assert load.finals_utilisation == pytest.approx(3 / 10)


def test_work_on_what_comes_later_is_no_load() -> None:
    """It is done because nothing else is."""
    meter = LoadMeter(1)
    meter.began(100.0, [], live=False, finals_s=0.0)
    meter.ended(100.0, 105.0, [20.0], live=False, finals_s=0.0)

    load = seen(meter, 105.0)
    assert (load.utilisation, load.busy_s, load.audio_s, load.windows) == (0.0, 5.0, 20.0, 1)


def test_what_was_asked_for_is_known_while_it_waits() -> None:
    """What was begun, what waits and what was given up; what it cost where it was transcribed."""
    meter = LoadMeter(1)
    meter.began(100.0, [0.0, 0.0], live=True, finals_s=5.0)
    meter.late(100.0, 8.0, 3.0)
    waiting = seen(meter, 101.0, (0.5,))
    meter.ended(100.0, 102.0, [2.0, 3.0], live=True, finals_s=5.0)
    done = seen(meter, 102.0)

    assert (waiting.finals_asked_s, waiting.finals_heard_s, waiting.finals_busy_s) == (10.0, 0.0, 0.0)
    assert (done.finals_asked_s, done.finals_heard_s, done.finals_busy_s) == (8.0, 5.0, 2.0)


def test_everything_refused_is_counted_by_its_kind() -> None:
    """Nothing disappears without a number."""
    meter = LoadMeter(1)
    for kind in (Kind.FINAL, Kind.EARLY, Kind.EARLY, Kind.PARTIAL, Kind.PARTIAL, Kind.PARTIAL):
        meter.refused(kind)

    load = seen(meter, 100.0)
    assert (load.refused_finals, load.dropped_earlies, load.dropped_partials) == (1, 2, 3)


@given(
    workers=st.integers(min_value=1, max_value=4),
    steps=st.lists(st.tuples(st.floats(0, 3), st.floats(0, 9), st.booleans()), max_size=40),
)
def test_figures_stay_within_reason(workers: int, steps: list[tuple[float, float, bool]]) -> None:
    """Whatever happens, in whatever rhythm."""
    meter, now_s, running = LoadMeter(workers), 50.0, list[float]()
    for seconds, age_s, begins in steps:
        now_s += seconds
        if begins and len(running) < workers:
            meter.began(now_s, [age_s], live=True, finals_s=1.0)
            running.append(now_s)
        elif running:
            meter.ended(running.pop(0), now_s, [1.0], live=True, finals_s=1.0)
        load = seen(meter, now_s, (age_s,))

        assert 0.0 <= load.utilisation <= 1.0
        assert 0.0 <= load.age_p95_s <= 9.0
