"""Frames that came together, heard as one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from streams.clock.joining import joined
from streams.records import AudioFrame, CallEvent, CallId, Dtmf, Gap, GapReason

CALL = CallId("call-1")
RATE_HZ = 8000


def a_frame(first: int, count: int, channel: int = 0, rate_hz: int = RATE_HZ) -> AudioFrame:
    """Samples numbered from the start of the call."""
    samples = np.arange(first, first + count, dtype=np.int16)
    samples.flags.writeable = False
    return AudioFrame(call_id=CALL, channel=channel, start_s=first / rate_hz, samples=samples, rate_hz=rate_hz)


def a_key(at_s: float) -> Dtmf:
    return Dtmf(call_id=CALL, channel=None, digit="1", at_s=at_s)


def shape(events: list[CallEvent]) -> list[tuple[int, int, int] | str]:
    """Channel, first sample and length of frames; the name of everything else."""
    return [
        (event.channel, int(event.samples[0]), len(event.samples))
        if isinstance(event, AudioFrame)
        else type(event).__name__
        for event in events
    ]


def test_frames_that_follow_one_another_become_one_per_channel() -> None:
    """Two channels take turns, as telephones send them."""
    frames = [a_frame(160 * number, 160, channel) for number in range(3) for channel in (0, 1)]

    assert shape(list(joined(frames))) == [(0, 0, 480), (1, 0, 480)]


def test_nothing_is_joined_over_a_hole_or_over_another_event() -> None:
    """What is missing stays missing, and what happens in between happens there."""
    gap = Gap(call_id=CALL, channel=0, start_s=0.04, duration_s=0.02, reason=GapReason.LOST)
    events: list[CallEvent] = [
        a_frame(0, 160),
        a_frame(160, 160),
        gap,
        a_frame(480, 160),
        a_frame(800, 160),
        a_key(0.12),
        a_frame(960, 8),
    ]

    assert shape(list(joined(events))) == [(0, 0, 320), "Gap", (0, 480, 160), (0, 800, 160), "Dtmf", (0, 960, 8)]


def test_a_frame_alone_is_passed_on_as_it_is() -> None:
    """And nothing is nothing."""
    frame = a_frame(0, 160)

    assert list(joined([frame])) == [frame]
    assert list(joined([])) == []


def test_another_rate_is_another_sound() -> None:
    """Samples of two rates are never put side by side."""
    frames = [a_frame(0, 160), a_frame(320, 160, rate_hz=16_000)]

    assert list(joined(frames)) == frames


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(1, 200), st.integers(0, 3), st.booleans()), max_size=40))
def test_the_same_samples_come_out_at_the_same_times(pieces: list[tuple[int, int, int, bool]]) -> None:
    """Whatever the lengths, holes and events in between."""
    at, events = [0, 0], list[CallEvent]()
    for channel, count, hole, key in pieces:
        at[channel] += 0 if hole else 40
        events.append(a_frame(at[channel], count, channel))
        at[channel] += count
        if key:
            events.append(a_key(at[channel] / RATE_HZ))

    found = list(joined(events))

    for channel in (0, 1):
        before, after = samples_of(events, channel), samples_of(found, channel)
        assert before == after
    assert [event for event in found if isinstance(event, Dtmf)] == [
        event for event in events if isinstance(event, Dtmf)
    ]


def samples_of(events: list[CallEvent], channel: int) -> list[tuple[int, int]]:
    """Each sample with its place on the call's clock."""
    return [
        (round(event.start_s * RATE_HZ) + index, int(sample))
        for event in events
        if isinstance(event, AudioFrame) and event.channel == channel
        for index, sample in enumerate(event.samples)
    ]
