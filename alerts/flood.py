"""When so many flags come to one desk that they are shown as counts. Pure; moments are wall time."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class FloodPolicy:
    """A flood begins above one rate and ends below a lower one, so that the screen does not flap (ISA-18.2)."""

    window: timedelta = timedelta(minutes=10)
    above: int = 10
    below: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """The latest interruptions of one desk."""

    policy: FloodPolicy = field(default_factory=FloodPolicy)
    times: tuple[datetime, ...] = ()
    """Within the window, in the order in which they came."""
    on: bool = False

    def told(self, at: datetime) -> "Flood":
        """One more interruption."""
        return Flood(policy=self.policy, times=(*self.times, at), on=self.on).seen(at)

    def seen(self, now: datetime) -> "Flood":
        """As it stands now."""
        times = tuple(at for at in self.times if now - at < self.policy.window)
        on = len(times) >= self.policy.below if self.on else len(times) > self.policy.above
        return Flood(policy=self.policy, times=times, on=on)
