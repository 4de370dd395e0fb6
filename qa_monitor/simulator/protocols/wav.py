"""The header of a WAV file, for sources that leave it in their stream. Pure."""

import struct

from streams.samples.codec import Encoding

_FORMATS = {Encoding.PCM16: 1, Encoding.ALAW: 6, Encoding.MULAW: 7}
_UNKNOWN_LENGTH = 0xFFFF_FFFF


def wav_header(encoding: Encoding, rate_hz: int, channels: int) -> bytes:
    """44 bytes of header for a stream whose length nobody knows yet."""
    group = encoding.width * channels
    form = (16, _FORMATS[encoding], channels, rate_hz, rate_hz * group, group, 8 * encoding.width)
    return (
        struct.pack("<4sI4s", b"RIFF", _UNKNOWN_LENGTH, b"WAVE")
        + struct.pack("<4sIHHIIHH", b"fmt ", *form)
        + struct.pack("<4sI", b"data", _UNKNOWN_LENGTH)
    )
