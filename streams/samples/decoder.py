"""Bytes of one track, in order, to samples: whatever has a memory from one message to the next."""

from typing import Protocol

import numpy as np

from streams.records import Samples
from streams.refusals import Refused
from streams.samples.codec import Encoding, decode
from streams.samples.wavguard import WavGuard


class Decoder(Protocol):
    """State of one track of one call; not shared."""

    @property
    def bytes_per_s(self) -> int:
        """Bytes of one second of sound."""
        ...

    @property
    def refused(self) -> Refused | None:
        """Set once the bytes turned out not to be what was announced: nothing more is decoded."""
        ...

    def feed(self, data: bytes) -> Samples:
        """The samples that are complete now, read-only; maybe none. Never raises."""
        ...


class LinearDecoder:
    """Implements `Decoder` for samples of one or two bytes. A WAV header between them is left out."""

    def __init__(self, encoding: Encoding, rate_hz: int, *, big_endian: bool = False) -> None:
        self._guard = WavGuard(encoding, rate_hz, 1)
        self._encoding = encoding
        self._carried = b""
        self._swaps = big_endian and encoding.width > 1
        self._bytes_per_s = rate_hz * encoding.width
        self._refused: Refused | None = None

    @property
    def bytes_per_s(self) -> int:
        """Bytes of one second of sound."""
        return self._bytes_per_s

    @property
    def refused(self) -> Refused | None:
        """Set once a header said something else than was announced."""
        return self._refused

    def feed(self, data: bytes) -> Samples:
        """The samples that are complete now, read-only; maybe none."""
        if self._refused is None:
            try:
                return self._samples(self._guard.feed(data))
            except Refused as refused:
                self._refused = refused
        return np.zeros(0, dtype=np.int16)

    def _samples(self, data: bytes) -> Samples:
        if self._carried:
            data, self._carried = self._carried + data, b""
        if len(data) % self._encoding.width:
            data, self._carried = data[:-1], data[-1:]
        samples = decode(data, self._encoding)
        if self._swaps:
            samples = samples.byteswap()
            samples.flags.writeable = False
        return samples
