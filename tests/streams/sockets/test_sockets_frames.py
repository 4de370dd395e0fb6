"""Bytes cut into frames: the same messages as the complete implementation finds, however the bytes are split."""

import struct
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from streams.sockets.frames import BINARY, OTHER, TEXT, Frames

LARGEST = 131_072


def written(frame: Frame) -> bytes:
    """As a client writes it, masked at random."""
    return frame.serialize(mask=True)


def cut(frames: Frames) -> list[tuple[int, bytes]]:
    """All that is whole."""
    found = []
    while (frame := frames.next()) is not None:
        found.append(frame)
    return found


def fed(data: bytes, sizes: Sequence[int]) -> list[tuple[int, bytes]]:
    """What is found when the bytes come in pieces of these sizes, then the rest at once."""
    frames, found, at = Frames(LARGEST), list[tuple[int, bytes]](), 0
    for size in (*sizes, len(data)):
        frames.feed(data[at : at + size])
        at += size
        found += cut(frames)
    assert frames.unread == 0
    return found


def understood(data: bytes) -> list[Frame]:
    """What the library's own reader finds."""
    reference = ServerProtocol(state=OPEN, max_size=LARGEST)
    reference.receive_data(data)
    assert reference.parser_exc is None
    return [event for event in reference.events_received() if isinstance(event, Frame)]


Payloads = st.one_of(st.binary(max_size=300), st.sampled_from([bytes(125), bytes(126), bytes(65_535), bytes(65_536)]))
Parts = st.lists(st.binary(max_size=50), min_size=2, max_size=4)
Sizes = st.lists(st.integers(0, 400), max_size=30)


@st.composite
def sessions(draw: st.DrawFn) -> list[Frame]:
    """Valid frames: whole messages, messages in parts with pings between them, pings and pongs."""
    frames: list[Frame] = []
    for kind in draw(st.lists(st.sampled_from(["whole", "parts", "ping"]), max_size=12)):
        opcode = draw(st.sampled_from([Opcode.TEXT, Opcode.BINARY]))
        if kind == "whole":
            frames.append(Frame(opcode, draw(Payloads)))
        elif kind == "ping":
            frames.append(Frame(draw(st.sampled_from([Opcode.PING, Opcode.PONG])), draw(st.binary(max_size=125))))
        else:
            first, *others = draw(Parts)
            frames.append(Frame(opcode, first, fin=False))
            for place, part in enumerate(others, 1):
                frames.append(Frame(Opcode.PING, b"between"))
                frames.append(Frame(Opcode.CONT, part, fin=place == len(others)))
    return frames


@settings(max_examples=150, deadline=None)
@given(sessions(), Sizes)
def test_every_split_gives_what_the_library_finds(session: list[Frame], sizes: list[int]) -> None:
    """Whole messages with their payload; everything else byte for byte, to be read by the library, in order."""
    data = b"".join(written(frame) for frame in session)

    found: list[Frame] = []
    for kind, payload in fed(data, sizes):
        if kind == OTHER:
            found += understood_beside(payload)
        else:
            found.append(Frame(Opcode.TEXT if kind == TEXT else Opcode.BINARY, payload))

    assert [(frame.opcode, bytes(frame.data), frame.fin) for frame in found] == [
        (frame.opcode, bytes(frame.data), frame.fin) for frame in session
    ]


def understood_beside(raw: bytes) -> list[Frame]:
    """One frame alone; a part of a message is given the beginning it needs."""
    if raw[0] & 0x0F:
        return understood(raw)
    return understood(written(Frame(Opcode.TEXT, b"", fin=False)) + raw)[1:]


def test_a_part_of_a_message_is_never_taken_for_a_whole_one() -> None:
    """Within a message in parts a whole one breaks the protocol: the library is to say so."""
    frames = Frames(LARGEST)
    frames.feed(written(Frame(Opcode.TEXT, b"a", fin=False)) + written(Frame(Opcode.TEXT, b"b")))

    assert [kind for kind, _ in cut(frames)] == [OTHER, OTHER]


@pytest.mark.parametrize(
    ("first", "second"),
    [(0xC1, 0x81), (0x83, 0x81), (0x01, 0x81), (0x89, 0x81)],
    ids=["reserved bit", "reserved opcode", "first part", "ping"],
)
def test_only_plain_whole_messages_are_read_here(first: int, second: int) -> None:
    frames = Frames(LARGEST)
    raw = bytes([first, second]) + bytes(5)
    frames.feed(raw + written(Frame(Opcode.PONG, b"")))

    assert cut(frames)[0] == (OTHER, raw)


@pytest.mark.parametrize("size", [LARGEST + 1, 2**63])
def test_a_frame_that_is_too_large_is_handed_over_at_its_head(size: int) -> None:
    """Nobody waits for its bytes."""
    frames = Frames(LARGEST)
    head = b"\x81\xff" + struct.pack(">Q", size)
    frames.feed(head)

    assert cut(frames) == [(OTHER, head)]
    assert frames.unread == 0


def test_a_frame_without_a_mask_is_handed_over_at_its_head() -> None:
    frames = Frames(LARGEST)
    frames.feed(b"\x81\x05he")

    assert cut(frames) == [(OTHER, b"\x81\x05he")]


def test_the_largest_frame_is_read() -> None:
    """The limit itself is allowed."""
    frames = Frames(LARGEST)
    frames.feed(written(Frame(Opcode.BINARY, bytes(LARGEST))))

    assert cut(frames) == [(BINARY, bytes(LARGEST))]
