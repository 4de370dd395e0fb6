"""What a service does with more calls than it can follow, and how it comes back. Pure."""

from dataclasses import dataclass, replace
from pathlib import Path

from qa_monitor.bench.figures import Figures, counted, rounded, spent
from qa_monitor.bench.plan import calls_at_once, stagger_s
from qa_monitor.bench.records import CallPlan, RunLog
from qa_monitor.bench.scoring import score_run
from qa_monitor.demo.scoring import percentile

AFTER_S = 40.0
"""How long half of the nominal calls go on once the overload has ended."""
SHED = (
    "shed_total{",
    "shed_seconds_total{",
    "stt_partials_dropped_total",
    "stt_finals_refused_total",
    "stt_late_total",
    "utterances_lost_total",
    "speech_later_",
)
"""How the names of the service's own counters begin that tell what was left out or put off."""
WAITING = "speech_later_waiting_s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Calls that were not taken, and what they were told."""

    told: str
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overload:
    """One run above capacity."""

    times: float
    offered: int
    watched: int
    """A console followed their transcript: the others are the first to be put off."""
    followed: int
    """Of those watched, how many had a transcript while they went on."""
    refused: tuple[Refusal, ...]
    goodput_per_s: float
    """Finals within 2.5 s by the service's own count, watched or not, per second of the overload."""
    goodput_share: float | None
    """Of the goodput at capacity."""
    final_p95_s: float | None
    """Of the calls that were followed, while it lasted."""
    final_p95_times_nominal: float | None
    player_cpu_share: float
    """Cores the player itself took over the whole run, which the service did not have."""
    player_late_p95_s: float | None
    """How late it sent: so much of the lateness is not the service's."""
    cpu_share: float | None
    """Cores the service took while all calls were live; none where nobody looked."""
    shed_level: int
    recovered_after_s: float | None
    """From the end of the overload until nothing is shed; none where that was not seen."""
    shed: dict[str, float]
    later_share: float | None
    """Of the speech put off, what had been transcribed when the run ended; none where none was put off."""


def overload_calls(
    capacity: int, times: float, seconds: float, recordings: tuple[Path, ...], seed: int
) -> tuple[CallPlan, ...]:
    """So many times the capacity at once; then half of it."""
    offered = calls_at_once(round(capacity * times), seconds, recordings, seed)
    every = max(1, round(times))
    over = tuple(replace(one, watched=one.number % every == 0) for one in offered)
    begins_s = seconds + stagger_s(seconds) + 1.0
    calm = calls_at_once(max(1, capacity // 2), AFTER_S, recordings, seed + 500)
    later = tuple(
        replace(one, number=len(over) + one.number, starts_after_s=begins_s + one.starts_after_s) for one in calm
    )
    return over + later


def goodput_per_s(log: RunLog, seconds: float) -> float:
    """Finals in good time per second, while the calls that last `seconds` were all live."""
    starts = [call.started_at_s for call in log.calls if call.plan.seconds == seconds and call.error is None]
    if not starts:
        return 0.0
    inside = [one for one in log.tallies if max(starts) <= one.at_s <= min(starts) + seconds]
    if len(inside) < 2:
        return 0.0
    first, last = inside[0], inside[-1]
    return (last.good - first.good) / (last.at_s - first.at_s)


def cpu_share_of(log: RunLog, seconds: float) -> float | None:
    """Cores the service took from the first call that lasts `seconds` to the end of the last."""
    starts = [call.started_at_s for call in log.calls if call.plan.seconds == seconds]
    took = spent([one for one in log.usage if starts and min(starts) <= one.at_s <= max(starts) + seconds])
    return round(took.cpu_s / took.wall_s, 3) if took.wall_s else None


def overload_of(log: RunLog, times: float, seconds: float, peak_per_s: float, nominal: Figures) -> Overload:
    """Sum up a run of `overload_calls`."""
    over = [call for call in log.calls if call.plan.seconds == seconds]
    taken = [call for call in over if call.error is None]
    latencies = [
        one.latency_s
        for scored in score_run(log)
        for one in scored.finals
        if one.said_at_s <= _ended_at_s(log, seconds)
    ]
    p95_s = percentile(latencies, 0.95)
    goodput = goodput_per_s(log, seconds)
    return Overload(
        times=times,
        offered=len(over),
        watched=sum(call.plan.watched for call in over),
        followed=sum(bool(call.finals) for call in taken),
        refused=_refusals(log, seconds),
        goodput_per_s=round(goodput, 3),
        goodput_share=rounded(goodput / peak_per_s) if peak_per_s else None,
        final_p95_s=rounded(p95_s),
        final_p95_times_nominal=rounded(p95_s / nominal.final_p95_s)
        if p95_s is not None and nominal.final_p95_s
        else None,
        player_cpu_share=round(log.player.cpu_s / log.player.wall_s, 3) if log.player.wall_s else 0.0,
        player_late_p95_s=rounded(log.player.late_p95_s),
        cpu_share=cpu_share_of(log, seconds),
        shed_level=max((beat.shed_level for beat in log.beats), default=0),
        recovered_after_s=rounded(recovered_after_s(log, _ended_at_s(log, seconds)), 1),
        shed=_shed(log),
        later_share=_later_share(log),
    )


def recovered_after_s(log: RunLog, ended_at_s: float) -> float | None:
    """From this moment until the first heartbeat of level 0 after which no other level comes."""
    since = [beat for beat in log.beats if beat.at_s >= ended_at_s]
    calm_at_s: float | None = None
    for beat in since:
        if beat.shed_level:
            calm_at_s = None
        elif calm_at_s is None:
            calm_at_s = beat.at_s
    return None if calm_at_s is None else calm_at_s - ended_at_s


def _ended_at_s(log: RunLog, seconds: float) -> float:
    return max((call.started_at_s + seconds for call in log.calls if call.plan.seconds == seconds), default=0.0)


def _refusals(log: RunLog, seconds: float) -> tuple[Refusal, ...]:
    told: dict[str, int] = {}
    for call in log.calls:
        if call.error is not None and call.plan.seconds == seconds:
            reason = call.error.partition(": ")[2] or call.error
            told[reason] = told.get(reason, 0) + 1
    return tuple(Refusal(told=reason, calls=count) for reason, count in sorted(told.items()))


def _shed(log: RunLog) -> dict[str, float]:
    counts = {
        name: round(counted(log, name), 1)
        for name in sorted(log.counters_after)
        if name.startswith(SHED) and "_created" not in name
    }
    return {name: count for name, count in counts.items() if count}


def _later_share(log: RunLog) -> float | None:
    done, lost = (counted(log, name) for name in ("speech_later_done_s_total", "speech_later_lost_s_total"))
    whole = done + lost + log.counters_after.get(WAITING, 0.0)
    return rounded(done / whole) if whole > 0 else None
