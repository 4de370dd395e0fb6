"""Two connections, one call: both sides on one clock, whatever the network does to either."""

import random
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.records import AudioFrame, CallEnded, CallEvent, CallStarted, EndReason, Samples
from streams.samples.codec import Encoding, decode
from tests.streams.protocols.audiosocket_sessions import (
    AGENT,
    CUSTOMER,
    HANGUP,
    SLIN,
    SLIN16,
    Legs,
    Timed,
    both_legs,
    frame,
    hello,
    paced,
    pairs_for,
    play_legs,
    sound_of,
)
from tests.streams.sessions import assert_whole, gaps, sound


def a_pair() -> Legs:
    return Legs(pairs=pairs_for(both_legs()))


def side(uuid: UUID, data: bytes, *, begin_s: float = 0.0, end_s: float | None = None) -> list[Timed]:
    """A whole connection: it says who it is, speaks at the pace of its audio, and hangs up where a time is given."""
    last = [] if end_s is None else [(end_s, HANGUP)]
    return [(begin_s, hello(uuid)), *paced(data, begin_s=begin_s), *last]


def start_of(events: Sequence[CallEvent], channel: int) -> float:
    return next(event.start_s for event in events if isinstance(event, AudioFrame) and event.channel == channel)


def samples_of(data: bytes) -> Samples:
    return decode(data, Encoding.PCM16)


def late(timed: Sequence[Timed], from_s: float, to_s: float) -> list[Timed]:
    """What would arrive in between arrives at `to_s` at once."""
    return [(to_s if from_s <= at_s < to_s else at_s, data) for at_s, data in timed]


def lost(timed: Sequence[Timed], from_s: float, to_s: float) -> list[Timed]:
    return [(at_s, data) for at_s, data in timed if not from_s <= at_s < to_s]


def test_both_sides_make_one_call_and_every_sample_arrives() -> None:
    legs = a_pair()
    customer, agent = sound_of(1, 3), sound_of(2, 3)

    play_legs(legs, {CUSTOMER: side(CUSTOMER, customer, end_s=3.05), AGENT: side(AGENT, agent, end_s=3.05)})

    assert_whole(legs.events)
    np.testing.assert_array_equal(sound(legs.events, 0), samples_of(customer))
    np.testing.assert_array_equal(sound(legs.events, 1), samples_of(agent))
    assert gaps(legs.events, 0) == gaps(legs.events, 1) == []


def test_the_later_side_begins_where_it_arrived() -> None:
    """Time zero is the first frame of whichever side is heard first."""
    legs = a_pair()

    play_legs(legs, {AGENT: side(AGENT, sound_of(2, 3)), CUSTOMER: side(CUSTOMER, sound_of(1, 2), begin_s=1.234)})

    assert start_of(legs.events, 1) == 0.0
    assert start_of(legs.events, 0) == pytest.approx(1.234, abs=0.001)
    ((from_s, length_s),) = gaps(legs.events, 0)
    assert (from_s, round(length_s, 3)) == (0.0, 1.234)


def test_a_second_side_that_does_not_come_becomes_gaps_as_time_goes_on() -> None:
    legs = a_pair()

    play_legs(legs, {CUSTOMER: side(CUSTOMER, sound_of(1, 8))})

    assert legs.pairs.rejected == {"absent": 1}
    assert [round(start_s + length_s, 1) for start_s, length_s in gaps(legs.events, 1)] == [5.0, 6.0, 7.0, 8.0]


def test_the_agent_and_customer_end_equally_long_with_one_side_alone() -> None:
    legs = a_pair()

    play_legs(legs, {CUSTOMER: side(CUSTOMER, sound_of(1, 2), end_s=2.1)})

    assert_whole(legs.events)
    assert legs.events[-1].end_s == 2.0  # type: ignore[union-attr]


def test_a_side_that_comes_after_all_is_heard_from_there_on() -> None:
    legs = a_pair()

    play_legs(legs, {CUSTOMER: side(CUSTOMER, sound_of(1, 9)), AGENT: side(AGENT, sound_of(2, 1), begin_s=7.5)})

    assert start_of(legs.events, 1) == pytest.approx(7.5, abs=0.001)
    assert len(sound(legs.events, 1)) == 8000


def test_the_other_side_is_heard_two_seconds_more() -> None:
    legs = a_pair()

    play_legs(legs, {CUSTOMER: side(CUSTOMER, sound_of(1, 3), end_s=3.01), AGENT: side(AGENT, sound_of(2, 9))})

    assert_whole(legs.events)
    ended = legs.events[-1]
    assert isinstance(ended, CallEnded)
    assert ended.reason is EndReason.HANGUP
    assert ended.end_s == pytest.approx(5.0, abs=0.15)
    close = legs.leg(AGENT).close
    assert close is not None
    assert "has ended" in close.reason


def test_the_call_ends_at_once_when_both_sides_have_left() -> None:
    legs = a_pair()

    play_legs(legs, {CUSTOMER: side(CUSTOMER, bytes(32_000), end_s=2.1), AGENT: side(AGENT, bytes(32_000), end_s=2.15)})

    assert isinstance(legs.events[-1], CallEnded)


def test_a_side_that_leaves_before_it_was_heard_ends_nothing() -> None:
    legs = a_pair()

    play_legs(
        legs, {CUSTOMER: side(CUSTOMER, sound_of(1, 6)), AGENT: [(0.5, hello(AGENT)), (1.0, HANGUP)]}, until_s=6.0
    )

    assert not any(isinstance(event, CallEnded) for event in legs.events)
    assert len(sound(legs.events, 0)) == 48_000


def test_a_second_side_at_another_rate_is_refused_and_the_call_goes_on() -> None:
    legs = a_pair()

    play_legs(
        legs,
        {
            CUSTOMER: side(CUSTOMER, sound_of(1, 4), end_s=4.1),
            AGENT: [(0.5, hello(AGENT)), *paced(sound_of(2, 4), begin_s=0.5, kind=SLIN16, size=640)],
        },
    )

    assert_whole(legs.events)
    assert legs.pairs.rejected["other_rate"] == 1
    assert len(sound(legs.events, 0)) == 32_000
    assert len(sound(legs.events, 1)) == 0


def test_a_burst_that_was_held_back_loses_nothing() -> None:
    legs = a_pair()
    customer = sound_of(1, 8)

    play_legs(legs, {CUSTOMER: late(side(CUSTOMER, customer), 3, 5), AGENT: side(AGENT, sound_of(2, 8))})

    assert gaps(legs.events, 0) == gaps(legs.events, 1) == []
    np.testing.assert_array_equal(sound(legs.events, 0), samples_of(customer))


def test_what_never_came_is_a_gap_where_it_is_missing() -> None:
    legs = a_pair()

    play_legs(legs, {CUSTOMER: lost(side(CUSTOMER, sound_of(1, 9)), 3, 6), AGENT: side(AGENT, sound_of(2, 9))})

    missing = gaps(legs.events, 0)
    assert missing[0][0] == pytest.approx(3.0, abs=0.03)
    assert sum(length_s for _, length_s in missing) == pytest.approx(3.0, abs=0.05)
    assert gaps(legs.events, 1) == []


def test_what_comes_when_its_gap_was_told_is_dropped() -> None:
    """Held back for 4 s: the side does not stand 4 s ahead of the other afterwards."""
    legs = a_pair()

    play_legs(legs, {CUSTOMER: late(side(CUSTOMER, sound_of(1, 10)), 3, 7), AGENT: side(AGENT, sound_of(2, 10))})

    assert legs.pairs.rejected["ahead"] > 0
    last = [event.end_s for event in legs.events if isinstance(event, AudioFrame) and event.channel == 0][-1]
    assert last == pytest.approx(10.0, abs=0.05)


@pytest.mark.parametrize("share", [-0.01, 0.01])
def test_a_side_whose_clock_is_off_is_kept_beside_the_other(share: float) -> None:
    """One per cent, over a minute: 0.6 s without correction, 40 ms and the patience of two seconds with it."""
    legs = a_pair()
    steady = side(CUSTOMER, sound_of(1, 60))
    off = [(at_s * (1 + share), data) for at_s, data in side(AGENT, sound_of(2, 61))]
    off = [(at_s, data) for at_s, data in off if at_s <= 60]

    play_legs(legs, {CUSTOMER: steady, AGENT: off})

    ends = [[e.end_s for e in legs.events if isinstance(e, AudioFrame) and e.channel == each][-1] for each in (0, 1)]
    assert abs(ends[0] - ends[1]) < 0.1
    assert legs.pairs.rejected["behind" if share > 0 else "ahead"] >= 5


def test_a_beginning_that_was_held_back_is_not_lost() -> None:
    """The first frames come in a burst: the clock was begun too late, so it is the clock that gives way."""
    legs = a_pair()
    customer = sound_of(1, 5)

    play_legs(legs, {CUSTOMER: late(side(CUSTOMER, customer), 0, 0.5), AGENT: side(AGENT, sound_of(2, 4), begin_s=0.7)})

    np.testing.assert_array_equal(sound(legs.events, 0), samples_of(customer))
    assert gaps(legs.events, 0) == []
    assert start_of(legs.events, 1) == pytest.approx(0.7, abs=0.05)


def test_a_held_back_beginning_of_the_second_side_moves_the_first_to_where_it_belongs() -> None:
    """A gap in one side costs nothing; words dropped from the other would be lost."""
    legs = a_pair()
    agent = sound_of(2, 5)

    play_legs(
        legs,
        {
            CUSTOMER: side(CUSTOMER, sound_of(1, 7)),
            AGENT: late(side(AGENT, agent, begin_s=1.0), 1.0, 1.8),
        },
    )

    np.testing.assert_array_equal(sound(legs.events, 1), samples_of(agent))
    ends = [[e.end_s for e in legs.events if isinstance(e, AudioFrame) and e.channel == each][-1] for each in (0, 1)]
    assert ends[0] - ends[1] == pytest.approx(1.0, abs=0.05)


NETWORKS = st.fixed_dictionaries(
    {
        "begin_s": st.floats(0, 7),
        "length_s": st.floats(0.1, 6),
        "jitter_s": st.floats(0, 0.3),
        "loss": st.floats(0, 0.3),
        "stall": st.one_of(st.none(), st.tuples(st.floats(0, 6), st.floats(0, 5))),
        "held": st.one_of(st.none(), st.tuples(st.floats(0, 6), st.floats(0, 5))),
        "last": st.sampled_from([HANGUP, None, frame(0xFF, b"\x04"), frame(SLIN, b"odd"), b"\x10", b""]),
        "seed": st.integers(0, 2**16),
    }
)


def through(uuid: UUID, network: dict[str, object]) -> list[Timed]:
    """One side as such a network delivers it."""
    begin_s, length_s = float(str(network["begin_s"])), float(str(network["length_s"]))
    chance = random.Random(int(str(network["seed"])))
    timed = side(uuid, sound_of(1, length_s), begin_s=begin_s)
    audio = [each for each in timed[1:] if chance.random() >= float(str(network["loss"]))]
    if isinstance(stall := network["stall"], tuple):
        audio = lost(audio, begin_s + stall[0], begin_s + stall[0] + stall[1])
    if isinstance(held := network["held"], tuple):
        audio = late(audio, begin_s + held[0], begin_s + held[0] + held[1])
    last_s = max([begin_s, *(at_s for at_s, _ in audio)]) + 0.5
    times = sorted(at_s + chance.uniform(0, float(str(network["jitter_s"]))) for at_s, _ in audio)
    last = network["last"]
    ending = [] if last == b"" else [(last_s, last if isinstance(last, bytes) else None)]
    return [timed[0], *zip(times, (data for _, data in audio), strict=True), *ending]


@given(customer=NETWORKS, agent=NETWORKS, together=st.booleans())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_whatever_the_network_does_the_call_is_whole(
    customer: dict[str, object], agent: dict[str, object], together: bool
) -> None:
    """One start and one end, channels end to end and equally long, and never ahead of the time that has passed."""
    legs = a_pair()
    timed = {CUSTOMER: through(CUSTOMER, customer)}
    if together:
        timed[AGENT] = through(AGENT, agent)

    events = play_legs(legs, timed, until_s=20)
    for uuid in legs.legs:
        legs.say(uuid, None, 90)

    starts = [index for index, event in enumerate(events) if isinstance(event, CallStarted)]
    assert len(starts) == 1 or not events
    assert_whole(events)
    if events:
        ended = events[-1]
        assert isinstance(ended, CallEnded)
        assert ended.end_s <= 20 + 2 + 0.2  # the clock may give way by two seconds


def test_the_announced_call_is_not_changed() -> None:
    """Records are shared: what is heard goes into a copy."""
    legs = both_legs()
    before = replace(legs[CUSTOMER].call)

    play_legs(
        Legs(pairs=pairs_for(legs)), {CUSTOMER: [(0, hello(CUSTOMER)), *paced(bytes(640), kind=SLIN16, size=640)]}
    )

    assert legs[CUSTOMER].call == before
