"""Ten thousand hostile messages for each preamble-then-samples protocol: nothing raises or grows, all is whole."""

import gc
import json
import random
import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from streams.protocols.pcm.session import Pcm
from streams.protocols.port import LARGEST_MESSAGE
from streams.records import AudioFrame, CallEnded, CallEvent, Gap
from tests.streams.protocols.pcm.sources import SOURCES, Message, Source, a_wav_header
from tests.streams.sessions import after, assert_whole, play, sound

MESSAGES = 10_000
"""For each protocol; the seed of a failure is the number in the message."""
MEASURED = 2000
FLOOD = 2000
CODES = (None, 1000, 1003, 1007, 1008, 1009)
GROWTH = 500_000
"""Bytes that ten thousand messages may leave behind; the bound asked for is 20 MB."""
EverySource = pytest.mark.parametrize("source", SOURCES, ids=str)
ODD: tuple[object, ...] = (None, True, -1, 1.5, "", "x" * 5000, [], [[]], {}, {"a": {}}, "\0", "é", 2**70, "NaN", 0)
FIELDS = (
    *("event", "callEvent", "sampleRate", "mixType", "channels", "side", "rate_hz", "encoding", "call_id", "callSid"),
    *("token", "consent", "language", "direction", "content-type", "format", "digit", "dtmf", "channel_variables"),
)


def cut(message: str, chance: random.Random) -> str:
    return message[: chance.randrange(len(message))]


def flipped(message: str, chance: random.Random) -> str:
    text = list(message)
    for _ in range(chance.randint(1, 5)):
        text[chance.randrange(len(text))] = chr(chance.choice([0, 32, 34, 58, 92, 123, 125, 48, 0x7F, 0xE9, 0x1F600]))
    return "".join(text)


def lied(message: str, chance: random.Random) -> str:
    """Fields that are not what they should be, in a message that is well formed."""
    said = {name: chance.choice(ODD) for name in chance.sample(FIELDS, 4)}
    if not message.startswith("{"):
        return f"{message} {' '.join(f'{name}:{value}' for name, value in said.items())}"
    return json.dumps(json.loads(message) | said)


def nested(message: str, chance: random.Random) -> str:
    return chance.choice(["[", '{"a":', '{"event":[']) * chance.randint(100, 4000)


def long(message: str, chance: random.Random) -> str:
    return message + " " * (LARGEST_MESSAGE - len(message) + chance.choice([0, 1]))


DAMAGE: tuple[Callable[[str, random.Random], str], ...] = (cut, flipped, flipped, lied, lied, lied, nested, long)


def hostile(source: Source, chance: random.Random) -> Message:
    """One message: mostly damaged text, sometimes any bytes, a part of a header, or something that is right."""
    texts = [source.hello, source.dtmf, source.other, source.end or '{"event":"end"}', '{"event":"agent"}']
    match chance.randrange(10):
        case 0:
            return source.hello
        case 1:
            return chance.randbytes(chance.choice([0, 1, 2, 3, 161, 320, 3200]))
        case 2:
            header = a_wav_header(source, rate_hz=chance.choice([None, None, 44100]))
            return header[: chance.randrange(len(header))] + chance.randbytes(chance.randrange(3))
        case 3:
            return chance.choice(['{"event":"pause"}', '{"event":"resume"}', '{"event":"language","language":"fr"}'])
        case _:
            return chance.choice(DAMAGE)(chance.choice(texts), chance)


def run(source: Source, seeds: range) -> None:
    """One message after another, 20 ms apart; when the connection is over, a new one. Beside them, a good call."""
    good, data, heard = source.live(), source.audio(0.02 * len(seeds)), list[CallEvent]()
    frames = source.frames(data)
    dialect, events, first = source.opened(), list[CallEvent](), seeds.start
    for seed in seeds:
        chance = random.Random(seed)
        now = after((seed - first) * 0.02)
        events += dialect.receive(hostile(source, chance), now)
        events += dialect.tick(now)
        heard += good.receive(frames[seed - seeds.start], after((seed - seeds.start) * 0.02))
        if dialect.close is not None or chance.random() < 0.05:
            events += dialect.closed(now)
            assert dialect.close is None or dialect.close.code in CODES, seed
            assert len(dialect.rejected) < 20, seed
            assert_whole(events)
            dialect, events, first = source.opened(), [], seed
    assert np.array_equal(sound(heard, 0), source.samples(data, 0))


@EverySource
def test_row_15_ten_thousand_hostile_messages_harm_nothing(source: Source) -> None:
    """No exception, only agreed codes, every call whole, and memory as before. Measured on the last part of them."""
    run(source, range(MESSAGES - MEASURED))
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        run(source, range(MESSAGES - MEASURED, MESSAGES))
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()

    assert grown < GROWTH


@EverySource
def test_one_connection_that_is_flooded_holds_little(source: Source) -> None:
    """Texts of ever different names in one call, and pieces of a header that never goes on."""
    dialect = source.live()
    tracemalloc.start()
    try:
        for index in range(FLOOD):
            dialect.receive(f'{{"event":"e{index}","k{index}":{index}}}', after(index / 1000))
            dialect.receive(b"RIFF", after(index / 1000))
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert dialect.close is None
    assert kept < GROWTH
    assert dialect.rejected["unknown_event"] == FLOOD


@EverySource
def test_a_number_of_five_thousand_digits_is_refused_or_left_out(source: Source) -> None:
    """Python itself will not write such a number."""
    hello = source.hello.replace("{", '{"weight":' + "9" * 5000 + ",", 1)

    dialect = source.opened()
    events = [*play(dialect, [hello]), *dialect.closed(after(1))]

    assert dialect.close is None or dialect.close.code in CODES
    assert_whole(events)


class PcmMachine(RuleBasedStateMachine):
    """Any order of right and wrong messages, ticks and closes: what comes out is whole at every step."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0
        self.events: list[CallEvent] = []
        self.over = False

    @initialize(source=st.sampled_from(SOURCES), started=st.booleans())
    def opens(self, source: Source, started: bool) -> None:
        self.source = source
        self.dialect: Pcm = source.opened()
        if started:
            self.receive(source.hello)

    def receive(self, message: Message) -> None:
        was_over = self.dialect.close is not None or self.over
        events = self.dialect.receive(message, after(self.now_s))
        assert not (was_over and events)
        self.events += events

    @rule(seconds=st.sampled_from([0.0, 0.02, 0.1, 0.5, 1.0, 3.0, 20.0]))
    def waits(self, seconds: float) -> None:
        self.now_s += seconds
        self.events += self.dialect.tick(after(self.now_s))

    @rule(kind=st.sampled_from(["hello", "dtmf", "other"]))
    def speaks(self, kind: str) -> None:
        self.receive(str(getattr(self.source, kind)))

    @rule(order=st.sampled_from(["pause", "resume", "language", "agent", "nothing"]))
    def orders(self, order: str) -> None:
        self.receive(json.dumps({"event": order, "language": "en-GB", "agent_id": "a-2"}))

    @rule(length_s=st.sampled_from([0.0, 0.02, 0.2, 1.0]), odd=st.integers(0, 3))
    def sounds(self, length_s: float, odd: int) -> None:
        self.receive(bytes(round(length_s * self.source.bytes_per_s) + odd)[:LARGEST_MESSAGE])

    @rule(cut=st.integers(0, 60))
    def repeats_its_header(self, cut: int) -> None:
        self.receive(a_wav_header(self.source)[:cut])

    @rule(text=st.text(max_size=30))
    def raves(self, text: str) -> None:
        self.receive(text)

    @rule(seed=st.integers(0, 10_000))
    def attacks(self, seed: int) -> None:
        self.receive(hostile(self.source, random.Random(seed)))

    @precondition(lambda self: not self.over)
    @rule(code=st.sampled_from([1000, 1001, 1006]))
    def leaves(self, code: int) -> None:
        self.events += self.dialect.closed(after(self.now_s), code)
        self.over = True

    @invariant()
    def an_end_is_the_last_word(self) -> None:
        ends = [index for index, event in enumerate(self.events) if isinstance(event, CallEnded)]
        assert ends in ([], [len(self.events) - 1])

    @invariant()
    def time_never_runs_far_ahead_of_what_was_heard(self) -> None:
        """No number in a message makes a gap: audio as it came, silence as long as the clock says."""
        missing = [event for event in self.events if isinstance(event, Gap) and event.channel == 0]
        assert sum(gap.duration_s for gap in missing) <= self.now_s + 0.01

    def teardown(self) -> None:
        self.events += self.dialect.closed(after(self.now_s))
        assert_whole(self.events)
        assert self.dialect.close is None or self.dialect.close.code in CODES
        assert not [event for event in self.events if isinstance(event, AudioFrame) and not len(event.samples)]


TestPcmMachine = PcmMachine.TestCase
TestPcmMachine.settings = settings(max_examples=100, stateful_step_count=50, deadline=None, derandomize=True)


class ManyPcmMachine(PcmMachine):
    """The same, at the length the acceptance table asks for."""


TestManyPcmMachine = pytest.mark.slow(ManyPcmMachine.TestCase)
TestManyPcmMachine.settings = settings(max_examples=1000, stateful_step_count=50, deadline=None, print_blob=True)
