"""Missing audio by arrival time: a burst is late, a stall is lost. And how fast the source's clock runs."""

import pytest

from tests.streams.clock.paced import FRAME_S, Line, assert_gaps


def test_a_steady_stream_misses_nothing() -> None:
    assert Line().send(20).gaps == []


def test_silence_before_the_first_audio_is_not_missing() -> None:
    assert Line().wait(4).send(5).gaps == []


def test_a_stall_of_three_seconds_is_missing_where_it_was() -> None:
    line = Line().send(5).wait(3).send(5)

    assert abs(line.missing_s - 3) < 0.1
    assert abs(line.gaps[0][0] - 5) < 0.1
    assert abs(line.end_s - line.now_s) < 0.1


def test_a_long_stall_is_told_in_few_steps() -> None:
    line = Line().send(1).wait(30)

    assert 25 < line.missing_s <= 30
    assert len(line.gaps) <= 30


def test_two_seconds_held_back_and_sent_at_once_are_not_missing() -> None:
    assert Line().send(5).wait(2).send(2, speed=1000).send(10).gaps == []


def test_a_short_stall_that_is_never_made_up_is_missing() -> None:
    line = Line().send(5).wait(1.5).send(10)

    assert_gaps(line.gaps, [(5.0, 1.5)])
    assert abs(line.end_s - line.now_s) < 0.1


def test_a_lag_of_half_a_second_is_allowed() -> None:
    assert Line().send(5).wait(0.4).send(10).gaps == []


def test_a_stream_at_twenty_times_real_pace_misses_nothing() -> None:
    assert Line().send(60, speed=20).wait(2).send(60, speed=20).gaps == []


def test_what_comes_after_its_gap_was_told_is_late() -> None:
    """Four seconds held back, told as missing, then sent at once: the call's clock does not run ahead for it."""
    line = Line().send(5).wait(4).send(4, speed=1000).send(10)

    assert abs(line.missing_s - 4) < 0.1
    assert abs(line.late_s - 4) < 0.25
    assert abs(line.end_s - line.now_s) < 0.25


def test_a_fast_source_is_never_late_after_a_stall() -> None:
    """Only as much as was told can be made up for."""
    line = Line().send(5).wait(4).send(60, speed=20)

    assert line.late_s <= line.missing_s + FRAME_S


def test_a_pause_that_the_caller_accounts_for_is_not_missing() -> None:
    line = Line().send(5)
    line.now_s += 30
    line.end_s += 30
    line.pace.resumed(line.now_s)

    assert line.wait(2).send(2, speed=1000).send(5).gaps == []


@pytest.mark.parametrize("speed", [1.25, 2.0, 6.0])
def test_more_than_two_seconds_too_much_in_ten_is_too_fast(speed: float) -> None:
    """Counted once for each ten seconds of arrival."""
    line = Line().send(30 * speed, speed=speed)

    assert line.pace.too_fast == 3
    assert line.gaps == []


def test_a_source_twice_as_fast_is_noticed_as_soon_as_it_is_sure() -> None:
    line = Line().send(3.9, speed=2)
    assert line.pace.too_fast == 0

    assert line.send(0.2, speed=2).pace.too_fast == 1


def test_making_up_for_a_hold_is_not_too_fast() -> None:
    line = Line().send(5).wait(2.4).send(2.4, speed=1000).send(9).wait(4).send(4, speed=1000).send(30)

    assert line.pace.too_fast == 0


@pytest.mark.parametrize("ppm", [0, 100, -100, 500, -500, 5000, -5000, 20000])
def test_the_drift_of_the_source_s_clock_is_measured(ppm: int) -> None:
    """Within 150 ppm after five minutes of a line that delays every frame by up to 40 ms."""
    line = Line(jitter_s=0.04).send(300, speed=1 + ppm / 1e6)

    assert line.pace.drift_ppm == pytest.approx(ppm, abs=150)


def test_drift_is_not_told_before_a_minute() -> None:
    assert Line().send(60).pace.drift_ppm is None
    assert Line().send(90).pace.drift_ppm == pytest.approx(0, abs=1)


def test_stalls_and_losses_are_no_drift() -> None:
    line = Line()
    for _ in range(6):
        line.send(25).wait(1.5).send(13).wait(4)

    assert line.pace.drift_ppm == pytest.approx(0, abs=300)
    assert line.missing_s == pytest.approx(6 * 5.5, abs=1)
