"""Thousands of broken messages per protocol: never an exception, always the right code, memory flat."""

import gc
import json
import random
import tracemalloc
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.protocols.port import Dialect
from streams.records import AudioFrame, CallEvent
from tests.streams.hostile import PCM_FAULTS, TWILIO_FAULTS, Fault
from tests.streams.sessions import (
    END,
    FRAME,
    NOON,
    STOP,
    a_pcm,
    a_twilio,
    after,
    assert_whole,
    media,
    play,
    preamble,
    some_bytes,
    start,
)

MESSAGES = 1500
"""Broken messages per protocol and run."""
CODES = (None, 1000, 1003, 1007, 1008, 1009)
GROWTH = 500_000
"""Bytes that a run may leave behind: counters and interned odds and ends, no message."""
PROTOCOLS = pytest.mark.parametrize(("make", "faults"), [(a_twilio, TWILIO_FAULTS), (a_pcm, PCM_FAULTS)])
MakeDialect = Callable[[], Dialect]


@PROTOCOLS
def test_every_broken_message_meets_its_code(make: MakeDialect, faults: Sequence[Fault]) -> None:
    """Seeded damage to valid sessions. Where the damage decides the code, exactly that one; else one of the agreed."""
    for seed in range(MESSAGES):
        chance = random.Random(seed)
        fault = chance.choice(faults)
        dialect = make()

        events = play(dialect, fault.session(chance))
        events += dialect.closed(after(10))

        code = None if dialect.close is None else dialect.close.code
        assert code in CODES, (seed, fault.name)
        assert fault.codes is None or code in fault.codes, (seed, fault.name, dialect.close)
        assert_whole(events)


@PROTOCOLS
def test_broken_messages_leave_no_memory_behind(make: MakeDialect, faults: Sequence[Fault]) -> None:
    def run(seeds: range) -> None:
        for seed in seeds:
            chance = random.Random(seed)
            dialect = make()
            play(dialect, chance.choice(faults).session(chance))
            dialect.closed(after(10))

    run(range(100))
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        run(range(100, 400))
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()

    assert grown < GROWTH


def test_one_hostile_connection_holds_little() -> None:
    """Ten thousand messages that each ask to be kept: far numbers, far times, long keys, big payloads."""
    chance = random.Random(7)
    dialect = a_twilio()
    dialect.receive(start(), NOON)
    big = some_bytes(1, 4000)
    tracemalloc.start()
    try:
        for index in range(10_000):
            now = after(index * 0.001)
            data = big if index % 50 == 0 else b"\x00"
            number = chance.choice([chance.randrange(2**53), index, 1])
            at_ms = chance.choice([chance.randrange(2**53), index, 0])
            dialect.receive(media(number, data, at_ms=at_ms, track=chance.choice(["inbound", "outbound"])), now)
            dialect.receive(json.dumps({"event": f"e{index}", f"k{index}": index}), now)
            dialect.tick(now)
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert dialect.close is None
    assert kept < GROWTH
    assert len(dialect.rejected) < 10


JUNK = st.one_of(
    st.text(max_size=60),
    st.binary(max_size=60),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(allow_nan=False), st.text()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(
                st.sampled_from(
                    ["event", "start", "media", "dtmf", "track", "chunk", "payload", "call_id", "channels"]
                ),
                inner,
                max_size=5,
            ),
        ),
        max_leaves=12,
    ).map(lambda value: json.dumps(value, allow_nan=True)),
    st.sampled_from([start(), STOP, preamble(), END, media(1, bytes(FRAME))]),
)


@given(messages=st.lists(JUNK, max_size=30), first=st.sampled_from([start(), preamble(), "{}"]))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_message_whatsoever_raises(messages: list[str | bytes], first: str) -> None:
    for make in (a_twilio, a_pcm):
        dialect = make()

        events = play(dialect, [first, *messages])
        events += dialect.closed(after(100))

        assert dialect.close is None or dialect.close.code in CODES
        assert_whole(events)


@given(st.data())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_stranger_s_numbers_change_no_sample(data: st.DataObject) -> None:
    """Whatever chunk and timestamp say, every payload comes out once and unchanged, or not at all."""
    chunk = st.one_of(st.integers(-5, 50), st.floats(allow_nan=False), st.text(max_size=5), st.none(), st.booleans())
    messages = [start(tracks=["inbound"])]
    sent: list[bytes] = []
    for index in range(data.draw(st.integers(1, 20))):
        sent.append(bytes([index]) * 20)
        message = json.loads(media(1, sent[-1]))
        message["media"]["chunk"] = data.draw(chunk)
        message["media"]["timestamp"] = data.draw(chunk)
        messages.append(json.dumps(message))

    events: list[CallEvent] = play(a_twilio(), [*messages, STOP])

    assert_whole(events)
    heard = [event.samples for event in events if isinstance(event, AudioFrame)]
    assert all(len(samples) == 20 and (samples == samples[0]).all() for samples in heard)
    assert len({int(samples[0]) for samples in heard}) == len(heard) <= len(sent)
