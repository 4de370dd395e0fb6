"""The rows of the acceptance table that AudioSocket can show at its dialect. Lines are numbered as in that table."""

import random
import tracemalloc

import numpy as np
import pytest

from streams.protocols.audiosocket_leg import AudioSocket
from streams.records import AudioFrame, CallEnded, CallEvent, CallStarted, Dtmf, EndReason, Paused, Speaker
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
    dtmf,
    frame,
    hello,
    one_leg,
    paced,
    pairs_for,
    play_legs,
    sound_of,
)
from tests.streams.sessions import NOON, after, assert_whole, gaps, sound

ROLES = (Speaker.CUSTOMER, Speaker.AGENT)


def a_pair() -> Legs:
    return Legs(pairs=pairs_for(both_legs()))


def ended(events: list[CallEvent]) -> CallEnded:
    last = events[-1]
    assert isinstance(last, CallEnded)
    return last


def whole_call(legs: Legs, seconds: float = 4, *, begin: tuple[float, float] = (0, 0.1)) -> tuple[bytes, bytes]:
    """Both sides from a beginning to a hang-up."""
    customer, agent = sound_of(1, seconds), sound_of(2, seconds)
    end_s = max(begin) + seconds + 0.1
    play_legs(
        legs,
        {
            CUSTOMER: [(begin[0], hello(CUSTOMER)), *paced(customer, begin_s=begin[0]), (end_s, HANGUP)],
            AGENT: [(begin[1], hello(AGENT)), *paced(agent, begin_s=begin[1]), (end_s, HANGUP)],
        },
    )
    return customer, agent


def test_row_01_clean_call() -> None:
    """A minute with both roles: one start, one end, channels equally long, every sample as it was sent."""
    legs = a_pair()

    sent = whole_call(legs, 60, begin=(0, 0))

    assert_whole(legs.events)
    started = legs.events[0]
    assert isinstance(started, CallStarted)
    assert started.channels == ROLES
    assert ended(legs.events).reason is EndReason.HANGUP
    assert ended(legs.events).end_s == 60
    for channel, data in enumerate(sent):
        np.testing.assert_array_equal(sound(legs.events, channel), decode(data, Encoding.PCM16))


def test_row_02_gap_of_a_stall() -> None:
    """Three seconds that never come are a gap of that start and length, and nothing after them is shifted."""
    legs = a_pair()
    stalled = [each for each in paced(sound_of(1, 12)) if not 5 <= each[0] < 8]

    play_legs(legs, {CUSTOMER: [(0, hello(CUSTOMER)), *stalled], AGENT: [(0, hello(AGENT)), *paced(sound_of(2, 12))]})

    missing = gaps(legs.events, 0)
    assert missing[0][0] == pytest.approx(5.0, abs=0.1)
    assert sum(length_s for _, length_s in missing) == pytest.approx(3.0, abs=0.1)
    last = [event for event in legs.events if isinstance(event, AudioFrame) and event.channel == 0][-1]
    assert last.end_s == pytest.approx(12.0, abs=0.1)
    assert gaps(legs.events, 1) == []


def test_row_03_pause_as_a_stall() -> None:
    """Ten seconds without audio on either side are gaps; the call goes on, and the protocol knows no pause."""
    legs = a_pair()
    timed = {
        uuid: [(0.0, hello(uuid)), *paced(sound_of(1, 3)), *paced(sound_of(2, 2), begin_s=13)]
        for uuid in (CUSTOMER, AGENT)
    }

    play_legs(legs, timed, until_s=15)

    assert not any(isinstance(event, CallEnded | Paused) for event in legs.events)
    for channel in (0, 1):
        assert sum(length_s for _, length_s in gaps(legs.events, channel)) == pytest.approx(10, abs=0.1)


def test_row_06_abrupt_close_in_the_middle_of_a_frame() -> None:
    """Both connections are reset: the call ends at once, with everything that was heard."""
    legs = a_pair()
    play_legs(legs, {uuid: [(0, hello(uuid)), *paced(sound_of(3, 2))] for uuid in (CUSTOMER, AGENT)})
    for uuid in (CUSTOMER, AGENT):
        legs.say(uuid, frame(SLIN, bytes(320))[:100], 2.01)

    for uuid in (CUSTOMER, AGENT):
        legs.events += legs.leg(uuid).closed(after(2.02))

    assert_whole(legs.events)
    assert ended(legs.events).reason is EndReason.ABRUPT
    assert len(sound(legs.events, 0)) == 16_000


def test_row_06_half_open_is_given_up_within_45_seconds() -> None:
    """Nothing arrives and nothing closes."""
    legs = a_pair()
    play_legs(legs, {uuid: [(0, hello(uuid)), *paced(sound_of(3, 2))] for uuid in (CUSTOMER, AGENT)}, until_s=47.1)

    assert_whole(legs.events)
    assert ended(legs.events).reason is EndReason.TIMEOUT


@pytest.mark.parametrize(
    ("kind", "size"),
    [(SLIN, 640), (SLIN16, 320), (0x11, 320), (0x16, 320)],
    ids=["16 kHz as 8", "8 kHz as 16", "8 kHz as 12", "8 kHz as 48"],
)
def test_row_07_wrong_rate_is_flagged_within_two_seconds(kind: int, size: int) -> None:
    """The bytes per second are not those of the kind."""
    legs = Legs(pairs=pairs_for(one_leg()))

    play_legs(legs, {CUSTOMER: [(0, hello(CUSTOMER)), *paced(sound_of(1, 10), kind=kind, size=size)]})

    flagged = ended(legs.events)
    assert flagged.reason is EndReason.ERROR
    assert legs.leg(CUSTOMER).rejected["wrong_rate"] == 1
    assert not [each for each in legs.sent if each]
    fed_s = sum(isinstance(event, AudioFrame) for event in legs.events) * 0.02
    assert fed_s <= 2.1


@pytest.mark.parametrize("jitter_s", [0.0, 0.1])
@pytest.mark.parametrize(("from_s", "to_s"), [(0.0, 0.0), (0.0, 0.2), (0.05, 2.0), (0.5, 2.5), (1.0, 4.5)])
def test_row_07_the_right_rate_is_never_flagged(from_s: float, to_s: float, jitter_s: float) -> None:
    """Not by jitter, nor by a burst after audio was held back."""
    legs = Legs(pairs=pairs_for(one_leg()))
    chance = random.Random(1)
    held = [(to_s if from_s <= at_s < to_s else at_s, data) for at_s, data in paced(sound_of(1, 10))]
    times = sorted(at_s + chance.uniform(0, jitter_s) for at_s, _ in held)

    play_legs(
        legs, {CUSTOMER: [(0, hello(CUSTOMER)), *zip(times, (data for _, data in held), strict=True)]}, until_s=10
    )

    assert legs.leg(CUSTOMER).close is None


def test_row_08_roles_follow_the_announcement_and_not_the_order_of_connecting() -> None:
    """The agent's connection comes first, and is still the agent."""
    legs = a_pair()

    customer, agent = whole_call(legs, 3, begin=(1.0, 0.0))

    np.testing.assert_array_equal(sound(legs.events, 0), decode(customer, Encoding.PCM16))
    np.testing.assert_array_equal(sound(legs.events, 1), decode(agent, Encoding.PCM16))


@pytest.mark.parametrize(
    "timed",
    [[], [(0, b"\x01")], [(second, hello(CUSTOMER)[second : second + 1]) for second in range(10)]],
    ids=["silence", "half a header", "one byte per second"],
)
def test_row_10_no_uuid_in_five_seconds(timed: list[Timed]) -> None:
    """Closed at 5 s, and no call."""
    legs = a_pair()
    legs.leg(CUSTOMER)
    play_legs(legs, {CUSTOMER: [each for each in timed if each[0] <= 4.9]}, until_s=4.9)
    assert legs.leg(CUSTOMER).close is None

    legs.tick(5.1)

    assert legs.leg(CUSTOMER).close is not None
    assert legs.events == []


def test_row_11_oversize_frame() -> None:
    """The limit itself is taken, one sample more is not, and a length of 65,535 is refused by its header alone."""
    for length, taken in ((16_384, True), (16_386, False), (65_535, False)):
        legs = a_pair()
        legs.say(CUSTOMER, hello(CUSTOMER), 0)

        legs.say(CUSTOMER, frame(SLIN, bytes(length))[: 3 + 16_384], 1.1)

        assert (legs.leg(CUSTOMER).close is None) is taken
        assert bool(legs.events) is taken


def test_row_13_a_uuid_is_used_once() -> None:
    """The second connection is closed; the first does not notice."""
    legs = a_pair()
    legs.say(CUSTOMER, hello(CUSTOMER), 0)
    thief = AudioSocket(opened_at=NOON, join=legs.pairs.join)

    assert not thief.receive(hello(CUSTOMER) + frame(SLIN, bytes(320)), NOON)

    assert thief.close is not None
    assert legs.leg(CUSTOMER).close is None


@pytest.mark.parametrize(
    "data",
    [frame(SLIN, bytes(320)) + hello(CUSTOMER), hello(CUSTOMER) * 2, frame(0x01, bytes(15)), frame(0x30) * 17],
    ids=["audio before the UUID", "a second UUID", "a short UUID", "too much before the UUID"],
)
def test_row_16_order_errors(data: bytes) -> None:
    """Each closes the connection, and none makes a call."""
    legs = a_pair()

    legs.say(CUSTOMER, data, 0)

    assert legs.leg(CUSTOMER).close is not None
    assert legs.events == []


def test_row_16_bytes_after_the_end_are_counted_and_nothing_else() -> None:
    """A source may go on sending until it sees the connection close."""
    legs = a_pair()
    whole_call(legs)
    before = len(legs.events)

    legs.say(CUSTOMER, frame(SLIN, bytes(320)), 9)

    assert len(legs.events) == before
    assert legs.leg(CUSTOMER).rejected["after_end"] == 1


def test_row_18_bunching() -> None:
    """Two seconds held back on both sides, then sent at once: nothing missing, nothing twice, times unbroken."""
    legs = a_pair()
    data = sound_of(1, 9)
    held = [(5.0 if 3 <= at_s < 5 else at_s, each) for at_s, each in paced(data)]

    play_legs(legs, {uuid: [(0, hello(uuid)), *held, (9.1, HANGUP)] for uuid in (CUSTOMER, AGENT)})

    assert_whole(legs.events)
    for channel in (0, 1):
        assert gaps(legs.events, channel) == []
        np.testing.assert_array_equal(sound(legs.events, channel), decode(data, Encoding.PCM16))


def test_row_19_silence_and_keys() -> None:
    """Ten minutes of silence are ten minutes of audio; each key comes once, on its side."""
    legs = a_pair()
    silence = bytes(16_000 * 600)
    keys: list[Timed] = [(60.0 * (index + 1), dtmf(key)) for index, key in enumerate("159*")]

    play_legs(
        legs,
        {CUSTOMER: [(0, hello(CUSTOMER)), *paced(silence), *keys], AGENT: [(0, hello(AGENT)), *paced(silence)]},
    )

    pressed = [(event.digit, event.channel) for event in legs.events if isinstance(event, Dtmf)]
    assert pressed == [(key, 0) for key in "159*"]
    assert len(sound(legs.events, 0)) == len(sound(legs.events, 1)) == 8000 * 600


def test_row_20_return_path() -> None:
    """Nothing is ever sent, whatever arrives."""
    legs = a_pair()

    whole_call(legs)
    legs.say(CUSTOMER, frame(0xFF, b"\x02"), 9)

    assert legs.sent == []


def test_a_thousand_connections_without_a_uuid_hold_almost_nothing() -> None:
    """Row 10, second half: what waits for a UUID costs next to no memory."""
    tracemalloc.start()
    try:
        waiting = [AudioSocket(opened_at=NOON, join=pairs_for({}).join) for _ in range(1000)]
        for leg in waiting:
            leg.receive(frame(0x20, bytes(60_000))[:16_384], NOON)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert kept < 8_000_000
