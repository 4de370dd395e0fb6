"""Ten thousand broken streams, and any order of anything: no exception, no second ending, memory flat."""

import gc
import random
import tracemalloc
from collections.abc import Callable
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from streams.protocols.audiosocket_leg import AudioSocket
from streams.records import AudioFrame, CallEnded, CallEvent, CallStarted
from tests.streams.protocols.audiosocket_sessions import (
    AGENT,
    CUSTOMER,
    HANGUP,
    SLIN,
    Legs,
    both_legs,
    dtmf,
    frame,
    hello,
    pairs_for,
    sound_of,
)
from tests.streams.sessions import after, assert_whole

OTHER = UUID(int=7)
STREAMS = 10_000
GROWTH = 500_000
"""Bytes that a run may leave behind."""
VALID = [hello(CUSTOMER), *([frame(SLIN, sound_of(1, 0.02))] * 3), dtmf("5"), *([frame(SLIN, bytes(320))] * 3), HANGUP]


def _flip(stream: bytes, chance: random.Random) -> bytes:
    changed = bytearray(stream)
    for _ in range(chance.randint(1, 6)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _drop(stream: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(stream))
    return stream[:begin] + stream[begin + chance.randint(1, 30) :]


def _insert(stream: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(stream))
    return stream[:begin] + chance.randbytes(chance.randint(1, 200)) + stream[begin:]


def _shuffle(stream: bytes, chance: random.Random) -> bytes:
    frames = list(VALID)
    chance.shuffle(frames)
    return b"".join(frames)


def _repeat(stream: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(stream))
    part = stream[begin : begin + chance.randint(1, 700)]
    return stream[:begin] + part * chance.randint(2, 4) + stream[begin:]


def _lengthen(stream: bytes, chance: random.Random) -> bytes:
    """A length in a header is not true."""
    frames = [bytearray(each) for each in VALID]
    frames[chance.randrange(len(frames))][1:3] = chance.randbytes(2)
    return b"".join(frames)


def _cut(stream: bytes, chance: random.Random) -> bytes:
    return stream[: chance.randrange(len(stream))]


def _noise(stream: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(2000))


DAMAGE: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip,
    _drop,
    _insert,
    _shuffle,
    _repeat,
    _lengthen,
    _cut,
    _noise,
)


def play_broken(seed: int) -> tuple[Legs, list[CallEvent]]:
    """One broken stream, cut anywhere; its connection is closed at the end."""
    chance = random.Random(seed)
    stream = chance.choice(DAMAGE)(b"".join(VALID), chance)
    legs = Legs(pairs=pairs_for(both_legs()))
    at, now_s = 0, 0.0
    while at < len(stream):
        size = chance.choice([1, 3, 50, 323, 2000])
        legs.say(CUSTOMER, stream[at : at + size], now_s)
        at, now_s = at + size, now_s + chance.choice([0.0, 0.001, 0.02, 0.1])
        legs.tick(now_s)
    legs.say(CUSTOMER, None, now_s)
    return legs, legs.events


def test_row_15_ten_thousand_broken_streams_meet_no_exception() -> None:
    """Seeded. Whatever comes out is a whole call or nothing, and nothing is sent back."""
    for seed in range(STREAMS):
        legs, events = play_broken(seed)

        assert legs.sent == [], seed
        assert_whole(events)


def test_broken_streams_leave_no_memory_behind() -> None:
    for seed in range(100):
        play_broken(seed)
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for seed in range(100, 1000):
            play_broken(seed)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()

    assert grown < GROWTH


def test_one_hostile_connection_holds_less_than_a_frame() -> None:
    """Headers that ask to be waited for, kinds that nobody knows, audio a millisecond at a time."""
    legs = Legs(pairs=pairs_for(both_legs()))
    legs.say(CUSTOMER, hello(CUSTOMER), 0)
    leg = legs.leg(CUSTOMER)
    tracemalloc.start()
    try:
        for index in range(10_000):
            leg.receive(frame(0x20 + index % 200, bytes(index % 900)) + frame(SLIN, bytes(16)), after(index * 0.001))
            leg.tick(after(index * 0.001))
        leg.receive(frame(SLIN, bytes(16_384))[:-1], after(10))
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert leg.close is None
    assert kept < 100_000
    assert len(leg.rejected) < 10


def told(event: CallEvent) -> tuple[str, bytes]:
    return str(event), event.samples.tobytes() if isinstance(event, AudioFrame) else b""


def good_call(beside: Callable[[Legs, int], None]) -> list[tuple[str, bytes]]:
    """All that is told of two seconds of one call, while `beside` does something else before each of its frames."""
    legs = Legs(pairs=pairs_for({**both_legs(), OTHER: both_legs(call_id="bad", key="p-2")[AGENT]}))
    legs.say(AGENT, hello(AGENT), 0)
    for index in range(100):
        beside(legs, index)
        legs.say(AGENT, frame(SLIN, sound_of(index, 0.02)), index * 0.02)
    return [told(event) for event in legs.events]


def test_a_call_beside_broken_ones_is_bit_identical() -> None:
    """On the same server: the broken streams share nothing with it but the table of calls."""

    def broken(legs: Legs, index: int) -> None:
        leg = AudioSocket(opened_at=after(0), join=legs.pairs.join)
        leg.receive(_flip(hello(OTHER) + frame(SLIN, bytes(640)) * 3, random.Random(index)), after(index * 0.02))
        leg.closed(after(index * 0.02))

    alone = good_call(lambda legs, index: None)
    beside = good_call(broken)

    assert beside == alone
    assert len(alone) > 100


class Connections(RuleBasedStateMachine):
    """Two connections of one call doing anything in any order, while time passes."""

    sides = st.sampled_from([CUSTOMER, AGENT])

    def __init__(self) -> None:
        super().__init__()
        self.legs = Legs(pairs=pairs_for(both_legs()))
        self.now_s = 0.0

    @rule(uuid=sides)
    def says_who_it_is(self, uuid: UUID) -> None:
        self.legs.say(uuid, hello(uuid), self.now_s)

    @rule(uuid=sides, kind=st.sampled_from([SLIN, SLIN, SLIN, 0x12]), count=st.integers(0, 30), cut=st.booleans())
    def speaks(self, uuid: UUID, kind: int, count: int, cut: bool) -> None:
        for _ in range(count):
            self.now_s += 0.02
            self.legs.say(uuid, frame(kind, bytes(320)), self.now_s)
        if cut:
            self.legs.say(uuid, frame(kind, bytes(320))[:100], self.now_s)

    @rule(uuid=sides, data=st.binary(max_size=40))
    def says_anything(self, uuid: UUID, data: bytes) -> None:
        self.legs.say(uuid, data, self.now_s)

    @rule(uuid=sides, digit=st.sampled_from("159#x"))
    def presses_a_key(self, uuid: UUID, digit: str) -> None:
        self.legs.say(uuid, dtmf(digit), self.now_s)

    @rule(seconds=st.floats(0, 12))
    def waits(self, seconds: float) -> None:
        end_s = self.now_s + seconds
        while self.now_s < end_s:
            self.now_s += 0.1
            self.legs.tick(self.now_s)

    @precondition(lambda self: self.now_s > 3)
    @rule(uuid=sides, last=st.sampled_from([HANGUP, None, frame(0xFF, b"\x01"), frame(SLIN, b"abc")]))
    def ends(self, uuid: UUID, last: bytes | None) -> None:
        self.legs.say(uuid, last, self.now_s)

    def teardown(self) -> None:
        for uuid in list(self.legs.legs):
            self.legs.say(uuid, None, self.now_s)
        assert_whole(self.legs.events)
        for kind in (CallStarted, CallEnded):
            assert sum(isinstance(event, kind) for event in self.legs.events) <= 1


TestConnections = Connections.TestCase
TestConnections.settings = settings(max_examples=150, stateful_step_count=50, deadline=None, derandomize=True)
