"""How a conversation flows, with its holds."""

from qa_monitor.schemas.shape import Shape
from sentiment.hold import HoldCause


class DynamicsJson(Shape):
    """How the conversation flows, up to `now_s`."""

    now_s: float
    silence_s: float
    talk_over_s: float
    talk_over_total_s: float
    silence_total_s: float
    talk_share: dict[str, float]
    interrupter: str | None
    speakers_known: bool
    """False for mixed, swapped or identical channels: what says who did something is left open."""
    interruptions: dict[str, int]
    """Per speaker, how often they began while the other spoke."""
    longest_turn_s: dict[str, float]
    pace_wpm: dict[str, float]
    """Words a minute lately, of those who have said enough."""
    louder_db: dict[str, float]
    """How much louder than at first, of those who have said enough."""
    hold_since_s: float | None
    """Since when somebody is on hold; null where nobody is."""
    hold_s: float
    hold_total_s: float
    hold_cause: str | None
    """`music`, `tones` or `signalled`."""


class HoldJson(Shape):
    """The customer was on hold."""

    start_s: float
    end_s: float | None
    """Null: still, or until the call ended."""
    cause: HoldCause
