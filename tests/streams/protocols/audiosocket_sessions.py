"""Both sides of AudioSocket calls as bytes, and legs fed with them by a clock of the test."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from streams.protocols.audiosocket import Leg, Pairs
from streams.protocols.audiosocket_leg import AudioSocket
from streams.records import CallEvent, CallId, CallStarted, Speaker
from tests.streams.sessions import NOON, after, some_bytes

CUSTOMER, AGENT = UUID(int=0xC0), UUID(int=0xA0)
SLIN, SLIN12, SLIN16 = 0x10, 0x11, 0x12
HANGUP = bytes(3)
FRAME_BYTES = 320
"""20 ms at 8 kHz."""
STEP_S = 0.02

Timed = tuple[float, bytes | None]
"""When (s) and what arrives on one connection; None: it is closed in an orderly way."""


def frame(kind: int, payload: bytes = b"") -> bytes:
    return struct.pack("!BH", kind, len(payload)) + payload


def hello(uuid: UUID) -> bytes:
    return frame(0x01, uuid.bytes)


def dtmf(digit: str) -> bytes:
    return frame(0x03, digit.encode())


def a_call(*channels: Speaker, call_id: str = "c-1") -> CallStarted:
    return CallStarted(
        call_id=CallId(call_id),
        agent_id="a-7",
        channels=channels or (Speaker.CUSTOMER, Speaker.AGENT),
        rate_hz=8000,
        started_at=NOON,
        dialect="announced",
    )


def both_legs(call_id: str = "c-1", key: str = "p-1") -> dict[UUID, Leg]:
    call = a_call(call_id=call_id)
    return {
        CUSTOMER: Leg(call=call, channel=0, pair_key=key),
        AGENT: Leg(call=call, channel=1, pair_key=key),
    }


def one_leg() -> dict[UUID, Leg]:
    return {CUSTOMER: Leg(call=a_call(Speaker.MIXED), channel=0, pair_key="p-1")}


def pairs_for(legs: Mapping[UUID, Leg]) -> Pairs:
    """Every UUID once."""
    left = dict(legs)
    return Pairs(lambda uuid: left.pop(uuid, None))


def sound_of(seed: int, seconds: float) -> bytes:
    return some_bytes(seed, round(seconds * 16_000))


def paced(data: bytes, *, begin_s: float = 0.0, kind: int = SLIN, size: int = FRAME_BYTES) -> list[Timed]:
    """Frames of `size` bytes, each arriving when its 20 ms have been spoken."""
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return [(begin_s + (index + 1) * STEP_S, frame(kind, part)) for index, part in enumerate(parts)]


@dataclass(slots=True)
class Legs:
    """Several connections of one server, without a network."""

    pairs: Pairs
    legs: dict[UUID, AudioSocket] = field(default_factory=dict)
    events: list[CallEvent] = field(default_factory=list)
    sent: list[str | bytes] = field(default_factory=list)

    def leg(self, uuid: UUID, at_s: float = 0.0) -> AudioSocket:
        """The connection that will say this UUID; made when first asked for."""
        if uuid not in self.legs:
            self.legs[uuid] = AudioSocket(opened_at=after(at_s), join=self.pairs.join)
        return self.legs[uuid]

    def say(self, uuid: UUID, data: bytes | None, at_s: float) -> Sequence[CallEvent]:
        leg = self.leg(uuid, at_s)
        events = leg.closed(after(at_s), 1000) if data is None else leg.receive(data, after(at_s))
        self.events += events
        self.sent += leg.replies()
        return events

    def tick(self, at_s: float) -> Sequence[CallEvent]:
        events = [event for leg in list(self.legs.values()) for event in leg.tick(after(at_s))]
        self.sent += [reply for leg in self.legs.values() for reply in leg.replies()]
        self.events += events
        return events


def play_legs(legs: Legs, timed: Mapping[UUID, Sequence[Timed]], *, until_s: float = 0.0) -> list[CallEvent]:
    """Feed each connection at its times, with a tick every 100 ms; `until_s` ticks on after the last byte."""
    for at_s, uuid, data in _in_order(timed, until_s):
        if uuid is None:
            legs.tick(at_s)
        else:
            legs.say(uuid, data, at_s)
    return legs.events


def _in_order(
    timed: Mapping[UUID, Sequence[Timed]], until_s: float
) -> Iterator[tuple[float, UUID | None, bytes | None]]:
    said = [(at_s, uuid, data) for uuid, each in timed.items() for at_s, data in each]
    last_s = max([until_s, *(at_s for at_s, _, _ in said)])
    ticks: list[tuple[float, UUID | None, bytes | None]] = [
        (tick / 10, None, None) for tick in range(1, int(last_s * 10) + 1)
    ]
    yield from sorted([*said, *ticks], key=lambda each: each[0])
