"""What the segmenter saw on one channel, as who spoke when: from the first sound of speech to the last. Pure."""

from streams.activity.segmenter import SegmentEvent, SpeechBegan, SpeechEnded
from streams.records import CallStarted, ChannelActivity


class ChannelVoice:
    """State of one channel of one call. The room that is left around an utterance is not speech."""

    def __init__(self, call: CallStarted, channel: int) -> None:
        self._call, self._channel = call, channel
        self._first_speech_s = 0.0

    def told(self, event: SegmentEvent) -> ChannelActivity | None:
        """Who begins to speak, or has spoken, if anybody does."""
        if isinstance(event, SpeechBegan):
            self._first_speech_s = event.first_speech_s
        elif not isinstance(event, SpeechEnded):
            return None
        start_s = self._first_speech_s
        return ChannelActivity(
            call_id=self._call.call_id,
            channel=self._channel,
            speaker=self._call.channels[self._channel],
            start_s=start_s,
            end_s=max(start_s, event.last_speech_s) if isinstance(event, SpeechEnded) else start_s,
            open=isinstance(event, SpeechBegan),
        )
