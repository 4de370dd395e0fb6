"""What is held back, muted and released."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_monitor.call.recording.screened_audio import HOLD_S, Block, ScreenedAudio
from streams.records import AudioFrame, CallId, Gap, GapReason

RATE = 1_000
CALL = CallId("call-1")


def a_frame(start_s: float, samples: int, channel: int = 0, value: int = 1, rate_hz: int = RATE) -> AudioFrame:
    """A constant, which tells where it came from."""
    return AudioFrame(
        call_id=CALL, channel=channel, start_s=start_s, samples=np.full(samples, value, np.int16), rate_hz=rate_hz
    )


def values(block: Block | None, channel: int) -> list[int]:
    """Samples of a channel."""
    assert block is not None
    return [int(sample) for sample in block.samples[:, channel]]


def test_nothing_is_given_before_the_gate_answered() -> None:
    """And then only up to where it answered."""
    audio = ScreenedAudio(1, RATE)
    audio.add(a_frame(0.0, 1_000))

    held = audio.release(0.0)
    given_now = audio.release(0.4)
    rest = audio.finish()

    assert held is None
    assert given_now is not None
    assert rest is not None
    assert (given_now.start_s, len(given_now.samples)) == (0.0, 400)
    assert (rest.start_s, len(rest.samples)) == (0.4, 600)
    assert audio.finish() is None


def test_muted_seconds_are_silent_on_every_channel_also_in_audio_yet_to_come() -> None:
    """The agent repeats the number; half of it is not heard yet."""
    audio = ScreenedAudio(2, RATE)
    for channel in (0, 1):
        audio.add(a_frame(0.0, 6, channel, value=channel + 1))
    escaped = audio.mute(0.003, 0.009)
    for channel in (0, 1):
        audio.add(a_frame(0.006, 6, channel, value=channel + 1))
    block = audio.finish()

    assert escaped == 0.0
    assert values(block, 0) == [1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1]
    assert values(block, 1) == [2, 2, 2, 0, 0, 0, 0, 0, 0, 2, 2, 2]


def test_muting_what_was_given_away_says_so() -> None:
    """The caller counts it: it must not happen."""
    audio = ScreenedAudio(1, RATE)
    audio.add(a_frame(0.0, 100))
    audio.release(0.06)

    assert audio.mute(0.05, 0.08) == pytest.approx(0.01)
    assert values(audio.finish(), 0) == [0] * 20 + [1] * 20


def test_channels_are_aligned_and_what_is_missing_is_silence() -> None:
    """A lost frame of one channel moves nothing."""
    audio = ScreenedAudio(2, RATE)
    audio.add(a_frame(0.0, 2, 0))
    audio.add(a_frame(0.004, 2, 0))
    audio.add(a_frame(0.002, 2, 1, value=2))
    audio.add_gap(Gap(call_id=CALL, channel=1, start_s=0.004, duration_s=0.002, reason=GapReason.LOST))
    block = audio.release(1.0)

    assert values(block, 0) == [1, 1, 0, 0, 1, 1]
    assert values(block, 1) == [0, 0, 2, 2, 0, 0]


def test_release_waits_for_a_channel_a_little_behind_but_not_for_one_that_is_gone() -> None:
    """Frames of both sides do not come at the same instant; a silent line never comes."""
    audio = ScreenedAudio(2, RATE)
    audio.add(a_frame(0.0, 500, 0))
    waiting = audio.release(float("inf"))
    audio.add(a_frame(0.5, 1_000, 0))
    block = audio.release(float("inf"))

    assert waiting is None
    assert values(block, 1) == [0] * 500


def test_what_comes_too_late_is_left_out_and_counted() -> None:
    """Each second is given once."""
    audio = ScreenedAudio(1, RATE)
    audio.add(a_frame(0.0, 10))
    audio.release(0.01)
    audio.add(a_frame(0.005, 10, value=2))

    assert values(audio.finish(), 0) == [2] * 5
    assert audio.late_s == pytest.approx(0.005)


def test_audio_the_gate_never_answered_for_is_dropped_after_the_bound() -> None:
    """It fails closed, and memory stays bounded: the next block begins later, the file is silent in between."""
    audio = ScreenedAudio(1, RATE)
    for second in range(40):
        audio.add(a_frame(second, RATE))
    block = audio.finish()

    assert block is not None
    assert audio.dropped_s == 10.0
    assert (block.start_s, len(block.samples)) == (10.0, 30 * RATE)


def test_a_hostile_time_does_not_take_memory() -> None:
    """A frame or a gap far in the future is a second of work, not gigabytes."""
    audio = ScreenedAudio(2, RATE)
    audio.add_gap(Gap(call_id=CALL, channel=1, start_s=0.0, duration_s=1e9, reason=GapReason.LOST))
    audio.add(a_frame(2e9, 10))
    block = audio.finish()

    assert audio.held_s == 0.0
    assert block is not None
    assert len(block.samples) == HOLD_S * RATE


def test_a_frame_of_another_rate_is_refused() -> None:
    """Time would run at another pace."""
    with pytest.raises(ValueError, match="16000 Hz in a call at 1000 Hz"):
        ScreenedAudio(1, RATE).add(a_frame(0.0, 10, rate_hz=16_000))


PIECES = st.lists(
    st.one_of(
        st.tuples(st.just("frame"), st.integers(0, 1), st.integers(1, 900)),
        st.tuples(st.just("gap"), st.integers(0, 1), st.integers(1, 2_500)),
        st.tuples(st.just("release"), st.integers(0, 12_000), st.just(0)),
        st.tuples(st.just("mute"), st.integers(0, 12_000), st.integers(1, 2_000)),
    ),
    max_size=60,
)


@settings(deadline=None, derandomize=True)
@given(PIECES)
def test_blocks_come_in_order_and_hold_what_came_and_was_not_muted(pieces: list[tuple[str, int, int]]) -> None:
    """Whatever the order of frames, gaps, mutes and releases: nothing twice, nothing moved, nothing muted heard."""
    audio = ScreenedAudio(2, RATE)
    expected = np.zeros((200_000, 2), np.int16)
    muted = np.zeros(200_000, bool)
    ends, blocks, given_to = [0, 0], [], 0
    for kind, first, length in pieces:
        match kind:
            case "frame":
                audio.add(a_frame(ends[first] / RATE, length, first, value=first + 1))
                late = max(given_to, round(audio.start_s * RATE))
                expected[max(ends[first], late) : ends[first] + length, first] = first + 1
                ends[first] += length
            case "gap":
                audio.add_gap(
                    Gap(
                        call_id=CALL,
                        channel=first,
                        start_s=ends[first] / RATE,
                        duration_s=length / RATE,
                        reason=GapReason.LOST,
                    )
                )
                ends[first] += length
            case "mute":
                first = max(first, given_to)
                audio.mute(first / RATE, (first + length) / RATE)
                muted[first : first + length] = True
            case _:
                block = audio.release(first / RATE)
                blocks += [block] if block else []
        given_to = round(audio.start_s * RATE)
    last = audio.finish()
    blocks += [last] if last else []

    position = 0
    for block in blocks:
        start = round(block.start_s * RATE)
        assert start >= position
        position = start + len(block.samples)
        part = np.where(muted[start:position, None], 0, expected[start:position])
        assert np.array_equal(block.samples, part)


def test_room_is_given_back_once_what_was_held_is_given() -> None:
    """Half a minute is held where a call is transcribed late, once: its memory is not kept for the rest of the call."""
    audio = ScreenedAudio(2, RATE)
    audio.add(a_frame(0.0, 29_000))
    audio.add(a_frame(0.0, 29_000, channel=1))
    tracemalloc.start()
    try:
        audio.finish()
        audio.add(a_frame(29.0, 500))
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert kept < 20_000  # 2 s of two channels
