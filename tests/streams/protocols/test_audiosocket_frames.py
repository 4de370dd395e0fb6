"""Frames out of bytes: every kind, any cut, and nothing that a length in a header could make us hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.protocols.audiosocket_frames import LARGEST_PAYLOAD, RATES, Frame, FrameReader
from tests.streams.protocols.audiosocket_sessions import frame

KNOWN = [0x00, 0x01, 0x03, 0xFF, *RATES]
PIECES = st.one_of(
    st.builds(frame, st.sampled_from(KNOWN), st.binary(max_size=40)),
    st.builds(frame, st.sampled_from([0x02, 0x04, 0x20, 0x7F]), st.binary(max_size=40)),
)


@pytest.mark.parametrize("kind", KNOWN)
def test_a_frame_comes_out_as_it_went_in(kind: int) -> None:
    assert FrameReader().feed(frame(kind, b"payload!")) == [Frame(kind=kind, payload=b"payload!")]


def test_the_nine_kinds_of_audio_have_their_rates() -> None:
    assert list(RATES) == list(range(0x10, 0x19))
    assert [rate_hz / 1000 for rate_hz in RATES.values()] == [8, 12, 16, 24, 32, 44.1, 48, 96, 192]


def test_unknown_kinds_are_named_and_their_payload_is_passed_over() -> None:
    reader = FrameReader()

    frames = reader.feed(frame(0x20, bytes(65_535)) + frame(0x03, b"5"))

    assert frames == [Frame(kind=0x20, payload=b""), Frame(kind=0x03, payload=b"5")]
    assert not reader.unfinished


def test_another_rate_map_decides_what_is_audio() -> None:
    reader = FrameReader({0x20: 16_000})

    assert reader.feed(frame(0x20, b"ab") + frame(0x10, b"cd")) == [
        Frame(kind=0x20, payload=b"ab"),
        Frame(kind=0x10, payload=b""),
    ]


@pytest.mark.parametrize(("length", "broken"), [(LARGEST_PAYLOAD, False), (LARGEST_PAYLOAD + 1, True), (65_535, True)])
def test_a_frame_has_a_largest_size(length: int, broken: bool) -> None:
    """The header alone decides: the payload is never waited for."""
    reader = FrameReader()

    reader.feed(frame(0x03, b"1") + frame(0x10, bytes(length))[:3])

    assert (reader.broken is not None) is broken
    assert not broken or not reader.feed(frame(0x03, b"2"))


def test_the_frames_before_a_broken_one_are_given_out() -> None:
    reader = FrameReader()

    assert reader.feed(frame(0x03, b"1") + frame(0x10, bytes(20_000))) == [Frame(kind=0x03, payload=b"1")]


@given(pieces=st.lists(PIECES, max_size=12), data=st.data())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_cut_changes_what_comes_out(pieces: list[bytes], data: st.DataObject) -> None:
    """TCP merges and splits as it likes."""
    stream = b"".join(pieces)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=20)))
    reader = FrameReader()

    found = [
        each
        for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)
        for each in reader.feed(stream[begin:end])
    ]

    assert found == FrameReader().feed(stream)
    assert not reader.unfinished
    assert len(found) == len(pieces)


@given(stream=st.binary(max_size=300), cut=st.integers(0, 300))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_bytes_whatsoever_depend_on_their_cut(stream: bytes, cut: int) -> None:
    whole, parts = FrameReader(), FrameReader()

    together = whole.feed(stream)
    apart = [*parts.feed(stream[:cut]), *parts.feed(stream[cut:])]

    assert apart == together
    assert (whole.broken is None) == (parts.broken is None)
    assert whole.unfinished == parts.unfinished
