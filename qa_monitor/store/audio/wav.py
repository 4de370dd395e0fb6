"""WAV files of signed 16-bit samples: the 44 bytes before them. Plain functions on bytes."""

import struct
from dataclasses import dataclass

HEADER_BYTES = 44
SAMPLE_BYTES = 2
PCM = 1
LARGEST = 0xFFFFFFFF
"""Sizes are written in 32 bits; readers take the length of a longer file from the file itself."""
LAYOUT = struct.Struct("<4sI4s4sIHHIIHH4sI")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How samples lie in a file."""

    channels: int
    rate_hz: int

    @property
    def frame_bytes(self) -> int:
        """Bytes of one sample of every channel."""
        return self.channels * SAMPLE_BYTES

    def frames(self, file_bytes: int) -> int:
        """Whole samples per channel in a file of this size."""
        return max(0, file_bytes - HEADER_BYTES) // self.frame_bytes


def header(shape: Shape, frames: int) -> bytes:
    """The start of a file that holds so many samples per channel."""
    data_bytes = min(frames * shape.frame_bytes, LARGEST - HEADER_BYTES)
    return LAYOUT.pack(
        b"RIFF",
        data_bytes + HEADER_BYTES - 8,
        b"WAVE",
        b"fmt ",
        16,
        PCM,
        shape.channels,
        shape.rate_hz,
        shape.rate_hz * shape.frame_bytes,
        shape.frame_bytes,
        SAMPLE_BYTES * 8,
        b"data",
        data_bytes,
    )


def parse(start: bytes) -> Shape:
    """The shape said by the start of a file that `header` made. Raises `ValueError` for any other."""
    if len(start) < HEADER_BYTES:
        raise ValueError(f"{len(start)} bytes are too few for a WAV header")
    riff, _, wave, _, _, kind, channels, rate_hz, _, _, bits, data, _ = LAYOUT.unpack(start[:HEADER_BYTES])
    if (riff, wave, data, kind, bits) != (b"RIFF", b"WAVE", b"data", PCM, 16) or not channels or not rate_hz:
        raise ValueError("not a WAV file of 16-bit samples as written here")
    return Shape(channels=channels, rate_hz=rate_hz)
