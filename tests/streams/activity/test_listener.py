"""One channel from frames to stretches of speech with their audio."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from numpy.typing import NDArray

from streams.activity.listener import ChannelListener, Noticed
from streams.activity.segmenter import PartialDue, PauseBegan, SegmentPolicy, SpeechBegan, SpeechEnded
from streams.activity.vad import VoiceModel
from streams.records import AudioFrame, Gap, GapReason
from tests.streams.following import CALL, frames_of

RATE_HZ = 8000
POLICY = SegmentPolicy()


@pytest.fixture(scope="module")
def call(demo_calls: tuple[Path, ...]) -> NDArray[np.int16]:
    """The customer of a bundled call from their first words on, 8 kHz."""
    (file,) = [file for file in demo_calls if file.stem == "en-3-lost-parcel"]
    samples, _ = soundfile.read(file, dtype="int16")
    line: NDArray[np.int16] = samples[round(3.4 * RATE_HZ) :, 0]
    return line


@pytest.fixture
def listener(voice_model: VoiceModel) -> ChannelListener:
    return ChannelListener(voice_model, POLICY, RATE_HZ)


def listen(listener: ChannelListener, frames: Iterable[AudioFrame], *, finish: bool = True) -> list[Noticed]:
    noticed = [one for frame in frames for one in listener.feed(frame)]
    return [*noticed, *listener.finish()] if finish else noticed


def a_frame(samples: NDArray[np.int16], start_s: float) -> AudioFrame:
    return AudioFrame(call_id=CALL, channel=0, start_s=start_s, samples=samples, rate_hz=RATE_HZ)


def a_gap(start_s: float, duration_s: float) -> Gap:
    return Gap(call_id=CALL, channel=0, start_s=start_s, duration_s=duration_s, reason=GapReason.LOST)


def endings(noticed: Iterable[Noticed]) -> list[SpeechEnded]:
    return [one.event for one in noticed if isinstance(one.event, SpeechEnded)]


@pytest.mark.parametrize("frame_s", [0.02, 0.13, 2.0])
def test_the_size_of_frames_does_not_matter(
    frame_s: float, voice_model: VoiceModel, call: NDArray[np.int16], listener: ChannelListener
) -> None:
    """A telephone's 20 ms or a file's seconds: the same utterances."""
    whole = listen(ChannelListener(voice_model, POLICY, RATE_HZ), frames_of(call, RATE_HZ, 0.5))

    found = listen(listener, frames_of(call, RATE_HZ, frame_s))

    assert len(endings(whole)) >= 4
    assert [one.event for one in found] == [one.event for one in whole]


def test_every_stretch_comes_with_its_own_audio(listener: ChannelListener, call: NDArray[np.int16]) -> None:
    """Exactly the seconds of the event, however long ago the call began."""
    everything = soundfile_at_16_khz(call)

    for one in listen(listener, frames_of(call, RATE_HZ, 0.1)):
        event = one.event
        if isinstance(event, PartialDue | PauseBegan | SpeechEnded):
            assert one.audio is not None
            begin, end = round(event.start_s * 16_000), round(event.end_s * 16_000)
            np.testing.assert_allclose(one.audio, everything[begin:end], atol=1e-5)
        else:
            assert one.audio is None


def soundfile_at_16_khz(call: NDArray[np.int16]) -> NDArray[np.float32]:
    """The whole channel resampled at once."""

    audio: NDArray[np.float32] = soxr.resample(call.astype(np.float32) / 32768, RATE_HZ, 16_000, quality="MQ")
    return audio


def test_a_long_gap_ends_the_utterance_and_the_clock_goes_on_behind_it(
    listener: ChannelListener, call: NDArray[np.int16]
) -> None:
    """Nothing is invented in it; what comes after has the right time."""
    first, second = call[: 3 * RATE_HZ], call[3 * RATE_HZ : 12 * RATE_HZ]
    before = listen(listener, frames_of(first, RATE_HZ), finish=False)
    assert listener.open_from_s is not None

    at_gap = list(listener.gap(a_gap(3.0, 10.0)))
    assert listener.open_from_s is None
    assert listener.heard_s == 13.0
    after = listen(listener, [a_frame(second, 13.0)])

    assert endings(before) == []
    (cut,) = endings(at_gap)
    assert cut.end_s <= 3.0
    assert isinstance(began := after[0].event, SpeechBegan)
    assert began.start_s == 13.0
    assert 13.0 <= began.first_speech_s < 13.5
    assert endings(after)[-1].end_s <= 22.0


def test_a_frame_that_starts_late_counts_as_a_gap(
    voice_model: VoiceModel, listener: ChannelListener, call: NDArray[np.int16]
) -> None:
    """Announced or not, missing audio is missing."""
    told = ChannelListener(voice_model, POLICY, RATE_HZ)
    first, second = a_frame(call[: 3 * RATE_HZ], 0.0), a_frame(call[3 * RATE_HZ : 6 * RATE_HZ], 5.0)

    announced = [*told.feed(first), *told.gap(a_gap(3.0, 2.0)), *told.feed(second), *told.finish()]
    found = [*listener.feed(first), *listener.feed(second), *listener.finish()]

    assert [one.event for one in found] == [one.event for one in announced]


@pytest.mark.parametrize("announced", [True, False])
def test_a_lost_packet_does_not_cut_an_utterance(
    announced: bool, listener: ChannelListener, call: NDArray[np.int16]
) -> None:
    """A hole of 60 ms is filled with silence; the clock stays right."""
    hole = (2 * RATE_HZ, 2 * RATE_HZ + 480)
    noticed = list(listener.feed(a_frame(call[: hole[0]], 0.0)))
    if announced:
        noticed += listener.gap(a_gap(2.0, 0.06))
        assert listener.heard_s == pytest.approx(2.06)
    rest = call[hole[1] : 12 * RATE_HZ]
    noticed += [*listener.feed(a_frame(rest, 2.06)), *listener.finish()]

    assert listener.heard_s == pytest.approx(12.0)
    first = endings(noticed)[0]
    assert first.start_s < 2.0 < 2.06 < first.end_s


def test_many_lost_packets_do_not_shift_the_clock(listener: ChannelListener, call: NDArray[np.int16]) -> None:
    """Every second packet of 20 ms gone for the whole call: times still fit."""
    kept = [frame for index, frame in enumerate(frames_of(call, RATE_HZ, 0.02)) if index % 2 == 0]

    noticed = listen(listener, kept)

    assert listener.heard_s == pytest.approx(kept[-1].end_s)
    assert all(event.end_s <= kept[-1].end_s + POLICY.step_s for event in endings(noticed))


def test_finish_gives_out_what_is_still_being_said(listener: ChannelListener, call: NDArray[np.int16]) -> None:
    """The caller hangs up in mid-sentence."""
    noticed = listen(listener, [a_frame(call[: 3 * RATE_HZ], 0.0)])

    (ended,) = endings(noticed)
    assert ended.end_s == pytest.approx(3.0, abs=2 * POLICY.step_s)


def test_steps_are_taken_together_while_somebody_speaks_and_no_pause_is_noticed_later(
    listener: ChannelListener, call: NDArray[np.int16]
) -> None:
    """Behind the moment something was decided: what the resampler holds back (0.11 s), a step and a frame at most."""
    behind_s = []
    for frame in frames_of(call, RATE_HZ, 0.02):
        behind_s += [
            listener.heard_s - one.event.decided_s
            for one in listener.feed(frame)
            if isinstance(one.event, SpeechEnded) and not one.event.forced
        ]

    assert len(behind_s) >= 4
    assert max(behind_s) <= 0.11 + 2 * POLICY.step_s


def test_a_split_leaves_out_nothing_that_was_heard(listener: ChannelListener, call: NDArray[np.int16]) -> None:
    """Steps that waited for others belong to what was said before it: only what the resampler holds back does not."""
    for number, frame in enumerate(frames_of(call[: 3 * RATE_HZ], RATE_HZ, 0.02)):
        list(listener.feed(frame))
        if number >= 100 and listener.open_from_s is not None:
            break

    (ended,) = endings(listener.split())

    assert ended.decided_s >= listener.heard_s - 0.11 - 2 * POLICY.step_s


def test_memory_stays_flat_on_a_silent_line(voice_model: VoiceModel) -> None:
    """Half an hour on hold keeps a second of audio, not half an hour."""
    listener = ChannelListener(voice_model, POLICY, RATE_HZ)
    second = np.zeros(RATE_HZ, np.int16)
    for number in range(1800):
        assert list(listener.feed(a_frame(second, float(number)))) == []
    assert listener.heard_s == 1800.0
    # nothing public tells how much is kept
    assert len(listener._audio) <= 2 * 16_000
