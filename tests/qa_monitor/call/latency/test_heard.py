"""The bridge from a call's audio clock to wall time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.call.latency.heard import KEPT_S, STEP_S, HeardClock


def a_clock(*points: tuple[float, float]) -> HeardClock:
    clock = HeardClock()
    for audio_s, wall_s in points:
        clock.heard(audio_s, wall_s)
    return clock


def test_before_any_audio_nothing_is_known() -> None:
    """No latency is better than a wrong one."""
    assert HeardClock().wall_s(0.0) is None


def test_a_second_was_heard_when_the_audio_reached_it() -> None:
    """Between two points it was heard with the later one, less the audio that came after it."""
    clock = a_clock((1.0, 101.0), (2.0, 102.5))

    assert clock.wall_s(1.0) == 101.0
    assert clock.wall_s(2.0) == 102.5
    assert clock.wall_s(1.5) == pytest.approx(102.0)
    assert clock.wall_s(0.5) == pytest.approx(100.5)


def test_what_is_not_heard_yet_counts_as_heard_last() -> None:
    """The end of an utterance may lie a little behind the newest point."""
    assert a_clock((1.0, 101.0)).wall_s(1.05) == 101.0


def test_points_are_a_step_apart_and_old_ones_are_forgotten() -> None:
    """Memory stays flat over an hour of packets of 20 ms, and answers stay right for two minutes."""
    clock = HeardClock()
    for packet in range(180_000):
        clock.heard(packet * 0.02, 1000.0 + packet * 0.02)

    for ago_s in (0.5, 10.0, KEPT_S - 1):
        assert clock.wall_s(3600.0 - ago_s) == pytest.approx(4600.0 - ago_s, abs=2 * STEP_S)
    assert clock.wall_s(0.0) is not None


@given(
    steps=st.lists(st.tuples(st.floats(0.02, 2.0), st.floats(0.0, 2.0)), min_size=1, max_size=40),
    asked=st.lists(st.floats(0.0, 90.0), min_size=2, max_size=10),
)
def test_wall_time_never_runs_backwards_nor_beyond_what_was_seen(
    steps: list[tuple[float, float]], asked: list[float]
) -> None:
    """However unevenly audio arrives, nothing is heard after its last point."""
    clock, audio_s, wall_s = HeardClock(), 0.0, 500.0
    for audio_step_s, wall_step_s in steps:
        audio_s, wall_s = audio_s + audio_step_s, wall_s + wall_step_s
        clock.heard(audio_s, wall_s)

    for second in asked:
        answer = clock.wall_s(second)
        assert answer is not None
        assert answer <= wall_s
