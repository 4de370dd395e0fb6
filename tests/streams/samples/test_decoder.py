"""Bytes of one track to samples: byte order, headers in the stream, and the codec with a memory."""

import numpy as np
import pytest

from streams.samples.codec import Encoding, encode
from streams.samples.decoder import LinearDecoder
from streams.samples.g722 import RATE_HZ as G722_HZ
from streams.samples.g722 import G722Decoder, installed
from tests.streams.protocols.twilio.sessions import a_header, a_tone


def test_linear_samples_pass() -> None:
    decoder = LinearDecoder(Encoding.PCM16, 8000)

    assert decoder.feed(b"\x01\x00\xfe\xff").tolist() == [1, -2]
    assert decoder.bytes_per_s == 16000
    assert LinearDecoder(Encoding.ALAW, 8000).bytes_per_s == 8000


def test_half_a_sample_waits_for_the_other_half() -> None:
    decoder = LinearDecoder(Encoding.PCM16, 8000)

    assert [decoder.feed(data).tolist() for data in (b"\x01", b"\x00\x02", b"\x00")] == [[], [1], [2]]


def test_the_higher_byte_may_come_first() -> None:
    samples = LinearDecoder(Encoding.PCM16, 8000, big_endian=True).feed(b"\x00\x01\xff\xfe")

    assert samples.tolist() == [1, -2]
    assert not samples.flags.writeable


def test_one_byte_has_no_order() -> None:
    assert LinearDecoder(Encoding.MULAW, 8000, big_endian=True).feed(b"\xff\x80").tolist() == [0, 32124]


@pytest.mark.parametrize("size", [1, 7, 43, 44, 45, 320])
def test_a_header_split_anywhere_is_no_sound(size: int) -> None:
    samples = a_tone(0.1)
    data = a_header() + encode(samples, Encoding.PCM16)
    decoder = LinearDecoder(Encoding.PCM16, 8000)

    heard = [decoder.feed(data[begin : begin + size]) for begin in range(0, len(data), size)]

    assert np.concatenate(heard).tolist() == samples.tolist()
    assert decoder.refused is None


def test_a_header_that_says_something_else_ends_the_decoding() -> None:
    decoder = LinearDecoder(Encoding.PCM16, 8000)

    assert decoder.feed(a_header(rate_hz=16000) + bytes(100)).size == 0
    assert decoder.refused is not None
    assert (decoder.refused.code, "16000" in decoder.refused.reason) == (1003, True)
    assert decoder.feed(bytes(100)).size == 0


needs_g722 = pytest.mark.skipif(not installed(), reason="needs the extra g722")


@needs_g722
def test_g722_comes_out_at_16_khz_as_it_went_in() -> None:
    """But for the delay of the codec's band splitter and its noise."""
    from G722 import G722  # type: ignore[import-not-found]

    times = np.arange(G722_HZ) / G722_HZ
    samples = np.round(8000 * np.sin(2 * np.pi * 440 * times)).astype(np.int16)
    data: bytes = G722(G722_HZ, 64_000).encode(samples.tolist())
    decoder = G722Decoder()

    heard = np.concatenate([decoder.feed(data[begin : begin + 160]) for begin in range(0, len(data), 160)])

    assert (len(heard), decoder.bytes_per_s, decoder.refused) == (G722_HZ, 8000, None)
    error = heard[1022:].astype(int) - samples[1000:-22]
    assert np.sqrt(np.mean(error**2)) < 400
    assert not decoder.feed(data[:160]).flags.writeable


@needs_g722
def test_how_g722_is_cut_into_messages_does_not_matter() -> None:
    data = np.random.default_rng(4).integers(0, 256, 1600, dtype=np.uint8).tobytes()
    whole, pieces = G722Decoder(), G722Decoder()

    heard = np.concatenate([pieces.feed(data[begin : begin + 7]) for begin in range(0, len(data), 7)])

    assert heard.tolist() == whole.feed(data).tolist()
