"""Silence sent back to a peer that gives up on one that never writes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from streams.protocols.audiosocket_frames import Frame, encode_frame

MOST_AT_ONCE = 10
"""Frames owed after a delay; the rest is left out."""
PATIENCE_S = 0.5
"""A peer has this long to show which kind of audio it takes; then it gets the kind that all know."""
_PLAIN = encode_frame(0x10, bytes(320))
_PLAIN_S = 0.02


class SilenceFeed:
    """The silence owed to one connection, frame for frame as long as what it sends. State of one connection."""

    def __init__(self) -> None:
        self._frame = _PLAIN
        self._length_s = _PLAIN_S
        self._fed_until: datetime | None = None
        self._heard = False
        self._owed = 0

    def begin(self, now: datetime) -> None:
        """The connection was let in."""
        self._fed_until = now + timedelta(seconds=PATIENCE_S)

    def heard(self, frame: Frame, length_s: float, now: datetime) -> None:
        """From here on silence has the kind and length of this frame."""
        self._frame = encode_frame(frame.kind, bytes(len(frame.payload)))
        self._length_s = length_s
        if not self._heard:
            self._heard = True
            self._fed_until = now
        self.advance(now)

    def advance(self, now: datetime) -> None:
        """Time has passed."""
        if self._fed_until is None or now < self._fed_until:
            return
        due = int((now - self._fed_until).total_seconds() / self._length_s)
        self._fed_until += timedelta(seconds=due * self._length_s)
        self._owed = min(self._owed + due, MOST_AT_ONCE)

    def owed(self) -> Sequence[bytes]:
        """What is to be sent now."""
        owed, self._owed = self._owed, 0
        return (self._frame,) * owed
