"""The figures of one run, and whether they pass. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import msgspec

from qa_monitor.bench.records import Beat, RunLog, Usage
from qa_monitor.bench.scoring import (
    ScoredCall,
    Timed,
    after,
    lost_keys,
    score_run,
    spoken_count,
    word_error_rate,
)
from qa_monitor.demo.scoring import percentile
from streams.records import Language

LATEST_P95_S = 2.0
MOST_GROWTH_S = 0.5
"""By so much the lateness of finals may grow from the first third of a run to the last."""
PLAYER_LATE_S = 0.1
WARM_UP_S = 10.0
"""Latencies of what is said before the last call has begun, and for at most this long, do not count."""
NOT_HEARD = "utterances_lost_total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One run. Latencies in seconds from what was sent to what arrived on the stream; None: nothing to measure."""

    calls: int
    seconds: float
    utterances: int
    finals: int
    final_p50_s: float | None
    final_p95_s: float | None
    final_max_s: float | None
    final_by_times_p50_s: float | None
    final_by_times_p95_s: float | None
    """By the service's own utterance times, over all calls."""
    partial_p50_s: float | None
    """From the beginning of speech to the first partial."""
    partial_p95_s: float | None
    partial_late_p50_s: float | None
    partial_late_p95_s: float | None
    """From the end of what a partial covers to its arrival."""
    lost: int
    """Utterances of the scripts of which no final text came."""
    lost_keys: tuple[str, ...]
    not_transcribed: int
    """Stretches of speech the service itself reports as not transcribed live."""
    refused: int
    refusal: str | None
    """Of the first that was refused, why."""
    wer: float | None
    wer_fr: float | None
    wer_en: float | None
    cpu_s_per_audio_s: float
    """Of the service, per second of a two-channel call."""
    cpu_share: float
    """Of all its cores together, in use, 1 for one core."""
    rss_warm_mib: float
    rss_end_mib: float
    rss_growth_mib: float
    """From after the first fifth of the run to its end."""
    mib_per_call: float
    """Beyond the service after its first short calls."""
    speech_share: float
    """Seconds of speech per second of call, both sides together."""
    shed_level: int
    """The highest one seen."""
    shed_s: tuple[tuple[int, float], ...]
    """Seconds at each level."""
    lag_growth_s: float
    """Median lateness of finals in the last third of the run, less that in the first."""
    lag_slope_s_per_min: float
    flags: int
    flags_withdrawn: int
    scored_voices: int
    player_cpu_share: float
    player_late_p95_s: float | None

    @property
    def player_was_late(self) -> bool:
        """What is measured is not the service alone."""
        return self.player_late_p95_s is not None and self.player_late_p95_s > PLAYER_LATE_S


def figures_of(log: RunLog) -> Figures:
    """Sum up a run."""
    calls = score_run(log)
    from_s = counts_from_s(log)
    return msgspec.convert(
        _lateness(calls, from_s) | _words(calls) | _costs(log, len(calls)) | _state(log, calls), Figures
    )


def _lateness(calls: Sequence[ScoredCall], from_s: float) -> dict[str, object]:
    finals = [one for call in calls for one in call.finals]
    growth_s, slope = lag_trend([one for one in finals if one.said_at_s >= from_s])
    latencies = after(finals, from_s)
    by_times = after([one for call in calls for one in call.by_times], from_s)
    first_partials = after([one for call in calls for one in call.first_partials], from_s)
    partials = after([one for call in calls for one in call.partials], from_s)
    return {
        "final_p50_s": rounded(percentile(latencies, 0.5)),
        "final_p95_s": rounded(percentile(latencies, 0.95)),
        "final_max_s": rounded(max(latencies, default=None)),
        "final_by_times_p50_s": rounded(percentile(by_times, 0.5)),
        "final_by_times_p95_s": rounded(percentile(by_times, 0.95)),
        "partial_p50_s": rounded(percentile(first_partials, 0.5)),
        "partial_p95_s": rounded(percentile(first_partials, 0.95)),
        "partial_late_p50_s": rounded(percentile(partials, 0.5)),
        "partial_late_p95_s": rounded(percentile(partials, 0.95)),
        "lag_growth_s": rounded(growth_s),
        "lag_slope_s_per_min": rounded(slope, 4),
    }


def _words(calls: Sequence[ScoredCall]) -> dict[str, object]:
    lost = lost_keys(calls)
    return {
        "utterances": spoken_count(calls),
        "lost": len(lost),
        "lost_keys": lost,
        "wer": rounded(word_error_rate(calls), 4),
        "wer_fr": rounded(word_error_rate(calls, Language.FR), 4),
        "wer_en": rounded(word_error_rate(calls, Language.EN), 4),
    }


def _costs(log: RunLog, taken: int) -> dict[str, object]:
    played_s = sum(call.plan.seconds for call in log.calls if call.error is None)
    spoken_s = sum(call.speech_s for call in log.calls if call.error is None)
    used = spent(log.usage)
    rss = [one.rss_mib for one in log.usage]
    rss_end = median(rss[-max(1, len(rss) // 10) :]) if rss else log.warm.rss_mib
    return {
        "cpu_s_per_audio_s": round(used.cpu_s / played_s, 4) if played_s else 0.0,
        "cpu_share": round(used.cpu_s / used.wall_s, 3) if used.wall_s else 0.0,
        "rss_warm_mib": round(log.warm.rss_mib, 1),
        "rss_end_mib": round(rss_end, 1),
        "rss_growth_mib": round(rss_growth_mib(log.usage), 1),
        "mib_per_call": round((rss_end - log.warm.rss_mib) / max(1, taken), 2),
        "speech_share": round(spoken_s / played_s, 3) if played_s else 0.0,
        "player_cpu_share": round(log.player.cpu_s / log.player.wall_s, 3) if log.player.wall_s else 0.0,
        "player_late_p95_s": rounded(log.player.late_p95_s),
    }


def _state(log: RunLog, calls: Sequence[ScoredCall]) -> dict[str, object]:
    beats = [beat for beat in log.beats if log.usage and beat.at_s >= log.usage[0].at_s]
    return {
        "calls": len(log.calls),
        "seconds": max((call.plan.seconds for call in log.calls), default=0.0),
        "refused": len(log.calls) - len(calls),
        "refusal": next((call.error for call in log.calls if call.error is not None), None),
        "finals": sum(len(call.finals) for call in log.calls),
        "not_transcribed": round(counted(log, NOT_HEARD)),
        "shed_level": max((beat.shed_level for beat in beats), default=0),
        "shed_s": shed_times(beats),
        "flags": log.flags,
        "flags_withdrawn": log.withdrawn,
        "scored_voices": sum(call.scored_voices for call in log.calls),
    }


def trouble(figures: Figures, *, may_lose: float = 0.0) -> str | None:
    """Why so many calls are not followed, in words; none when they are. `may_lose`: a share of the utterances."""
    if figures.refused:
        return f"{figures.refused} calls refused: {figures.refusal}"
    if figures.final_p95_s is None:
        return "no final came"
    if figures.final_p95_s > LATEST_P95_S:
        return f"p95 {figures.final_p95_s:.2f} s"
    if figures.lost > may_lose * figures.utterances or figures.not_transcribed:
        return f"{figures.lost} utterances lost, {figures.not_transcribed} not transcribed live"
    if figures.lag_growth_s > MOST_GROWTH_S:
        return f"lateness grows by {figures.lag_growth_s:.2f} s"
    return None


def counts_from_s(log: RunLog) -> float:
    """From when on latencies count: the last call has begun, or the first seconds are over."""
    starts = [call.started_at_s for call in log.calls if call.error is None]
    return min(max(starts), min(starts) + WARM_UP_S) if starts else 0.0


def lag_trend(finals: Sequence[Timed]) -> tuple[float, float]:
    """By how much lateness grew from the first third to the last, and its slope in seconds per minute."""
    if len(finals) < 6:
        return 0.0, 0.0
    ordered = sorted(finals, key=lambda one: one.said_at_s)
    third = len(ordered) // 3
    growth_s = median(one.latency_s for one in ordered[-third:]) - median(one.latency_s for one in ordered[:third])
    mean_at = sum(one.said_at_s for one in ordered) / len(ordered)
    mean_late = sum(one.latency_s for one in ordered) / len(ordered)
    spread = sum((one.said_at_s - mean_at) ** 2 for one in ordered)
    slope = sum((one.said_at_s - mean_at) * (one.latency_s - mean_late) for one in ordered) / spread if spread else 0.0
    return growth_s, slope * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Between the first and the last look at the service."""

    cpu_s: float = 0.0
    wall_s: float = 0.0


def spent(usage: Sequence[Usage]) -> Spent:
    """What a run took."""
    if len(usage) < 2:
        return Spent()
    return Spent(cpu_s=usage[-1].cpu_s - usage[0].cpu_s, wall_s=usage[-1].at_s - usage[0].at_s)


def rss_growth_mib(usage: Sequence[Usage]) -> float:
    """From after the first fifth of a run to its end, each as the median of a tenth of the run."""
    tenth = len(usage) // 10
    if not tenth:
        return 0.0
    early = median(one.rss_mib for one in usage[2 * tenth : 3 * tenth])
    return median(one.rss_mib for one in usage[-tenth:]) - early


def shed_times(beats: Sequence[Beat]) -> tuple[tuple[int, float], ...]:
    """Seconds at each level, by the heartbeats: one stands until the next."""
    found: dict[int, float] = {}
    for beat, following in zip(beats[:-1], beats[1:], strict=True):
        found[beat.shed_level] = found.get(beat.shed_level, 0.0) + following.at_s - beat.at_s
    return tuple((level, round(found[level], 1)) for level in sorted(found))


def counted(log: RunLog, name: str) -> float:
    """How far one of the service's counters went up."""
    return log.counters_after.get(name, 0.0) - log.counters_before.get(name, 0.0)


def rounded(value: float | None, digits: int = 3) -> float | None:
    """For reading."""
    return None if value is None else round(value, digits)
