"""How much of what waits a call takes at a look: after a stall a source brings in seconds what it held back for long.

Audio is held in memory until the screen has answered for it, thirty seconds at most (`recording/screened_audio.py`),
and a recording must not lose what only came too fast: nothing more is taken until the finals of what was taken are
known. Then reading the call's socket waits. While audio comes as fast as it is spoken, none of this ever holds.
"""

from time import monotonic

from qa_monitor.call.inbox import Inbox
from qa_monitor.call.listening import CallEars
from qa_monitor.call.recording.recorder import CallRecorder
from streams.records import CallEvent

TAKE_S = 5.0
"""Audio of one channel taken together at most."""
HELD_S = 15.0
"""With more than this held back, finals are waited for …"""
BURST_S = 1.0
"""… if as much as this waits already: audio came faster than it is spoken."""
PATIENCE_S = 12.0
"""Wall seconds: a final that takes longer than the deadline of the speech engine will not come any more."""


class Intake:
    """One per call."""

    def __init__(self, inbox: Inbox, recorder: CallRecorder, ears: CallEars, channels: int) -> None:
        self._inbox, self._recorder, self._ears, self._channels = inbox, recorder, ears, channels
        self._since_s: float | None = None

    def take(self) -> list[CallEvent]:
        """The next events; none while the screen is behind."""
        return [] if self._waits() else self._inbox.take(TAKE_S * self._channels)

    @property
    def behind(self) -> bool:
        """What waits came faster than the screen can answer for it."""
        return (
            self._recorder.held_s > HELD_S
            and self._ears.awaits_finals
            and self._inbox.waiting_s > BURST_S * self._channels
        )

    def _waits(self) -> bool:
        if not self.behind:
            self._since_s = None
            return False
        if self._since_s is None:
            self._since_s = monotonic()
        return monotonic() - self._since_s < PATIENCE_S
