"""Chunks out of order, twice, late and lost: the clock of the channel stays whole."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.clock.jitter import MOST_HELD, STALE_RUN, Chunk, JitterBuffer
from streams.clock.timeline import Timeline, level
from streams.records import AudioFrame, CallId, Gap, Samples
from streams.samples.codec import Encoding, encode
from streams.samples.decoder import LinearDecoder

RATE_HZ = 8000
STEP_S = 0.02
FRAME = 160


def samples_of(number: int, length: int = FRAME) -> Samples:
    """A chunk one can recognise: every sample is its number."""
    return np.full(length, number % 30000, dtype=np.int16)


def bytes_of(number: int, length: int = FRAME) -> bytes:
    return encode(samples_of(number, length), Encoding.PCM16)


def a_chunk(number: int, *, at_s: float | None = -1.0, length: int = FRAME) -> Chunk:
    """Chunk 1 is at 0 s, unless a time (or none) is given."""
    when = (number - 1) * STEP_S if at_s == -1.0 else at_s
    return Chunk(number=number, at_s=when, data=bytes_of(number, length))


class Track:
    """A buffer with what went in and came out."""

    def __init__(self) -> None:
        self.rejected: Counter[str] = Counter()
        self.timeline = Timeline(CallId("c"), 0, RATE_HZ)
        self.buffer = JitterBuffer(self.timeline, LinearDecoder(Encoding.PCM16, RATE_HZ), self.rejected)
        self.events: list[AudioFrame | Gap] = []

    def put(self, *chunks: Chunk, now_s: float = 0.0) -> "Track":
        for chunk in chunks:
            self.events += self.buffer.put(chunk, now_s)
        return self

    def numbers(self) -> list[int]:
        return [int(event.samples[0]) for event in self.events if isinstance(event, AudioFrame)]

    def gaps(self) -> list[tuple[float, float]]:
        return [(event.start_s, event.duration_s) for event in self.events if isinstance(event, Gap)]

    def finish(self, now_s: float = 0.0) -> "Track":
        self.events += self.buffer.flush(now_s)
        clock = 0
        for event in self.events:
            assert event.start_s == clock / RATE_HZ
            clock += len(event.samples) if isinstance(event, AudioFrame) else round(event.duration_s * RATE_HZ)
        assert self.timeline.end_s == clock / RATE_HZ
        return self


def in_time(numbers: Iterable[int]) -> Track:
    """Each chunk arrives one step after the one before, whatever its number."""
    track = Track()
    for index, number in enumerate(numbers):
        track.events += track.buffer.advance(index * STEP_S)
        track.put(a_chunk(number), now_s=index * STEP_S)
    return track


def test_chunks_in_order_pass_at_once() -> None:
    track = in_time([1, 2, 3])

    assert track.numbers() == [1, 2, 3]
    assert track.gaps() == []


def test_swapped_chunks_are_put_in_order() -> None:
    track = in_time([1, 3, 2, 4])

    assert track.numbers() == [1, 2, 3, 4]
    assert track.gaps() == []


def test_a_chunk_ten_places_late_is_still_in_time() -> None:
    """Ten chunks of 20 ms are the 200 ms of the buffer."""
    track = in_time([1, *range(3, 13), 2, 13])

    assert track.numbers() == list(range(1, 14))
    assert track.gaps() == []


def test_a_repeated_chunk_is_dropped_and_counted() -> None:
    """Already passed on, or still held: both are repeats."""
    track = in_time([1, 1, 3, 3, 2, 2])

    assert track.finish().numbers() == [1, 2, 3]
    assert track.rejected == {"duplicate": 3}


def test_a_lost_chunk_is_a_gap_once_200_ms_have_passed() -> None:
    track = Track().put(a_chunk(1), a_chunk(3))
    before = track.buffer.advance(0.2)
    track.events += track.buffer.advance(0.21)

    assert before == ()
    assert track.numbers() == [1, 3]
    assert track.gaps() == [(STEP_S, STEP_S)]


def test_a_lost_chunk_is_a_gap_once_200_ms_are_held_behind_it() -> None:
    """A burst that arrives in one moment does not wait for the clock."""
    track = Track().put(a_chunk(1), *(a_chunk(number) for number in range(3, 14)))

    assert track.numbers() == [1, *range(3, 14)]
    assert track.gaps() == [(STEP_S, STEP_S)]


def test_a_chunk_later_than_that_is_dropped_and_counted() -> None:
    track = in_time([1, *range(3, 20), 2, 20])

    assert track.finish().numbers() == [1, *range(3, 21)]
    assert track.rejected == {"late": 1}


def test_the_source_s_time_places_audio_after_a_pause_without_loss() -> None:
    """Chunks count on, the times jump: the source had nothing to send."""
    track = Track().put(a_chunk(1), a_chunk(2, at_s=1.5), now_s=1.5)

    assert track.gaps() == [(STEP_S, 1.48)]


def test_small_jitter_of_the_times_is_no_gap() -> None:
    track = Track().put(a_chunk(1, at_s=0.005), a_chunk(2, at_s=0.031), a_chunk(3, at_s=0.044))

    assert track.gaps() == []


def test_a_track_that_starts_late_is_padded() -> None:
    track = Track().put(a_chunk(1, at_s=1.2), now_s=1.2)

    assert track.gaps() == [(0.0, 1.2)]
    assert track.numbers() == [1]


def test_a_track_that_starts_with_a_high_number_is_heard_after_200_ms() -> None:
    track = Track().put(a_chunk(57, at_s=None))
    track.events += track.buffer.advance(0.3)

    assert track.numbers() == [57]
    assert track.gaps() == []


def test_without_times_a_loss_is_as_long_as_its_chunks() -> None:
    track = Track().put(a_chunk(1, at_s=None), a_chunk(4, at_s=None), now_s=1.0).finish(1.0)

    assert track.gaps() == [(STEP_S, 0.04)]


def test_without_numbers_arrival_order_stands() -> None:
    unnumbered = [Chunk(number=None, at_s=None, data=bytes_of(number)) for number in (5, 3, 9)]

    assert Track().put(*unnumbered).finish().numbers() == [5, 3, 9]


@pytest.mark.parametrize("at_s", [61.0, 1e6, 9e12])
def test_a_time_far_beyond_its_arrival_makes_no_gap(at_s: float) -> None:
    """A number in a message must not cost hours of silence."""
    track = Track().put(a_chunk(1), a_chunk(2, at_s=at_s), a_chunk(3)).finish()

    assert track.gaps() == []
    assert track.numbers() == [1, 2, 3]
    assert track.rejected == {"timestamp": 1}


def test_a_number_far_beyond_the_others_is_got_over() -> None:
    """The chunks after it carry times that were not heard yet: they count anew."""
    track = Track().put(a_chunk(1), a_chunk(10**15, at_s=STEP_S))
    track.events += track.buffer.advance(0.3)
    track.put(*(a_chunk(number) for number in (3, 4, 5)), now_s=0.3)

    assert track.numbers() == [1, 10**15 % 30000, 3, 4, 5]
    assert track.gaps() == []


def test_a_count_that_starts_anew_is_followed_by_its_times() -> None:
    first = [a_chunk(number) for number in range(1, 51)]
    second = [a_chunk(number, at_s=1.0 + (number - 1) * STEP_S) for number in range(1, 51)]

    track = Track().put(*first, *second, now_s=2.0)

    assert track.numbers() == [*range(1, 51), *range(1, 51)]
    assert track.gaps() == []
    assert track.rejected == {}


def test_a_count_and_times_that_start_anew_are_followed_after_two_seconds() -> None:
    """Long enough not to be taken for a repeat, and the call is not deaf for ever."""
    first = [a_chunk(number) for number in range(1, 201)]
    second = [a_chunk(number) for number in range(1, STALE_RUN + 11)]

    track = Track().put(*first, *second, now_s=8.0)

    assert track.numbers() == [*range(1, 201), *range(STALE_RUN + 1, STALE_RUN + 11)]
    assert track.rejected == {"duplicate": STALE_RUN}


def test_what_is_held_is_bounded() -> None:
    """One sample per message and a hole in front: the buffer gives up on the hole, not on its bound."""
    track = Track().put(a_chunk(1))
    for number in range(3, 2000):
        track.put(a_chunk(number, at_s=None, length=1))
        assert track.buffer.held <= MOST_HELD
    assert len(track.finish().numbers()) == 1998


def test_channels_end_together() -> None:
    long, short = (Timeline(CallId("c"), channel, RATE_HZ) for channel in range(2))
    long.audio(samples_of(1, 8000))
    short.audio(samples_of(1, 100))

    gaps = level([long, short])

    assert [(gap.channel, gap.start_s, gap.duration_s) for gap in gaps] == [(1, 0.0125, 0.9875)]
    assert long.end_s == short.end_s == 1.0


@given(data=st.data(), count=st.integers(1, 60))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_shuffled_repeated_and_lost_chunks_leave_the_clock_whole(data: st.DataObject, count: int) -> None:
    """Moved by at most ten places, each maybe twice: all that was not lost comes out once, in order, in its place."""
    numbers = list(range(1, count + 1))
    lost = data.draw(st.sets(st.sampled_from(numbers), max_size=count // 10), label="lost")
    moved = data.draw(st.lists(st.integers(0, 9), min_size=count, max_size=count), label="moved")
    repeated = data.draw(st.lists(st.booleans(), min_size=count, max_size=count), label="repeated")
    order = sorted((n for n in numbers if n not in lost), key=lambda n: (n + moved[n - 1], n))
    sent = [n for n in order for _ in range(2 if repeated[n - 1] else 1)]

    track = Track()
    for number in sent:  # all at the pace of their own times, so that nothing waits for the clock
        track.put(a_chunk(number), now_s=0.0)
    track.finish()

    kept = [n for n in numbers if n not in lost]
    heard = {round(event.start_s / STEP_S) + 1: event for event in track.events if isinstance(event, AudioFrame)}
    assert track.numbers() == kept
    assert sorted(heard) == kept
    assert track.rejected["duplicate"] == len(sent) - len(kept)
    assert track.rejected["late"] == 0


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(0, 40), st.integers(0, 2**53)),
            st.one_of(st.none(), st.floats(0, 3), st.floats(0, 1e13)),
            st.integers(1, 3000),
            st.floats(0, 0.5),
        ),
        max_size=80,
    )
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_no_numbers_and_times_whatsoever_break_the_clock(
    chunks: list[tuple[int | None, float | None, int, float]],
) -> None:
    """Never an overlap, never back in time, never a gap beyond the bound."""
    track = Track()
    now_s = 0.0
    for number, at_s, length, step_s in chunks:
        now_s += step_s
        track.put(Chunk(number=number, at_s=at_s, data=bytes_of(1, length)), now_s=now_s)
    track.finish(now_s)

    audio_s = sum(len(event.samples) for event in track.events if isinstance(event, AudioFrame)) / RATE_HZ
    assert track.timeline.end_s <= now_s + 60 + audio_s + 0.001
