"""What is heard in one session. Its clock is samples received and the durations messages state, never the arrival."""

from collections.abc import Sequence

from streams.clock.timeline import Timeline, level
from streams.protocols.audiohook.media import Medium
from streams.protocols.port import LARGEST_MESSAGE
from streams.records import CallEvent, CallStarted, GapReason, Language, LanguageChanged, Paused, Resumed
from streams.refusals import BAD_DATA, POLICY, TOO_BIG, Refused
from streams.samples.codec import Deinterleaver

NEAR_S = 1.0
"""A client's position may differ this far from ours: a frame on its way, rounding."""
FARTHEST_S = 60.0
"""A client may say that it goes on so far beyond what can have been spoken by now: what it skips is kept as silence."""
LATE_S = 1.0
"""Audio this long may still be on its way when the client says that it has paused."""


class Stream:
    """The channels of one followed call, always equally long."""

    def __init__(self, call: CallStarted, medium: Medium) -> None:
        count = len(medium.channels)
        self._call_id = call.call_id
        self._rate_hz = call.rate_hz
        self._channels = tuple(Timeline(call.call_id, channel, call.rate_hz) for channel in range(count))
        self._width = medium.encoding.width * count
        self._deinterleaver = Deinterleaver(medium.encoding, count)
        self._late_s = 0.0

    @property
    def end_s(self) -> float:
        """Seconds so far, skipped ones included."""
        return self._channels[0].end_s

    def farthest_s(self, now_s: float) -> float:
        """Where it can be, so many seconds after it began."""
        return max(self.end_s, now_s) + FARTHEST_S

    def is_near(self, position_s: float) -> bool:
        """Whether the client's own count agrees."""
        return abs(position_s - self.end_s) <= NEAR_S

    def audio(self, data: bytes) -> Sequence[CallEvent]:
        """Append one frame. Raises Refused where it is too large or ends within a group of samples."""
        if not self._length_s(data):
            return ()
        heard = self._deinterleaver.feed(data)
        return tuple(channel.audio(samples) for channel, samples in zip(self._channels, heard, strict=True))

    def late(self, data: bytes) -> None:
        """Drop a frame that was on its way when the client paused. Raises Refused where it cannot have been."""
        self._late_s += self._length_s(data)
        if self._late_s > LATE_S:
            raise Refused(POLICY, "audio while paused")

    def pause(self) -> Sequence[CallEvent]:
        """The client sends nothing from here on."""
        self._late_s = 0.0
        return (Paused(call_id=self._call_id, at_s=self.end_s),)

    def resume(self, end_s: float) -> Sequence[CallEvent]:
        """It sends again, having skipped to there."""
        gaps = self.skip_to(end_s, GapReason.PAUSED)
        return (*gaps, Resumed(call_id=self._call_id, at_s=self.end_s))

    def skip_to(self, end_s: float, reason: GapReason) -> Sequence[CallEvent]:
        """Mark everything up to there as missing; nothing where the stream is there already."""
        return tuple(gap for channel in self._channels for gap in channel.gap_to(end_s, reason))

    def change(self, language: Language) -> Sequence[CallEvent]:
        """Another language is spoken from here on."""
        return (LanguageChanged(call_id=self._call_id, at_s=self.end_s, language=language),)

    def flush(self) -> tuple[Sequence[CallEvent], float]:
        """The tail, and how long the call was."""
        return level(self._channels), self.end_s

    def _length_s(self, data: bytes) -> float:
        if len(data) > LARGEST_MESSAGE:
            raise Refused(TOO_BIG, f"a binary message has at most {LARGEST_MESSAGE} bytes, not {len(data)}")
        if len(data) % self._width:
            raise Refused(BAD_DATA, f"audio: found {len(data)} bytes; allowed: a multiple of {self._width}")
        return len(data) / self._width / self._rate_hz
