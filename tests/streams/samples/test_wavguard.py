"""WAV headers never become audio, and audio never becomes a header."""

import io
import struct
import wave

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.refusals import Refused
from streams.samples.codec import Encoding
from streams.samples.wavguard import LONGEST_HEADER, WavGuard
from tests.streams.sessions import chunks, some_bytes

AUDIO = some_bytes(1, 4000)


def a_guard(encoding: Encoding = Encoding.PCM16, rate_hz: int = 8000, channels: int = 2) -> WavGuard:
    return WavGuard(encoding, rate_hz, channels)


def streamed(guard: WavGuard, data: bytes, size: int) -> bytes:
    """What comes out of messages of this size."""
    return b"".join(guard.feed(part) for part in chunks(data, size))


def a_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def a_format(kind: int = 1, *, channels: int = 2, rate_hz: int = 8000, bits: int = 16, more: bytes = b"") -> bytes:
    group = channels * bits // 8
    return a_chunk(b"fmt ", struct.pack("<HHIIHH", kind, channels, rate_hz, rate_hz * group, group, bits) + more)


def a_header(*between: bytes, form: bytes | None = None, length: int = 0xFFFFFFFF) -> bytes:
    """A header as streaming senders write it: the lengths are made up."""
    written = a_format() if form is None else form
    return b"RIFF" + struct.pack("<I", length) + b"WAVE" + written + b"".join(between) + b"data" + b"\xff\xff\xff\x7f"


EXTENSIBLE = a_format(0xFFFE, more=struct.pack("<HHIH", 22, 16, 3, 1) + bytes(14))
LONG = a_header(a_chunk(b"LIST", b"INFO" + bytes(range(33, 64))), a_chunk(b"fact", bytes(4)))


def test_a_header_of_the_standard_library_is_taken_out() -> None:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((2, 2, 8000, 0, "NONE", ""))
        writer.writeframes(AUDIO)
    guard = a_guard()

    assert guard.feed(file.getvalue()) == AUDIO
    assert (guard.headers, guard.held) == (1, 0)


@pytest.mark.parametrize("size", [1, 2, 7, 12, 43, 44, 45, 640])
@pytest.mark.parametrize("header", [a_header(), LONG, a_header(form=EXTENSIBLE)])
def test_a_header_may_be_split_anywhere_and_be_longer_than_44_bytes(header: bytes, size: int) -> None:
    guard = a_guard()

    assert streamed(guard, header + AUDIO, size) == AUDIO
    assert guard.headers == 1


def test_a_header_repeated_in_mid_stream_is_taken_out() -> None:
    """A sender that plays one file after another; the second time it comes in two messages, then twice in one."""
    guard = a_guard()
    parts = [a_header(), AUDIO, a_header() + AUDIO, LONG[:30], LONG[30:] + AUDIO, a_header() + LONG + AUDIO]

    assert b"".join(guard.feed(part) for part in parts) == AUDIO * 4
    assert guard.headers == 5


def test_no_audio_passes_while_a_header_goes_on() -> None:
    guard = a_guard()

    assert guard.feed(LONG[:50]) == b""
    assert guard.held == 50


@pytest.mark.parametrize(
    ("encoding", "kind", "bits"),
    [(Encoding.PCM16, 1, 16), (Encoding.ALAW, 6, 8), (Encoding.MULAW, 7, 8)],
)
def test_the_header_may_name_any_encoding_that_was_announced(encoding: Encoding, kind: int, bits: int) -> None:
    header = a_header(form=a_format(kind, channels=1, bits=bits, more=b"\0\0"))

    assert a_guard(encoding, channels=1).feed(header + AUDIO) == AUDIO


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (a_header(form=a_format(rate_hz=16000)), "says 16000 Hz, 2 channels; announced: 8000 Hz, 2"),
        (a_header(form=a_format(channels=1)), "says 8000 Hz, 1 channels; announced: 8000 Hz, 2"),
        (a_header(form=a_format(7, bits=8)), "says format 7, 8 bits; announced: pcm16"),
        (a_header(form=a_format(3, bits=32)), "says format 3, 32 bits; announced: pcm16"),
        (a_header(form=a_format(bits=24)), "says format 1, 24 bits; announced: pcm16"),
        (a_header(form=a_format(0xFFFE)), "says format 65534, 16 bits; announced: pcm16"),
        (a_header(form=a_chunk(b"fmt ", bytes(8))), "describes its format in 8 bytes"),
        (a_header(form=b""), "does not say its format"),
        (a_header(a_chunk(b"LIST", bytes(LONGEST_HEADER))), "no samples within 4096 bytes"),
        (a_header(form=b"LIST\xff\xff\xff\xff"), "no samples within 4096 bytes"),
    ],
)
def test_a_header_that_contradicts_is_refused(header: bytes, reason: str) -> None:
    guard = a_guard()

    with pytest.raises(Refused, match=reason) as refusal:
        streamed(guard, header + AUDIO, 100)

    assert refusal.value.code == 1003


def test_a_header_without_end_is_refused_before_it_fills_memory() -> None:
    guard = a_guard()
    endless = b"RIFF\0\0\0\0WAVE" + a_format() + a_chunk(b"LIST", b"") * 100_000

    with pytest.raises(Refused, match="no samples within 4096 bytes"):
        streamed(guard, endless, 8)

    assert guard.held <= LONGEST_HEADER


@pytest.mark.parametrize("audio", [b"RIFF\0\0\0\0AVI " + AUDIO, b"RIFFRIFFRIFFRIFF", b"RIFX\0\0\0\0WAVE", b"R" * 40])
@pytest.mark.parametrize("size", [1, 3, 8, 640])
def test_samples_that_merely_begin_so_pass_unchanged(audio: bytes, size: int) -> None:
    guard = a_guard()

    assert streamed(guard, audio + bytes(24), size) == audio + bytes(24)
    assert guard.headers == 0


def test_a_header_begins_where_a_message_begins_only() -> None:
    """In the middle of a message these bytes are samples."""
    audio = AUDIO + a_header() + AUDIO

    assert a_guard().feed(audio) == audio


def test_a_short_piece_held_back_does_not_hide_the_header_after_it() -> None:
    guard = a_guard()

    assert guard.feed(b"RI") == b""
    assert guard.feed(a_header() + AUDIO) == b"RI" + AUDIO


@given(st.lists(st.one_of(st.binary(max_size=40), st.sampled_from([b"R", b"RIFF", b"RIFFxxxxWAV", b""])), max_size=20))
@settings(deadline=None, derandomize=True)
def test_whatever_is_no_header_comes_out_as_it_went_in(parts: list[bytes]) -> None:
    guard = a_guard()
    whole = b"".join(parts)

    heard = b"".join(guard.feed(part) for part in parts)

    assert heard + whole[len(heard) :] == whole
    assert guard.held == len(whole) - len(heard) < 12
