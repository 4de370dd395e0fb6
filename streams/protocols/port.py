"""What every telephony dialect offers, and what is asked of it."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from streams.records import CallEvent, CallStarted, Utterance
from streams.refusals import ABNORMAL, Close

LARGEST_MESSAGE = 65_536
"""Bytes of one text or binary message."""

MOST_OWED = 100
"""Utterances waiting to be told to a source; the oldest are left out when it does not take them."""

Admit = Callable[[str | None, CallStarted], CallStarted]
"""May this token (none: the source gave none) open this call? Raises `Refused` where not; compares in constant time.

Returns the call as it will be followed: what was announced beforehand is filled in; channels and rate are as given.
"""


@dataclass(slots=True, kw_only=True)
class Downlink:
    """What the service asks of one source. Set from outside, read by its dialect at every tick, on one event loop.

    Only dialects that have words for it act on it; the service discards audio that arrives while `paused` anyway.
    """

    paused: bool = False
    """The source is asked to send nothing: a card number is being read out, or the call is off the record."""
    utterances: deque[Utterance] = field(default_factory=lambda: deque(maxlen=MOST_OWED))
    """Partials and finals to be told to the source, oldest first, where its route asks for them."""
    flushed: bool = False
    """Nothing more will be put into `utterances`: the call has ended and its last final is there."""
    reconnect: bool = False
    """The source is asked to go on in a new session, since this process is to stop."""


class Dialect(Protocol):
    """One provider's side of one connection, without I/O. After every `receive` and `tick`, send all of `replies`.

    `now` is zone-aware and must be steady: a clock that is set during the call would be taken for lost audio.
    """

    def receive(self, message: str | bytes, now: datetime) -> Sequence[CallEvent]:
        """Take one message (text or binary). Never raises, whatever it holds."""
        ...

    def replies(self) -> Sequence[str | bytes]:
        """What is owed to the other side since the last time, in order."""
        ...

    def tick(self, now: datetime) -> Sequence[CallEvent]:
        """Time has passed. Called about ten times a second: start deadline, reorder timeout, media watchdog."""
        ...

    def closed(self, now: datetime, code: int = ABNORMAL) -> Sequence[CallEvent]:
        """The socket went away with this code. Ends an open call; may be called again and returns nothing then."""
        ...

    @property
    def close(self) -> Close | None:
        """Set once the connection must be closed, after its replies were sent."""
        ...

    @property
    def rejected(self) -> Mapping[str, int]:
        """What was dropped or refused, counted by reason."""
        ...
