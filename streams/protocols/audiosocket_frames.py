"""The frames of AudioSocket out of a byte stream: one byte of kind, two of length (big-endian), the payload."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from streams.refusals import TOO_BIG, Refused

LARGEST_PAYLOAD = 16_384
"""Bytes of one frame that we read; a second of 8 kHz audio is less."""
RATES: Mapping[int, int] = MappingProxyType(
    {
        0x10: 8_000,
        0x11: 12_000,
        0x12: 16_000,
        0x13: 24_000,
        0x14: 32_000,
        0x15: 44_100,
        0x16: 48_000,
        0x17: 96_000,
        0x18: 192_000,
    }
)
"""Samples per second of each kind of audio. An early draft of the protocol had others, so it can be replaced."""
_HEADER = struct.Struct("!BH")


class Kind(IntEnum):
    """The kinds that are not audio."""

    HANGUP = 0x00
    UUID = 0x01
    SILENCE = 0x02
    """A marker of an old library: means nothing to us."""
    DTMF = 0x03
    ERROR = 0xFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One whole frame. The payload of a kind that we do not read is left out."""

    kind: int
    payload: bytes


def encode_frame(kind: int, payload: bytes) -> bytes:
    """The bytes of a frame."""
    return _HEADER.pack(kind, len(payload)) + payload


class FrameReader:
    """Cuts bytes of any lengths into frames: what comes out does not depend on how they were cut on the way.

    State of one connection; holds less than one frame between two calls.
    """

    def __init__(self, rates: Mapping[int, int] = RATES) -> None:
        self._read = frozenset((Kind.HANGUP, Kind.UUID, Kind.DTMF, Kind.ERROR, *rates))
        self._held = bytearray()
        self._skip = 0
        self._broken: Refused | None = None

    @property
    def broken(self) -> Refused | None:
        """Set once a frame was announced that is too large to be one; nothing is read after it."""
        return self._broken

    @property
    def unfinished(self) -> bool:
        """Whether the stream stands in the middle of a frame."""
        return bool(self._held or self._skip)

    def feed(self, data: bytes) -> Sequence[Frame]:
        """The frames that are whole now, in order."""
        if self._broken is not None:
            return ()
        frames: list[Frame] = []
        self._held += data
        at = 0
        while self._broken is None:
            at = self._skipped(at)
            if len(self._held) - at < _HEADER.size:
                break
            kind, length = _HEADER.unpack_from(self._held, at)
            begin, end = at + _HEADER.size, at + _HEADER.size + length
            if kind not in self._read:
                frames.append(Frame(kind=kind, payload=b""))
                at, self._skip = begin, length
            elif length > LARGEST_PAYLOAD:
                self._broken = Refused(TOO_BIG, f"a frame has at most {LARGEST_PAYLOAD} bytes, not {length}")
            elif end > len(self._held):
                break
            else:
                frames.append(Frame(kind=kind, payload=bytes(self._held[begin:end])))
                at = end
        del self._held[:at]
        return frames

    def _skipped(self, at: int) -> int:
        """Pass over what is left of a payload that we do not read."""
        step = min(self._skip, len(self._held) - at)
        self._skip -= step
        return at + step
