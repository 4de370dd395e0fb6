"""Encodings against known answers of G.711, and splitting that never shifts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.samples.codec import WIRE_NAMES, Deinterleaver, Encoding, decode, encode

COMPANDED = (Encoding.MULAW, Encoding.ALAW)
EVERY_CODE = bytes(range(256))


@pytest.mark.parametrize(
    ("encoding", "code", "value"),
    [
        (Encoding.MULAW, 0xFF, 0),
        (Encoding.MULAW, 0x7F, 0),
        (Encoding.MULAW, 0x00, -32124),
        (Encoding.MULAW, 0x80, 32124),
        (Encoding.MULAW, 0xFE, 8),
        (Encoding.MULAW, 0x7E, -8),
        (Encoding.MULAW, 0xF0, 120),
        (Encoding.MULAW, 0xEF, 132),
        (Encoding.ALAW, 0xD5, 8),
        (Encoding.ALAW, 0x55, -8),
        (Encoding.ALAW, 0xAA, 32256),
        (Encoding.ALAW, 0x2A, -32256),
        (Encoding.ALAW, 0xD4, 24),
        (Encoding.ALAW, 0xC5, 264),
        (Encoding.ALAW, 0xF5, 528),
    ],
)
def test_codes_have_the_values_of_the_standard(encoding: Encoding, code: int, value: int) -> None:
    """G.711's tables, scaled to 16 bits."""
    assert decode(bytes([code]), encoding).tolist() == [value]


@pytest.mark.parametrize("encoding", COMPANDED)
def test_laws_are_symmetric(encoding: Encoding) -> None:
    """The sign bit changes the sign and nothing else."""
    values = decode(EVERY_CODE, encoding).astype(int)

    assert (values[:128] == -values[128:]).all()


@pytest.mark.parametrize("encoding", COMPANDED)
def test_a_value_survives_encoding(encoding: Encoding) -> None:
    values = decode(EVERY_CODE, encoding)

    again = decode(encode(values, encoding), encoding)

    assert (again == values).all()


@pytest.mark.parametrize("encoding", COMPANDED)
def test_encoding_takes_the_nearest_value(encoding: Encoding) -> None:
    """Over all 65,536 samples no other code is nearer."""
    samples = np.arange(-32768, 32768).astype(np.int16)
    values = np.unique(decode(EVERY_CODE, encoding).astype(int))
    above = values[np.searchsorted(values, samples).clip(max=len(values) - 1)]
    below = values[(np.searchsorted(values, samples) - 1).clip(min=0)]
    nearest = np.minimum(abs(above - samples), abs(below - samples))

    found = decode(encode(samples, encoding), encoding).astype(int)

    assert (abs(found - samples) == nearest).all()


def test_silence_is_encoded_as_the_positive_zero() -> None:
    assert encode(np.zeros(3, dtype=np.int16), Encoding.MULAW) == b"\xff\xff\xff"


def test_pcm16_is_little_endian() -> None:
    assert decode(b"\x01\x00\xff\x7f\x00\x80", Encoding.PCM16).tolist() == [1, 32767, -32768]
    assert encode(np.array([1, -2], dtype=np.int16), Encoding.PCM16) == b"\x01\x00\xfe\xff"


def test_half_a_sample_is_refused() -> None:
    with pytest.raises(ValueError, match="buffer size"):
        decode(b"\x01\x00\x02", Encoding.PCM16)


@pytest.mark.parametrize("encoding", list(Encoding))
def test_decoded_samples_are_read_only(encoding: Encoding) -> None:
    with pytest.raises(ValueError, match="read-only"):
        decode(b"\x01\x02", encoding)[0] = 1


def test_wire_names_are_lower_case_and_reach_every_encoding() -> None:
    assert set(WIRE_NAMES.values()) == set(Encoding)
    assert all(name == name.lower() for name in WIRE_NAMES)


@given(
    data=st.binary(max_size=400),
    cuts=st.lists(st.integers(0, 400), max_size=12),
    encoding=st.sampled_from(Encoding),
    channels=st.integers(1, 3),
)
@settings(deadline=None, derandomize=True)
def test_where_messages_are_cut_does_not_matter(
    data: bytes, cuts: list[int], encoding: Encoding, channels: int
) -> None:
    """A split sample or group shifts no channel: the parts give what the whole gives."""
    borders = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    parts = [data[begin:end] for begin, end in zip(borders, borders[1:], strict=False)]
    splitter = Deinterleaver(encoding, channels)
    whole = Deinterleaver(encoding, channels).feed(data)

    pieces = [splitter.feed(part) for part in parts]

    for channel in range(channels):
        assert np.concatenate([piece[channel] for piece in pieces]).tolist() == whole[channel].tolist()
    assert splitter.carried == len(data) % (encoding.width * channels)


def test_channels_are_told_apart_after_an_odd_message() -> None:
    """Five bytes, then three: the left channel stays left."""
    splitter = Deinterleaver(Encoding.PCM16, 2)

    first = splitter.feed(b"\x01\x00\x02\x00\x01")
    second = splitter.feed(b"\x00\x02\x00")

    assert [channel.tolist() for channel in first] == [[1], [2]]
    assert [channel.tolist() for channel in second] == [[1], [2]]


def test_a_stream_has_a_channel() -> None:
    with pytest.raises(ValueError, match="at least one channel"):
        Deinterleaver(Encoding.PCM16, 0)
