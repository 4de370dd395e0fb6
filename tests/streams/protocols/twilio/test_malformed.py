"""Row 15: ten thousand hostile messages over the family's four dialects, with seeds that say how to repeat each."""

import gc
import json
import random
import tracemalloc
from collections.abc import Callable

import pytest

from streams.protocols.twilio.session import Twilio
from streams.records import CallEvent
from tests.streams.protocols.twilio.sessions import A_TWILIO, VENDORS, Vendor, a_header
from tests.streams.sessions import after, assert_whole, play, sound

MESSAGES = 2_500
"""Hostile ones per dialect."""
CODES = (None, 1000, 1003, 1007, 1008, 1009)
GROWTH = 2_000_000
"""Bytes that a run may leave behind, of 20 MB that the table allows."""
EVERY_VENDOR = pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.dialect.name)
VALUES: tuple[object, ...] = (None, "", "é", "!!!!", 5, -1, True, 1.5, "1e9", "9" * 400, [], {}, [[]], {"a": {}}, "\0")
Mutation = Callable[[Vendor, str, random.Random], str | bytes]


def flipped(vendor: Vendor, message: str, chance: random.Random) -> str:
    """Some characters become others."""
    text = list(message)
    for _ in range(chance.randint(1, 8)):
        text[chance.randrange(len(text))] = chr(
            chance.choice([0, 10, 34, 44, 92, 91, 123, 125, 48, 0xE9, 0xD800, 0x1F600])
        )
    return "".join(text)


def cut(vendor: Vendor, message: str, chance: random.Random) -> str:
    return message[: chance.randrange(len(message))]


def doubled(vendor: Vendor, message: str, chance: random.Random) -> str:
    at = chance.randrange(len(message))
    return message[:at] + message


def replaced(vendor: Vendor, message: str, chance: random.Random) -> str:
    """One field, somewhere, has another value, another name, or is gone."""
    whole = json.loads(message)
    inside = whole
    while True:
        name = chance.choice(list(inside))
        if not (isinstance(inside[name], dict) and inside[name] and chance.random() < 0.8):
            break
        inside = inside[name]
    match chance.randrange(3):
        case 0:
            inside[name] = chance.choice(VALUES)
        case 1:
            inside[f"{name}{chance.choice(['', 'X', '_id'])}"] = inside.pop(name)
        case _:
            del inside[name]
    return json.dumps(whole)


def grown(vendor: Vendor, message: str, chance: random.Random) -> str:
    """Long, or nested without end."""
    kind = chance.choice(["[", '{"event":', " ", "x"])
    return kind * (chance.randint(1, 70_000) // len(kind)) + message * chance.randint(0, 1)


def far(vendor: Vendor, message: str, chance: random.Random) -> str:
    """Audio of absurd number, time or length."""
    data = chance.randbytes(chance.choice([0, 1, 2, 3, 7, 320, 3200, 40_000]))
    header = (
        a_header(rate_hz=chance.choice([8000, 16000, 1]))[: chance.randint(0, 44)] if chance.random() < 0.3 else b""
    )
    number, at_ms = (chance.choice([0, 1, chance.randrange(50), chance.randrange(2**53), 2**60]) for _ in range(2))
    return vendor.media(number, header + data, track=chance.choice([*vendor.tracks, "inbound", "x"]), at_ms=at_ms)


def binary(vendor: Vendor, message: str, chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(400))


MUTATIONS: tuple[Mutation, ...] = (flipped, cut, doubled, replaced, replaced, replaced, grown, far, far, far, binary)


def hostile(vendor: Vendor, valid: list[str], chance: random.Random) -> str | bytes:
    """One message that a vendor would not send."""
    return chance.choice(MUTATIONS)(vendor, chance.choice(valid), chance)


def attack(vendor: Vendor, count: int, seed: int) -> dict[str, int]:
    """So many hostile messages, between valid ones, over as many connections as they close; counts by close code."""
    chance = random.Random(seed)
    valid = vendor.session(vendor.sounds(0.1))
    codes: dict[str, int] = {}
    sent = 0
    while sent < count:
        dialect, events, now_s = vendor.open(), list[CallEvent](), 0.0
        for message in valid[: chance.randrange(len(valid))]:
            events += dialect.receive(message, after(now_s))
        while dialect.close is None and sent < count and chance.random() < 0.98:
            now_s += chance.choice([0.0, 0.02, 0.5])
            events += dialect.receive(hostile(vendor, valid, chance), after(now_s))
            events += dialect.tick(after(now_s))
            sent += 1
        events += dialect.closed(after(now_s))
        assert_whole(events)
        assert dialect.replies() == ()
        code = None if dialect.close is None else dialect.close.code
        assert code in CODES, (vendor.dialect.name, seed, sent, dialect.close)
        codes[str(code)] = codes.get(str(code), 0) + 1
    return codes


@EVERY_VENDOR
def test_row_15_malformed_messages_meet_an_agreed_code(vendor: Vendor) -> None:
    """None raises, every call that began ends once and whole, and every kind of refusal is met."""
    codes = attack(vendor, MESSAGES, seed=15)

    assert set(codes) == {str(code) for code in CODES}


@EVERY_VENDOR
def test_row_15_malformed_messages_leave_no_memory_behind(vendor: Vendor) -> None:
    attack(vendor, 100, seed=1)
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        attack(vendor, 600, seed=16)
        gc.collect()
        grown_by = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()

    assert grown_by < GROWTH


def test_row_15_malformed_messages_change_no_call_beside_them() -> None:
    """A good call whose messages alternate with hostile ones on other connections is bit-identical."""
    chance = random.Random(17)
    sounds = A_TWILIO.sounds(4.0)
    session = A_TWILIO.session(sounds)
    others = {vendor.dialect.name: vendor.open() for vendor in VENDORS}
    valid = {vendor.dialect.name: vendor.session(vendor.sounds(0.1)) for vendor in VENDORS}
    good, events = A_TWILIO.open(), list[CallEvent]()

    for index, message in enumerate(session):
        now = after(index * 0.01)
        events += good.receive(message, now)
        events += good.tick(now)
        for vendor in VENDORS:
            name = vendor.dialect.name
            others[name].receive(hostile(vendor, valid[name], chance), now)
            others[name] = vendor.open() if others[name].close is not None else others[name]

    assert events[1:-1]
    alone = play(A_TWILIO.open(), session)
    assert [sound(events, channel).tobytes() for channel in range(2)] == [
        A_TWILIO.decoded(data).tobytes() for data in sounds.values()
    ]
    assert (events[0], events[-1], good.rejected) == (alone[0], alone[-1], {})


@EVERY_VENDOR
def test_one_hostile_connection_holds_little(vendor: Vendor) -> None:
    """Messages that each ask to be kept: far numbers, far times, long keys, big payloads."""
    chance = random.Random(7)
    dialect: Twilio = vendor.open()
    dialect.receive(vendor.start(), after(0))
    tracemalloc.start()
    try:
        for index in range(2000):
            now = after(index / 1000)
            data = chance.randbytes(4000 if index % 50 == 0 else vendor.encoding.width)
            number, at_ms = (chance.choice([chance.randrange(2**53), index, 1]) for _ in range(2))
            dialect.receive(
                vendor.media(number, data, at_ms=at_ms, track=chance.choice(vendor.tracks)), after(index / 1000)
            )
            dialect.receive(json.dumps({"event": f"e{index}", f"k{index}": index}), now)
            dialect.tick(now)
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert dialect.close is None
    assert kept < GROWTH
    assert len(dialect.rejected) < 10
