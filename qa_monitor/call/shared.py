"""What all calls share: models, rules, store, feed. Built once, by `app.py`."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime

from keywords.sought.seeker import Seeker
from qa_monitor.call.judging.judges import Judges
from qa_monitor.call.latency.flag_latencies import FlagLatencies
from qa_monitor.call.latency.latencies import RecentLatencies
from qa_monitor.call.live import LiveTranscripts
from qa_monitor.call.recording.unheard import UnheardCalls
from qa_monitor.feed import FlagFeed
from qa_monitor.metrics import Metrics
from qa_monitor.shedding.care import FULL_CARE, Care
from qa_monitor.shedding.later import LaterSpeech
from qa_monitor.shedding.levels import Current
from qa_monitor.store.pace_port import PaceStore
from qa_monitor.store.port import AudioStore, Store
from qa_monitor.vocabulary import Vocabularies
from streams.activity.segmenter import SegmentPolicy
from streams.activity.vad import VoiceModel
from streams.engine.engine import SpeechEngine
from streams.records import Language, Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What all calls share."""

    engine: SpeechEngine
    voice_activity: VoiceModel
    segments: SegmentPolicy
    languages: tuple[Language, ...]
    vocabularies: Vocabularies
    """Names and products of each team."""
    judges: Judges
    store: Store
    audio: AudioStore | None
    """None: no audio is kept."""
    feed: FlagFeed
    live: LiveTranscripts
    listening: Executor
    """Runs voice activity and scoring, off the event loop."""
    metrics: Metrics
    final_latencies: RecentLatencies
    flag_latencies: RecentLatencies
    clock: Callable[[], datetime]
    """Wall time."""
    shedding: Current
    """What is left out now."""
    later: LaterSpeech
    """What is to be transcribed when there is room."""
    unheard: UnheardCalls | None = None
    """Calls that are only recorded for now; none: every call is followed."""
    stages: FlagLatencies = field(default_factory=FlagLatencies)
    """How long flags took to each stage."""
    paces: PaceStore | None = None
    """Where the pace of calls is kept, so that they can be gone through again; none: it is not."""
    scores_phrases: bool = True
    """Finals are asked about phrases of rules, while they get extra care."""
    most_care: Care = FULL_CARE
    """What finals get that nobody waits for."""

    def asking(self, seekers: Mapping[Speaker, Seeker], care: Care) -> Mapping[Speaker, Seeker]:
        """Those of each side that have the audio of a final asked about phrases; none: it is not asked."""
        return seekers if self.scores_phrases and care.asks else {}

    def makes_up(self) -> bool:
        """Whether live calls leave time for what was left out, and for what nobody waits for."""
        return self.shedding.now.makes_up
