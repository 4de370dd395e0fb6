"""Telephone encodings to signed 16-bit samples and back, and one interleaved byte stream to its channels."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from streams.records import Samples


class Encoding(StrEnum):
    """How samples are written on the wire."""

    PCM16 = "pcm16"
    """Signed 16-bit, little-endian."""
    MULAW = "mulaw"
    """G.711 mu-law, one byte per sample."""
    ALAW = "alaw"
    """G.711 A-law, one byte per sample."""

    @property
    def width(self) -> int:
        """Bytes per sample."""
        return 2 if self is Encoding.PCM16 else 1


WIRE_NAMES: Mapping[str, Encoding] = MappingProxyType(
    {
        "audio/x-mulaw": Encoding.MULAW,
        "pcmu": Encoding.MULAW,
        "ulaw": Encoding.MULAW,
        "mulaw": Encoding.MULAW,
        "audio/x-alaw": Encoding.ALAW,
        "pcma": Encoding.ALAW,
        "alaw": Encoding.ALAW,
        "audio/x-l16": Encoding.PCM16,
        "audio/l16": Encoding.PCM16,
        "audio/x-raw": Encoding.PCM16,
        "raw/slin": Encoding.PCM16,
        "l16": Encoding.PCM16,
        "slin": Encoding.PCM16,
        "pcm16": Encoding.PCM16,
    }
)
"""What the providers call the encodings, in lower case."""


def decode(data: bytes, encoding: Encoding) -> Samples:
    """Read-only samples of whole bytes groups. Raises ValueError when PCM16 data ends in half a sample."""
    if encoding is Encoding.PCM16:
        samples: Samples = np.frombuffer(data, dtype="<i2").astype(np.int16)
    else:
        samples = _table(encoding)[np.frombuffer(data, dtype=np.uint8)]
    samples.flags.writeable = False
    return samples


def encode(samples: Samples, encoding: Encoding) -> bytes:
    """Bytes on the wire; a companded sample becomes the nearest value its law can carry."""
    if encoding is Encoding.PCM16:
        return samples.astype("<i2").tobytes()
    limits, codes = _nearest(encoding)
    return codes[np.searchsorted(limits, samples)].tobytes()


class Deinterleaver:
    """Bytes of any length to one run of samples per channel. Holds the state of one connection; not shared.

    A sample or a group of channels split between two messages is carried over: nothing shifts by a byte or a channel.
    """

    def __init__(self, encoding: Encoding, channels: int) -> None:
        if channels < 1:
            raise ValueError(f"a stream has at least one channel, not {channels}")
        self._encoding = encoding
        self._channels = channels
        self._carried = b""

    @property
    def carried(self) -> int:
        """Bytes of an unfinished group, waiting for the next message."""
        return len(self._carried)

    def feed(self, data: bytes) -> tuple[Samples, ...]:
        """Samples that are complete now, channel by channel, all of the same length (maybe none)."""
        data = self._carried + data
        whole = len(data) - len(data) % (self._encoding.width * self._channels)
        self._carried = data[whole:]
        groups = decode(data[:whole], self._encoding).reshape(-1, self._channels)
        return tuple(_alone(groups[:, channel]) for channel in range(self._channels))


def _alone(samples: Samples) -> Samples:
    """A read-only contiguous copy, so that a kept frame does not keep the other channels alive."""
    copy = samples.copy()
    copy.flags.writeable = False
    return copy


@cache
def _table(encoding: Encoding) -> Samples:
    """The 256 values of a companding law."""
    one = _from_mulaw if encoding is Encoding.MULAW else _from_alaw
    table = np.array([one(code) for code in range(256)], dtype=np.int16)
    table.flags.writeable = False
    return table


@cache
def _nearest(encoding: Encoding) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Limits between neighbouring values, and the code for each interval (of the two zeros of mu-law, the positive)."""
    code_of = {int(value): code for code, value in enumerate(_table(encoding))}
    values = sorted(code_of)
    limits = (np.array(values[:-1]) + np.array(values[1:])) / 2
    return limits, np.array([code_of[value] for value in values], dtype=np.uint8)


def _from_mulaw(code: int) -> int:
    """G.711: bits are sent inverted; sign, 3 bits of exponent, 4 of mantissa, on a bias of 132."""
    bits = ~code & 0xFF
    magnitude = ((((bits & 0x0F) << 3) + 0x84) << (bits >> 4 & 7)) - 0x84
    return -magnitude if bits & 0x80 else magnitude


def _from_alaw(code: int) -> int:
    """G.711: even bits are sent inverted; the first two segments share one step size; a set sign bit is positive."""
    bits = code ^ 0x55
    exponent = bits >> 4 & 7
    magnitude = ((bits & 0x0F) << 4) + 8
    if exponent:
        magnitude = (magnitude + 0x100) << (exponent - 1)
    return magnitude if bits & 0x80 else -magnitude
