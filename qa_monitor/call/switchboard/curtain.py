"""What must not be heard is stopped here, at the line, before anything else sees it. Pure."""

from dataclasses import replace

from streams.records import AudioFrame, Gap, GapReason

WHY = (GapReason.PAUSED, GapReason.OFF_RECORD)


class Curtain:
    """Open, or closed for a reason: then audio becomes a marked gap of the same length. One per call."""

    def __init__(self) -> None:
        self._closed: GapReason | None = None
        self._last: GapReason | None = None
        self._opened_s = 0.0

    @property
    def closed(self) -> GapReason | None:
        """Why nothing is let through: paused or off the record; none while all is."""
        return self._closed

    def close(self, reason: GapReason) -> None:
        """Let nothing through. Off the record stays so when a pause is asked for as well."""
        if reason not in WHY:
            raise ValueError(f"a call is paused or off the record, not {reason}")
        if self._closed is not GapReason.OFF_RECORD:
            self._closed = reason

    def open(self, at_s: float) -> None:
        """Let everything through from this second on."""
        if self._closed is not None:
            self._last, self._closed, self._opened_s = self._closed, None, at_s

    def through(self, event: AudioFrame | Gap) -> AudioFrame | Gap:
        """What the rest may know of it."""
        if self._closed is None:
            return self._explained(event)
        if isinstance(event, Gap):
            return replace(event, reason=self._closed)
        return Gap(
            call_id=event.call_id,
            channel=event.channel,
            start_s=event.start_s,
            duration_s=len(event.samples) / event.rate_hz,
            reason=self._closed,
        )

    def _explained(self, event: AudioFrame | Gap) -> AudioFrame | Gap:
        """A source that was asked to pause tells of the gap only when it goes on: it has the reason of that time."""
        late = isinstance(event, Gap) and event.reason is GapReason.PAUSED and event.start_s <= self._opened_s
        return replace(event, reason=self._last) if late and self._last and isinstance(event, Gap) else event
