"""The sound of a call: whether it can be judged, and where it is missing."""

from qa_monitor.records.calls import Hold
from qa_monitor.schemas.shape import Shape
from streams.health.call_health import HealthFact
from streams.records import GapReason


class ChannelHealthJson(Shape):
    """The sound of one channel; shares are 0 to 1."""

    level_db: float
    clipped_share: float
    lost_share: float
    spoken_s: float


class HealthJson(Shape):
    """Whether the sound of a call can be judged, at `at_s`; told about once a second while it is live."""

    at_s: float
    channels: list[ChannelHealthJson]
    facts: list[HealthFact]
    """What is wrong with it now."""
    blind: str | None
    """Why the call cannot be judged; null when it can."""
    paused: Hold | None
    """What is said now is not heard: by the source's or the service's pause, or off the record."""


class GapJson(Shape):
    """Where audio of one channel is missing."""

    channel: int
    start_s: float
    duration_s: float
    reason: GapReason
