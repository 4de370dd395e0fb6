"""Who spoke when, from what the segmenter saw: without the room it leaves around an utterance."""

from datetime import UTC, datetime

from streams.activity import ChannelVoice
from streams.records import CallId, CallStarted, Speaker
from streams.segmenter import PartialDue, Segmenter, SegmentPolicy

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
