"""Generated calls with a known flow, and how what was told of them is scored."""

import numpy as np
import pytest

from bench.flowing.clips import LINE_HZ, Voices
from bench.flowing.scoring import score
from bench.flowing.script import AGENT, CUSTOMER, Happening, Kind, played


def some_voices() -> Voices:
    """Noise that stands for speech: what is scripted does not depend on what is said."""
    generator = np.random.default_rng(3)
    clips = tuple(0.05 * generator.standard_normal(round(length_s * LINE_HZ)) for length_s in (3.0, 4.5, 6.0))
    return Voices(customer=clips, agent=clips)


def over(start_s: float, second: int | None = AGENT) -> Happening:
    return Happening(kind=Kind.TALK_OVER, start_s=start_s, end_s=start_s + 2.0, second=second)


def test_a_seed_gives_the_same_call_and_another_another() -> None:
    """Sound and truth alike; of every kind something happens in a few calls."""
    (one, _), truth = played(1, some_voices())
    (again, _), same = played(1, some_voices())
    others = [happening.kind for seed in range(2, 6) for happening in played(seed, some_voices())[1]]

    assert np.array_equal(one, again)
    assert truth == same
    assert set(others) == set(Kind)


def test_nobody_speaks_in_dead_air_and_both_do_in_talk_over() -> None:
    """The truth is what the sound holds: hiss alone, or both voices."""
    channels, truth = played(4, some_voices())

    def loud(channel: int, one: Happening) -> bool:
        inner = channels[channel][round((one.start_s + 0.1) * LINE_HZ) : round((one.end_s - 0.1) * LINE_HZ)]
        return float(np.sqrt(np.mean(np.square(inner / 32768)))) > 0.01

    for happening in truth:
        speaking = [loud(channel, happening) for channel in (CUSTOMER, AGENT)]
        if happening.kind is Kind.DEAD_AIR:
            assert speaking == [False, False]
        elif happening.kind is Kind.TALK_OVER:
            assert speaking == [True, True]


def test_a_beginning_too_far_off_is_missed_and_false() -> None:
    """One right, one late, one never told, one invented."""
    truth = [over(10.0), over(20.0), over(30.0)]
    found = [over(10.2), over(21.0, CUSTOMER), over(60.0)]
    scored = score(Kind.TALK_OVER, [(truth, found)])

    assert (scored.happened, scored.precision, scored.recall) == (3, 0.3333, 0.3333)
    assert scored.second_right == 1.0


@pytest.mark.parametrize("kind", list(Kind))
def test_a_call_without_any_is_no_error(kind: Kind) -> None:
    """Nothing happened, nothing was told."""
    assert score(kind, [([], [])]).happened == 0
