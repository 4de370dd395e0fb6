"""The parts of the service that run: what `app.py` has built, for routes."""

import asyncio
import shutil
from dataclasses import dataclass

from qa_monitor.afterwards import Afterwards
from qa_monitor.backtest.jobs import BackTests
from qa_monitor.bus.port import Bus
from qa_monitor.call.latency.flag_latencies import FlagLatencies
from qa_monitor.call.live import LiveTranscripts
from qa_monitor.call.switchboard.pair_lines import PairLines
from qa_monitor.call.switchboard.switchboard import Switchboard
from qa_monitor.clock import SteadyClock
from qa_monitor.config import Settings
from qa_monitor.delivery.in_force import TargetsInForce
from qa_monitor.delivery.relay import Relay
from qa_monitor.feed import FlagFeed
from qa_monitor.feed_events import FeedEvent
from qa_monitor.heartbeat import Heart
from qa_monitor.metrics import Metrics
from qa_monitor.people.duty import Duty
from qa_monitor.people.register import Register
from qa_monitor.rules.publishing import Publishing
from qa_monitor.rules.rulesets import RuleSets
from qa_monitor.security.entrance import Entrance
from qa_monitor.security.tokens import Tokens
from qa_monitor.store.port import AudioStore
from qa_monitor.store.sqlite import SqliteStore
from qa_monitor.telephony.arrivals import Arrivals
from qa_monitor.telephony.door import Door
from qa_monitor.telephony.reception import Reception
from streams.engine.engine import SpeechEngine


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The running parts that routes need."""

    settings: Settings
    clock: SteadyClock
    store: SqliteStore
    audio: AudioStore
    feed: FlagFeed
    live: LiveTranscripts
    engine: SpeechEngine
    switchboard: Switchboard
    pair_lines: PairLines
    heart: Heart
    metrics: Metrics
    tokens: Tokens
    register: Register
    entrance: Entrance
    duty: Duty
    reception: Reception
    door: Door
    arrivals: Arrivals
    audiosocket_port: int | None
    """Where AudioSocket is taken; none: it is off, or the port was taken by another program."""
    stages: FlagLatencies
    rules: RuleSets
    publishing: Publishing
    back_tests: BackTests
    after: Afterwards
    """What works on calls once they are over."""
    relay: Relay
    targets: TargetsInForce
    bus: Bus[FeedEvent]
    stopping: asyncio.Event
    """Set when the service is about to end: new calls are refused."""

    def stop(self) -> None:
        """The service is about to end: event streams end, new calls are refused."""
        self.stopping.set()
        self.bus.close()

    @property
    def free_bytes(self) -> int:
        """Room left on the disk of the data folder."""
        return shutil.disk_usage(self.settings.data_dir).free
