"""Figures for operators: in Prometheus's own format, and without a word or number of any call."""

from prometheus_client.parser import text_string_to_metric_families

from alerts.records import FlagState, HoldReason
from keywords.records import RedactionKind
from qa_monitor.metrics import Metrics
from qa_monitor.shedding.levels import Shed
from streams.engine.engine import EngineLoad
from streams.model.gates import Distrust
from streams.records import EndReason

IDLE = EngineLoad(
    waiting=3,
    oldest_s=1.5,
    passes=4,
    windows=6,
    audio_s=30.0,
    busy_s=2.0,
    dropped_partials=1,
    refused_finals=0,
    failed=0,
    last_error=None,
    age_p95_s=0.7,
    utilisation=0.6,
    late=2,
    workers=2,
)


def values(metrics: Metrics, **now: float) -> dict[tuple[str, tuple[str, ...]], float]:
    """Every sample by its name and label values."""
    text = metrics.text(IDLE, now).decode()
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_what_was_counted_is_told() -> None:
    """Each counter under its name and labels."""
    metrics = Metrics()
    metrics.call_ended("pcm", EndReason.HANGUP)
    metrics.rejected("twilio", {"bad_data": 2, "late": 1})
    metrics.refused("503")
    metrics.gap(0.5)
    metrics.dtmf()
    metrics.flag("cancellation", FlagState.CONFIRMED)
    metrics.held(HoldReason.REPEAT)
    metrics.distrusted(Distrust.NOISE)
    metrics.redaction(RedactionKind.CARD)
    metrics.lost()
    metrics.store_failed()
    metrics.shed(Shed.PARTIALS)
    metrics.shed_for(2, 0.5)
    metrics.later_done(3.5)
    metrics.later_lost(1.5)
    found = values(metrics)

    assert found["calls_total", ("pcm", "hangup")] == 1
    assert found["frames_rejected_total", ("twilio", "bad_data")] == 2
    assert found["ingest_refused_total", ("503",)] == 1
    assert found["audio_gap_seconds_total", ()] == 0.5
    assert found["dtmf_total", ()] == 1
    assert found["alerts_total", ("cancellation", "confirmed")] == 1
    assert found["alerts_held_total", ("repeat",)] == 1
    assert found["texts_dropped_total", ("noise",)] == 1
    assert found["redactions_total", ("card",)] == 1
    assert found["utterances_lost_total", ()] == 1
    assert found["store_failures_total", ()] == 1
    assert found["shed_total", ("partials",)] == 1
    assert found["shed_seconds_total", ("2",)] == 0.5
    assert found["speech_later_done_s_total", ()] == 3.5
    assert found["speech_later_lost_s_total", ()] == 1.5


def test_latencies_fall_into_buckets_and_are_never_negative() -> None:
    """A clock that jumps must not break the sums."""
    metrics = Metrics()
    for seconds in (-0.1, 0.4, 1.1, 60.0):
        metrics.final(seconds)
    metrics.flag_latency(1.0)
    found = values(metrics)

    assert found["final_latency_seconds_bucket", ("0.5",)] == 2
    assert found["final_latency_seconds_bucket", ("+Inf",)] == 4
    assert found["final_latency_seconds_sum", ()] == 61.5
    assert found["alert_latency_seconds_count", ()] == 1


def test_the_values_of_the_moment_are_those_of_the_last_look() -> None:
    """Queue, lag and whatever the application adds."""
    metrics = Metrics()
    values(metrics, calls_active=7.0)
    found = values(metrics, calls_active=2.0)

    assert found["calls_active", ()] == 2
    assert found["stt_queue_length", ()] == 3
    assert found["stt_queue_age_seconds", ()] == 1.5
    assert found["stt_batch_size", ()] == 1.5
    assert found["stt_queue_age_p95_s", ()] == 0.7
    assert found["stt_utilisation", ()] == 0.6
    assert found["stt_late_total", ()] == 2


def test_two_applications_count_apart() -> None:
    """No registry is shared by the process."""
    first, second = Metrics(), Metrics()
    first.lost()

    assert values(first)["utterances_lost_total", ()] == 1
    assert values(second)["utterances_lost_total", ()] == 0
