"""A stall that is over within two seconds: lost or held back is seen by the pace at which audio comes after it."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.streams.clock.paced import FRAME_S, Line, assert_gaps

INSTANT = 1000
LONGEST_HOLD_S = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """Nothing comes for so long; then a part of it comes at once, and the source goes on at its pace."""

    after_s: float
    lost_s: float
    held_s: float

    def __str__(self) -> str:
        return f"{self.after_s}+{self.lost_s}+{self.held_s}"


def stalls() -> st.SearchStrategy[Stall]:
    """Lost, held back, or a part of each. Of what is lost, each is more than may lag."""
    tenths = st.integers(0, 20)
    return st.builds(
        lambda after, lost, held: Stall(after_s=after / 5, lost_s=(lost + 6) / 10 if lost else 0.0, held_s=held / 10),
        st.integers(3, 20),
        tenths,
        tenths,
    ).filter(lambda stall: 0.3 <= stall.lost_s + stall.held_s <= 2.3)


def played(line: Line, every: list[Stall]) -> list[tuple[float, float]]:
    """The gaps that there should be."""
    expected = []
    for stall in every:
        line.send(stall.after_s)
        if stall.lost_s:
            expected.append((line.now_s, stall.lost_s))
        line.wait(stall.lost_s + stall.held_s)
        line.send(stall.held_s, speed=INSTANT)
    line.send(3)
    return expected


@given(
    every=st.lists(stalls(), min_size=1, max_size=6),
    frame_s=st.sampled_from([0.01, 0.02, 0.05, 0.1]),
    jitter_s=st.sampled_from([0.0, 0.005, 0.015]),
    seed=st.integers(0, 9),
)
@settings(deadline=None, derandomize=True, max_examples=300)
def test_any_stalls_and_bursts_leave_every_gap_where_it_was(
    every: list[Stall], frame_s: float, jitter_s: float, seed: int
) -> None:
    """Within 100 ms, as is the clock; nothing else is missing, nothing is late, and nothing is held for long."""
    line = Line(frame_s=frame_s, jitter_s=jitter_s, seed=seed)

    expected = played(line, every)

    assert_gaps(line.gaps, expected)
    assert line.end_s == pytest.approx(line.now_s, abs=0.1)
    assert line.late_s == 0
    assert line.longest_hold_s <= LONGEST_HOLD_S + frame_s + jitter_s


@given(
    every=st.lists(
        st.tuples(
            st.floats(0.02, 4), st.floats(0, 5), st.floats(0, 1), st.sampled_from([1.0, 1.2, 2.0, 10.0, INSTANT])
        ),
        min_size=1,
        max_size=8,
    ),
    jitter_s=st.sampled_from([0.0, 0.05]),
)
@settings(deadline=None, derandomize=True, max_examples=300)
def test_whatever_comes_when_the_clock_stays_within_what_may_lag(
    every: list[tuple[float, float, float, float]], jitter_s: float
) -> None:
    """Stalls of any length of which any share comes after all, at any speed."""
    line = Line(jitter_s=jitter_s)
    for talk_s, silent_s, share, speed in every:
        line.send(talk_s).wait(silent_s).send(silent_s * share, speed=speed)
    line.send(30).stop()

    assert -0.5 - 0.1 <= line.end_s - line.now_s <= 0.1 + 2 * FRAME_S + jitter_s
    assert line.longest_hold_s <= LONGEST_HOLD_S + 0.1


@pytest.mark.parametrize("frame_s", [0.02, 0.06, 0.1, 0.2, 0.3])
def test_a_stall_is_told_as_soon_as_its_end_is_seen(frame_s: float) -> None:
    """One second, then on at real pace: known a quarter of a second later, for frames of any length."""
    line = Line(frame_s=frame_s).send(6).wait(1).send(frame_s).wait(0.25)

    assert not line.holds
    assert_gaps(line.gaps, [(6.0, 1.0)])
    assert line.longest_hold_s <= LONGEST_HOLD_S


def test_nothing_is_held_where_nothing_stalled() -> None:
    assert Line(jitter_s=0.04).send(60).wait(0.4).send(10).longest_hold_s == 0


@pytest.mark.parametrize("silent_s", [0.7, 1.0, 2.0, 2.3])
def test_a_burst_is_held_no_longer_than_until_it_has_caught_up(silent_s: float) -> None:
    line = Line().send(5).wait(silent_s).send(silent_s, speed=INSTANT)

    assert not line.holds
    assert line.longest_hold_s < FRAME_S
    assert line.gaps == []


@pytest.mark.parametrize("speed", [1.2, 1.5, 2.0, 4.0, 8.0])
def test_what_trickles_in_is_late_and_not_missing(speed: float) -> None:
    """However slowly it catches up, as long as it goes on doing so."""
    line = Line().send(5).wait(1.5).send(1.5 * speed / (speed - 1), speed=speed).send(10)

    assert line.gaps == []
    assert line.late_s == 0
    assert line.end_s == pytest.approx(line.now_s, abs=0.1)


def test_what_trickles_in_and_stops_catching_up_is_missing() -> None:
    """Of 2 s, 1 s is made up for at 1.25 times the pace; the rest never comes."""
    line = Line().send(5).wait(2).send(5, speed=1.25).send(5)

    assert line.missing_s == pytest.approx(1.0, abs=0.1)
    assert line.end_s == pytest.approx(line.now_s, abs=0.1)


def test_what_was_told_too_early_is_late_when_it_comes() -> None:
    """It starts at real pace and then comes at once: the clock does not run ahead."""
    line = Line().send(5).wait(1.5).send(0.4).send(1.5, speed=INSTANT).send(5)

    assert line.missing_s == pytest.approx(1.5, abs=0.1)
    assert line.late_s == pytest.approx(1.5, abs=0.15)
    assert line.end_s == pytest.approx(line.now_s, abs=0.15)


def test_small_losses_are_told_once_they_are_more_than_may_lag() -> None:
    line = Line()
    for _ in range(3):
        line.send(5).wait(0.3)  # the second is where 0.6 s are missing
    line.send(5)

    assert_gaps(line.gaps, [(10.0, 0.6)])


def test_while_nobody_looked_at_the_clock_it_has_time_to_catch_up() -> None:
    """Who was busy does not know when things came: no hold, and two seconds of patience."""
    line = Line().send(5).doze(1).send(1.5)
    assert (line.longest_hold_s, line.gaps) == (0, [])

    assert line.send(2).missing_s == pytest.approx(1.0, abs=0.05)


def test_what_is_held_when_nothing_more_comes_is_given_out_behind_its_gap() -> None:
    line = Line().send(5).wait(1).send(0.1)
    assert line.holds

    line.stop()

    assert_gaps(line.gaps, [(5.0, 1.0)])
    assert line.end_s == pytest.approx(6.1, abs=0.02)
