"""Adapter: counters and lags for operators, through prometheus-client. No call id, number or text in any label."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from alerts.records import FlagState, HoldReason
from keywords.records import RedactionKind
from qa_monitor.delivery.records import DeliveryState
from qa_monitor.shedding.levels import Shed
from streams.engine.engine import EngineLoad
from streams.model.gates import Distrust
from streams.records import EndReason

_SECONDS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 5.0, 10.0)


class Metrics:
    """One per application; `text` is what `/metrics` answers."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._calls = self._counter("calls", "Calls ended.", "dialect", "end")
        self._rejected = self._counter("frames_rejected", "Messages not used.", "dialect", "reason")
        self._gap = self._counter("audio_gap_seconds", "Audio known to be missing.")
        self._dtmf = self._counter("dtmf", "Keys pressed.")
        self._flags = self._counter("alerts", "Changes of flags.", "rule", "state")
        self._held = self._counter("alerts_held", "Flags nobody was told about.", "reason")
        self._distrusted = self._counter("texts_dropped", "Recognised text that was not believed.", "reason")
        self._redactions = self._counter(
            "redactions", "Numbers masked and silenced; `keypad`: tones of keys silenced.", "kind"
        )
        self._lost = self._counter("utterances_lost", "Stretches of speech that were not transcribed.")
        self._failed = self._counter("store_failures", "Writes that did not reach the disk.")
        self._background = self._counter("background_failures", "Failures of work that was then begun again.", "work")
        self._refused = self._counter("ingest_refused", "Connections refused.", "reason")
        self._shed = self._counter("shed", "Pieces of work left out, for lack of time.", "what")
        self._shed_seconds = self._counter("shed_seconds", "Time spent leaving work out.", "level")
        self._later_done = self._counter("speech_later_done_s", "Seconds of speech transcribed after the fact.")
        self._later_lost = self._counter("speech_later_lost_s", "Seconds of speech that will never be transcribed.")
        self._deliveries = self._counter("delivery_attempts", "Attempts to tell other systems.", "target", "state")
        self._listened = self._counter("listened", "Times that somebody began to listen to a live call.")
        self._listened_s = self._counter("listened_seconds", "Audio of live calls that was listened to.")
        self._listeners_cut = self._counter("listeners_cut", "Listeners who were too slow to go on.")
        self._final = Histogram(
            "final_latency_seconds", "End of utterance to final text.", buckets=_SECONDS, registry=self._registry
        )
        self._flag = Histogram(
            "alert_latency_seconds", "End of what caused a flag to the feed.", buckets=_SECONDS, registry=self._registry
        )
        self._screen = Histogram(
            "alert_screen_latency_seconds",
            "End of what caused a flag to a coach's screen, and back with the news.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._gauges: dict[str, Gauge] = {}

    def call_ended(self, dialect: str, reason: EndReason) -> None:
        """A call is over."""
        self._calls.labels(dialect, reason.value).inc()

    def rejected(self, dialect: str, counts: Mapping[str, int]) -> None:
        """What one connection sent that was not used."""
        for reason, count in counts.items():
            self._rejected.labels(dialect, reason).inc(count)

    def refused(self, reason: str) -> None:
        """A connection was refused before its call began."""
        self._refused.labels(reason).inc()

    def background_failed(self, work: str) -> None:
        """A piece of background work failed."""
        self._background.labels(work).inc()

    def gap(self, duration_s: float) -> None:
        """Audio is missing."""
        self._gap.inc(max(0.0, duration_s))

    def dtmf(self) -> None:
        """A key was pressed; which one is nobody's business."""
        self._dtmf.inc()

    def flag(self, rule_id: str, state: FlagState) -> None:
        """A flag is new or has changed."""
        self._flags.labels(rule_id, state.value).inc()

    def held(self, reason: HoldReason) -> None:
        """A flag was held back."""
        self._held.labels(reason.value).inc()

    def distrusted(self, reason: Distrust) -> None:
        """Text was dropped."""
        self._distrusted.labels(reason.value).inc()

    def redaction(self, kind: RedactionKind) -> None:
        """A number was masked."""
        self._redactions.labels(kind.value).inc()

    def lost(self) -> None:
        """A stretch was not transcribed."""
        self._lost.inc()

    def shed(self, what: Shed) -> None:
        """Something was left out."""
        self._shed.labels(what.value).inc()

    def shed_for(self, level: int, seconds: float) -> None:
        """The level was this for so long."""
        self._shed_seconds.labels(str(level)).inc(max(0.0, seconds))

    def later_done(self, seconds: float) -> None:
        """Speech was transcribed after the fact."""
        self._later_done.inc(seconds)

    def later_lost(self, seconds: float) -> None:
        """Speech will never be transcribed."""
        self._later_lost.inc(max(0.0, seconds))

    def store_failed(self) -> None:
        """A write failed."""
        self._failed.inc()

    def delivery(self, target: str, state: DeliveryState) -> None:
        """Another system was told, or is to be tried again (`waiting`), or was given up (`dead`)."""
        self._deliveries.labels(target, state.value).inc()

    def listened(self) -> None:
        """Somebody began to listen to a live call."""
        self._listened.inc()

    def listened_for(self, seconds: float) -> None:
        """So much of a call was sent to somebody who listens."""
        self._listened_s.inc(seconds)

    def listener_cut(self) -> None:
        """Somebody who listened was too slow."""
        self._listeners_cut.inc()

    def final(self, seconds: float) -> None:
        """End of utterance to final text."""
        self._final.observe(max(0.0, seconds))

    def flag_latency(self, seconds: float) -> None:
        """End of cause to feed."""
        self._flag.observe(max(0.0, seconds))

    def screen_latency(self, seconds: float) -> None:
        """End of cause to a screen."""
        self._screen.observe(max(0.0, seconds))

    def text(self, load: EngineLoad, now: Mapping[str, float]) -> bytes:
        """Everything in Prometheus's text format; `now` holds the values of this moment by name."""
        values = {
            "stt_queue_length": load.waiting,
            "stt_queue_age_seconds": load.oldest_s,
            "stt_audio_seconds_total": load.audio_s,
            "stt_busy_seconds_total": load.busy_s,
            "stt_batch_size": load.windows / load.passes if load.passes else 0.0,
            "stt_partials_dropped_total": load.dropped_partials,
            "stt_finals_refused_total": load.refused_finals,
            "stt_failed_total": load.failed,
            "stt_queue_age_p95_s": load.age_p95_s,
            "stt_utilisation": load.utilisation,
            "stt_late_total": load.late,
            "stt_workers": load.workers,
            **now,
        }
        for name, value in values.items():
            if name not in self._gauges:
                self._gauges[name] = Gauge(name, name.replace("_", " "), registry=self._registry)
            self._gauges[name].set(value)
        return generate_latest(self._registry)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(name, text, labels, registry=self._registry)
