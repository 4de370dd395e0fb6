"""Asterisk AudioSocket: one TCP connection per person, each opened by the UUID it was promised."""

import struct
from collections.abc import Iterator
from enum import IntEnum
from uuid import UUID

from qa_monitor.simulator.planned import PlannedCall, TimedMessage, Wire, pieces


class Kind(IntEnum):
    """The first byte of a frame."""

    HANG_UP = 0x00
    IDENTITY = 0x01
    DIGIT = 0x03
    SLIN_8 = 0x10
    ERROR = 0xFF


_AUDIO_KINDS = {8000: 0x10, 12_000: 0x11, 16_000: 0x12, 24_000: 0x13, 32_000: 0x14, 44_100: 0x15, 48_000: 0x16}


def leg(call: PlannedCall, channel: int, identity: UUID, wire: Wire) -> Iterator[TimedMessage]:
    """Everything one person's connection sends."""
    yield TimedMessage(at_s=0.0, data=frame(Kind.IDENTITY, identity.bytes))
    kind = _AUDIO_KINDS[call.rate_hz]
    for _, end_s, piece in pieces(call):
        yield TimedMessage(at_s=end_s, data=frame(kind, wire.write(piece[:, channel])), audio=True)
    yield TimedMessage(at_s=call.duration_s, data=frame(Kind.HANG_UP, b""))


def frame(kind: int, payload: bytes) -> bytes:
    """One byte of kind, two of length, the payload."""
    return struct.pack(">BH", kind, len(payload)) + payload


def sounds_in(received: bytes) -> bool:
    """Whether the bytes a service sent back hold anything but frames of silence."""
    while len(received) >= 3:
        kind, length = struct.unpack(">BH", received[:3])
        if not Kind.SLIN_8 <= kind < Kind.ERROR or any(received[3 : 3 + length]):
            return True
        received = received[3 + length :]
    return bool(received)
