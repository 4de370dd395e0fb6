"""Who spoke when, from what the segmenter saw: without the room it leaves around an utterance."""

from datetime import UTC, datetime

import pytest

from streams.activity.channel_voice import ChannelVoice
from streams.activity.segmenter import PartialDue, Segmenter, SegmentPolicy, SpeechBegan
from streams.records import CallId, CallStarted, Speaker

POLICY = SegmentPolicy()


def test_speech_is_told_from_its_first_sound_to_its_last() -> None:
    """Two seconds of silence, three of speech, and the pause that ends them."""
    call = CallStarted(
        call_id=CallId("call-1"),
        channels=(Speaker.CUSTOMER, Speaker.AGENT),
        rate_hz=8000,
        started_at=datetime(2025, 3, 3, 12, tzinfo=UTC),
        dialect="pcm",
    )
    chances = [0.0] * round(2.0 / POLICY.step_s) + [0.9] * round(3.0 / POLICY.step_s) + [0.0] * 40
    events = list(Segmenter(POLICY).feed(chances, [0.1] * len(chances)))
    voice = ChannelVoice(call, 1)
    began, ended = [told for event in events if (told := voice.told(event)) is not None]

    assert any(isinstance(event, PartialDue) for event in events)
    assert (began.open, ended.open) == (True, False)
    assert began.speaker is ended.speaker is Speaker.AGENT
    assert abs(began.start_s - 2.0) < 2 * POLICY.step_s
    assert ended.start_s == began.start_s
    assert abs(ended.end_s - 5.0) < 2 * POLICY.step_s


def test_speech_that_rises_slowly_began_where_it_rose() -> None:
    """Voice activity is sure of it only later; what lies before a break does not count."""
    steps = [0.3, 0.0, 0.2, 0.3, 0.4, 0.9, 0.9, 0.9]
    (began,) = Segmenter(POLICY).feed([0.0] * 50 + steps, [0.1] * 58)

    assert isinstance(began, SpeechBegan)
    assert began.first_speech_s == pytest.approx(52 * POLICY.step_s)
    assert began.start_s < began.first_speech_s


def test_speech_began_where_the_pause_before_it_was_left() -> None:
    """Voice activity may be slow to believe a breathy beginning; the room around it bounds how far back that is."""
    levels = [0.001] * 50 + [0.02] * 5 + [0.1] * 3
    (began,) = Segmenter(POLICY).feed([0.0] * 55 + [0.9] * 3, levels)
    (hurried,) = Segmenter(POLICY).feed([0.0] * 80 + [0.9] * 3, [0.001] * 50 + [0.02] * 33)

    assert isinstance(began, SpeechBegan)
    assert isinstance(hurried, SpeechBegan)
    assert began.first_speech_s == pytest.approx(50 * POLICY.step_s)
    assert hurried.first_speech_s == hurried.start_s
