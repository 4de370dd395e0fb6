"""What levels alone say: rest in silence, and that something much louder has ended."""

from collections import deque
from math import log10
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from streams.activity.level_gate import BEFORE_STEPS, FALL_DB, FALL_STEPS, QUIET, QUIET_DB, REST_STEPS, LevelGate, Turn

levels = st.one_of(st.just(0.0), st.floats(1e-7, 1.0), st.sampled_from([QUIET, 0.01, 0.1]))


def turns_of(levels: list[float]) -> list[Turn]:
    gate = LevelGate()
    return [gate.turn(level) for level in levels]


def test_silence_rests_from_the_first_step_and_again_after_half_a_second() -> None:
    """Nothing has been heard when a call begins."""
    assert turns_of([0.0] * 3) == [Turn.RESTS] * 3
    after = turns_of([0.1] + [0.0] * REST_STEPS)[1:]
    assert after[-1] is Turn.RESTS
    assert Turn.RESTS not in after[:-1]


def test_a_fall_is_told_once() -> None:
    """After a second of loud and a quarter of a second of quiet."""
    turns = turns_of([0.1] * BEFORE_STEPS + [0.005] * 40)

    assert turns.count(Turn.FELL) == 1
    assert turns.index(Turn.FELL) == BEFORE_STEPS + FALL_STEPS - 1


@given(st.lists(levels, max_size=150))
def test_it_says_what_the_plain_medians_say(levels: list[float]) -> None:
    """The order that is kept is the order that sorting would give."""
    history = deque([-120.0] * (BEFORE_STEPS + FALL_STEPS), maxlen=BEFORE_STEPS + FALL_STEPS)
    quiet, fallen = REST_STEPS, False
    for level, turn in zip(levels, turns_of(levels), strict=True):
        history.append(20 * log10(max(level, 1e-6)))
        before_db, since_db = median(list(history)[:BEFORE_STEPS]), max(list(history)[BEFORE_STEPS:])
        quiet = 0 if level > QUIET else quiet + 1
        was, fallen = fallen, before_db > QUIET_DB and since_db < before_db - FALL_DB
        expected = Turn.FELL if fallen and not was else Turn.GOES_ON

        assert turn is (Turn.RESTS if quiet >= REST_STEPS else expected)
