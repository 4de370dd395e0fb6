"""What every part of the service is told."""

from dataclasses import dataclass, field

from qa_monitor.bus.embedded import EmbeddedBus
from qa_monitor.clock import SteadyClock
from qa_monitor.config import Settings
from qa_monitor.feed_events import FeedEvent
from qa_monitor.metrics import Metrics


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """One per service."""

    settings: Settings
    clock: SteadyClock = field(default_factory=SteadyClock)
    metrics: Metrics = field(default_factory=Metrics)
    bus: EmbeddedBus[FeedEvent] = field(default_factory=EmbeddedBus)
