"""Takes WAV headers out of a stream of raw samples: some senders open with one, some repeat it in mid-stream."""

import struct

from streams.refusals import WRONG_TYPE, Refused
from streams.samples.codec import Encoding

LONGEST_HEADER = 4096
"""Bytes from `RIFF` to the first sample; a normal header has 44."""
_SIGNATURE = 12
"""Bytes of `RIFF`, a length and `WAVE`."""
_CHUNK = 8
"""Bytes of a chunk's name and length."""
_FORMAT = struct.Struct("<HHIIHH")
"""Format, channels, rate, bytes per second, bytes per group, bits per sample."""
_EXTENSIBLE = 0xFFFE
_WRITTEN = {Encoding.PCM16: (1, 16), Encoding.ALAW: (6, 8), Encoding.MULAW: (7, 8)}
"""Each encoding as a WAV header names it: format and bits per sample."""


class WavGuard:
    """Bytes of any length in, the same without WAV headers out. Holds the state of one stream; not shared.

    A header is looked for where the stream begins and where a message begins. It may be split over messages; of what
    could still become one, at most 4 KiB are held. Samples that begin with `RIFF` alone pass unchanged.
    """

    def __init__(self, encoding: Encoding, rate_hz: int, channels: int) -> None:
        self._encoding = encoding
        self._rate_hz = rate_hz
        self._channels = channels
        self._held = b""
        self._headers = 0

    @property
    def held(self) -> int:
        """Bytes that may be a header, waiting for the next message."""
        return len(self._held)

    @property
    def headers(self) -> int:
        """Headers taken out so far."""
        return self._headers

    def feed(self, data: bytes) -> bytes:
        """The samples in one message. Raises Refused: 1003 where a header contradicts what was announced."""
        passed = b""
        if self._held and not _may_open(self._held + data):
            passed, self._held = self._held, b""
        data, self._held = self._held + data, b""
        while data and _may_open(data):
            samples = self._strip(data)
            if samples is None:
                self._held = data
                return passed
            data = samples
        return passed + data

    def _strip(self, data: bytes) -> bytes | None:
        """What follows the header; None: it is not all there yet."""
        begin = self._samples_begin(data)
        if begin is None and len(data) > LONGEST_HEADER:
            raise _no_samples()
        if begin is None:
            return None
        self._headers += 1
        return data[begin:]

    def _samples_begin(self, data: bytes) -> int | None:
        """Where the samples begin; None: the header goes on. The length of `data` is often made up: it is not read."""
        at, checked = _SIGNATURE, False
        while at + _CHUNK <= len(data):
            name = data[at : at + 4]
            body = at + _CHUNK
            length = int.from_bytes(data[at + 4 : body], "little")
            if name == b"data":
                if not checked:
                    raise Refused(WRONG_TYPE, "a WAV header does not say its format")
                return body
            at = body + length + length % 2
            if at > LONGEST_HEADER:
                raise _no_samples()
            if name == b"fmt " and at <= len(data):
                self._check(data[body:at])
                checked = True
        return None

    def _check(self, written: bytes) -> None:
        if len(written) < _FORMAT.size:
            raise Refused(WRONG_TYPE, f"a WAV header describes its format in {len(written)} bytes")
        kind, channels, rate_hz, _, _, bits = _FORMAT.unpack_from(written)
        if kind == _EXTENSIBLE and len(written) >= 26:
            kind = int.from_bytes(written[24:26], "little")
        if (kind, bits) != _WRITTEN[self._encoding]:
            raise Refused(WRONG_TYPE, f"a WAV header says format {kind}, {bits} bits; announced: {self._encoding}")
        if (rate_hz, channels) != (self._rate_hz, self._channels):
            said, announced = f"{rate_hz} Hz, {channels} channels", f"{self._rate_hz} Hz, {self._channels}"
            raise Refused(WRONG_TYPE, f"a WAV header says {said}; announced: {announced}")


def _may_open(data: bytes) -> bool:
    """Whether this is a header's beginning, as far as it goes."""
    return b"RIFF".startswith(data[:4]) and b"WAVE".startswith(data[8:_SIGNATURE])


def _no_samples() -> Refused:
    return Refused(WRONG_TYPE, f"a WAV header has no samples within {LONGEST_HEADER} bytes")
