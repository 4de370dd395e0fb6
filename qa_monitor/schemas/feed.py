"""What the flag stream tells beside flags: the state at its start, and its heartbeat."""

from datetime import datetime

from qa_monitor.schemas.calls import CallJson
from qa_monitor.schemas.flags import FlagJson
from qa_monitor.schemas.shape import Shape
from qa_monitor.shedding.levels import Shed


class SnapshotJson(Shape):
    """First event of the flag stream: live calls and open flags."""

    calls: list[CallJson]
    flags: list[FlagJson]


class DeskJson(Shape):
    """How often one desk was interrupted within the last ten minutes."""

    desk: str
    told: int
    flooded: bool
    """So often that its flags are shown as counts."""


class HeartbeatJson(Shape):
    """Sign of life on the flag stream, every 2 s."""

    now: datetime
    lag_s: float
    shed_level: int
    """0: everything is done; 5: new calls are not followed."""
    shed: list[Shed]
    """What is left out now."""
    later_s: float
    """Seconds of speech that are still to be transcribed, and of calls that are still to be listened to."""
    calls_live: int
    calls_recorded: int = 0
    """Of them, those that are only recorded: their text follows after the call."""
    final_p50_s: float | None
    final_p95_s: float | None
    flag_p50_s: float | None
    flag_p95_s: float | None
    disk_ok: bool
    saving: bool
    """False while writes to the store fail."""
    desks: list[DeskJson]
    """Desks that were interrupted lately; that of everyone always."""
    consoles: int = 1
    """How many follow this stream."""
    drift_s: float | None = None
    """The 95th percentile from cause to screen over five minutes, where it is above `latency_alarm_s`."""
