"""The sample clock of one channel: every second of a call is either audio or a marked gap."""

from collections.abc import Sequence

from streams.records import AudioFrame, CallId, Gap, GapReason, Samples


class Timeline:
    """Lays audio and gaps end to end, in whole samples, so that nothing drifts. State of one channel of one call."""

    def __init__(self, call_id: CallId, channel: int, rate_hz: int) -> None:
        self._call_id = call_id
        self._channel = channel
        self._rate_hz = rate_hz
        self._position = 0

    @property
    def rate_hz(self) -> int:
        """Samples per second."""
        return self._rate_hz

    @property
    def end_s(self) -> float:
        """Where the next sample goes: the sum of all audio and gaps so far."""
        return self._position / self._rate_hz

    def audio(self, samples: Samples) -> AudioFrame:
        """Append samples."""
        frame = AudioFrame(
            call_id=self._call_id,
            channel=self._channel,
            start_s=self.end_s,
            samples=samples,
            rate_hz=self._rate_hz,
        )
        self._position += len(samples)
        return frame

    def gap_to(self, end_s: float, reason: GapReason = GapReason.LOST) -> tuple[Gap, ...]:
        """Mark what is missing up to `end_s`; nothing when the clock is there already."""
        missing = round(end_s * self._rate_hz) - self._position
        if missing <= 0:
            return ()
        gap = Gap(
            call_id=self._call_id,
            channel=self._channel,
            start_s=self.end_s,
            duration_s=missing / self._rate_hz,
            reason=reason,
        )
        self._position += missing
        return (gap,)


def level(timelines: Sequence[Timeline]) -> tuple[Gap, ...]:
    """Bring every channel to the end of the longest, so that all channels of a call are equally long."""
    end_s = max(timeline.end_s for timeline in timelines)
    return tuple(gap for timeline in timelines for gap in timeline.gap_to(end_s))
