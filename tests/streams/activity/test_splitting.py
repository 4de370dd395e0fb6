"""Where an utterance ends because of something other than a pause of the speaker's."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from streams.activity.listener import ChannelListener, Noticed
from streams.activity.segmenter import Segmenter, SegmentPolicy, SpeechBegan, SpeechEnded
from streams.activity.vad import VoiceModel
from streams.records import AudioFrame, Gap, GapReason, Samples
from tests.streams.following import CALL, frames_of

RATE_HZ = 8_000
POLICY = SegmentPolicy()
STEP_S = POLICY.step_s


def spoken(segmenter: Segmenter, seconds: float, probability: float = 1.0, *, missing: bool = False) -> list[object]:
    steps = round(seconds / STEP_S)
    return list(segmenter.feed([probability] * steps, [0.1] * steps, missing=missing))


def test_a_split_ends_what_is_said_and_the_rest_is_another_utterance() -> None:
    """They meet at the split: nothing is heard twice, nothing is lost."""
    segmenter = Segmenter(POLICY)
    spoken(segmenter, 2.0)
    (ended,) = segmenter.split()
    (began, *_) = spoken(segmenter, 1.0)
    (rest,) = segmenter.finish()

    assert isinstance(ended, SpeechEnded)
    assert isinstance(rest, SpeechEnded)
    assert began == SpeechBegan(start_s=ended.end_s, first_speech_s=ended.end_s)
    assert (ended.start_s, rest.start_s) == (0.0, ended.end_s)


def test_a_split_in_silence_splits_nothing_and_is_never_reached_behind() -> None:
    """What begins right after it has no room from before it."""
    segmenter = Segmenter(POLICY)
    spoken(segmenter, 2.0, 0.0)
    assert list(segmenter.split()) == []
    (began, *_) = spoken(segmenter, 1.0)

    assert isinstance(began, SpeechBegan)
    assert began.start_s == pytest.approx(2.0, abs=STEP_S)


def test_missing_audio_is_no_pause() -> None:
    """Half a second that never came ends nothing; the pause that was under way goes on behind it."""
    segmenter = Segmenter(POLICY)
    spoken(segmenter, 2.0)
    spoken(segmenter, 0.3, 0.0)
    assert not [one for one in spoken(segmenter, 0.5, 0.0, missing=True) if isinstance(one, SpeechEnded)]
    (ended,) = (one for one in spoken(segmenter, 0.4, 0.0) if isinstance(one, SpeechEnded))

    assert ended.last_speech_s == pytest.approx(2.0, abs=STEP_S)


@pytest.fixture(scope="module")
def monologue(demo_calls: tuple[Path, ...]) -> Samples:
    """Six seconds of one customer without a pause."""
    (file,) = [file for file in demo_calls if file.stem == "en-2-charged-twice"]
    samples, _ = soundfile.read(file, dtype="int16")
    one: Samples = np.ascontiguousarray(samples[round(4.2 * RATE_HZ) : round(9.2 * RATE_HZ), 0])
    return one


def endings(noticed: list[Noticed]) -> list[SpeechEnded]:
    return [one.event for one in noticed if isinstance(one.event, SpeechEnded)]


def with_gaps(monologue: Samples, at_s: float, *gaps: Gap) -> Iterator[AudioFrame | Gap]:
    """The gaps put in at a second; what is said goes on behind them."""
    cut = round(at_s * RATE_HZ)
    yield from frames_of(monologue[:cut], RATE_HZ, 0.1)
    yield from gaps
    missing_s = sum(gap.duration_s for gap in gaps)
    for frame in frames_of(monologue[cut:], RATE_HZ, 0.1):
        yield AudioFrame(
            call_id=CALL,
            channel=0,
            start_s=frame.start_s + at_s + missing_s,
            samples=frame.samples,
            rate_hz=RATE_HZ,
        )


def gaps_of(reason: GapReason, start_s: float, count: int, each_s: float) -> list[Gap]:
    return [
        Gap(call_id=CALL, channel=0, start_s=start_s + number * each_s, duration_s=each_s, reason=reason)
        for number in range(count)
    ]


def listen(voice_model: VoiceModel, events: Iterator[AudioFrame | Gap]) -> list[SpeechEnded]:
    listener = ChannelListener(voice_model, POLICY, RATE_HZ)
    noticed = [
        one for event in events for one in (listener.gap(event) if isinstance(event, Gap) else listener.feed(event))
    ]
    return endings([*noticed, *listener.finish()])


def test_what_the_source_left_out_up_to_half_a_second_never_splits(voice_model: VoiceModel, monologue: Samples) -> None:
    """Once, or in two pieces."""
    whole = listen(voice_model, with_gaps(monologue, 2.5))
    for gaps in (
        gaps_of(GapReason.DISCARDED, 2.5, 1, 0.5),
        gaps_of(GapReason.DISCARDED, 2.5, 1, 0.2),
    ):
        assert len(listen(voice_model, with_gaps(monologue, 2.5, *gaps))) == len(whole)
    assert len(listen(voice_model, with_gaps(monologue, 2.5, *gaps_of(GapReason.DISCARDED, 2.5, 1, 2.0)))) > len(whole)


@pytest.mark.parametrize("reason", [GapReason.PAUSED, GapReason.OFF_RECORD])
def test_a_pause_splits_however_short_its_pieces_are(
    reason: GapReason, voice_model: VoiceModel, monologue: Samples
) -> None:
    """Frames of 20 ms that were not to be heard: the utterance ends where the first began, the next begins behind."""
    found = listen(voice_model, with_gaps(monologue, 2.5, *gaps_of(reason, 2.5, 150, 0.02)))
    once = listen(voice_model, with_gaps(monologue, 2.5, *gaps_of(reason, 2.5, 1, 3.0)))

    for pieces, whole in zip(found, once, strict=True):
        assert (pieces.start_s, pieces.end_s) == pytest.approx((whole.start_s, whole.end_s))
    assert all(one.end_s <= 2.5 or one.start_s >= 5.5 for one in found)
    assert len(found) >= 2


def test_a_change_of_language_splits_on_the_spot(voice_model: VoiceModel, monologue: Samples) -> None:
    """The two halves meet there; the audio of each is its own."""
    listener = ChannelListener(voice_model, POLICY, RATE_HZ)
    frames = list(frames_of(monologue, RATE_HZ, 0.1))
    before = [one for frame in frames[:25] for one in listener.feed(frame)]
    at_split = list(listener.split())
    after = [one for frame in frames[25:] for one in listener.feed(frame)]

    (first,) = endings(at_split)
    assert endings(before) == []
    assert first.end_s == pytest.approx(2.5, abs=0.06)
    began = next(one.event for one in after if isinstance(one.event, SpeechBegan))
    assert began.start_s == pytest.approx(first.end_s)
    assert listener.heard_s == pytest.approx(5.0)
