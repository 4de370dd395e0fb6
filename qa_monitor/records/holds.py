"""When the customer waited, as kept."""

from dataclasses import dataclass

from sentiment.hold import HoldCause
from streams.records import CallId


@dataclass(frozen=True, slots=True, kw_only=True)
class OnHold:
    """The customer waited, or still does. All times are seconds of the call's audio."""

    call_id: CallId
    start_s: float
    told_s: float
    """When it became known that they wait: later than they began to."""
    cause: HoldCause
    channel: int | None
    """Where music or tones were heard; None where it was signalled."""
    end_s: float | None = None
    """None: not yet, or not before the call ended."""
    end_told_s: float | None = None
