"""Sums to figures, one function per kind of report. Pure. What each figure is, and from where: docs/reports.md."""

from collections.abc import Callable, Mapping
from math import inf

from qa_monitor.reports.intervals import of_mean, of_share
from qa_monitor.reports.records import Figure, Key, Kind, Sums

NPS, CSAT, CES = "nps", "csat", "ces"
MOST_SCORE = 100.0
Making = Callable[[Key, Sums], tuple[Figure, ...]]


def calls_figures(_: Key, sums: Sums) -> tuple[Figure, ...]:
    """Volumes and times of calls."""
    return (
        _count("calls", sums["calls"]),
        _share("inbound_share", sums["inbound"], sums["calls"]),
        _mean("handle_s", sums, sums["timed"]),
        *(_mean(name, sums, sums["split"]) for name in ("talk_s", "hold_s", "silence_s")),
        _mean("talk_over_s", sums, sums["told_apart"]),
        _share("repeat_share", sums["repeats"], sums["read"]),
    )


def flag_figures(_: Key, sums: Sums) -> tuple[Figure, ...]:
    """Flags, and what coaches said of them."""
    calls, told = sums.get("calls", 0.0), sums.get("told", 0.0)
    useful, wrong, known = (sums.get(name, 0.0) for name in ("useful", "false_alarm", "already_known"))
    rate = 100 * told / calls if calls else None
    return (
        _count("flags", told),
        Figure(name="flags_per_100", value=rate, n=int(calls)),
        _count("useful", useful),
        _count("false_alarms", wrong),
        _count("already_known", known),
        # what a coach knew already was right all the same
        _share("precision", useful + known, useful + wrong + known),
    )


def score_figures(_: Key, sums: Sums) -> tuple[Figure, ...]:
    """Scores of calls, 0 to 100."""
    return (
        _count("scored", sums["scored"]),
        _mean("mean", sums, sums["scored"], most=MOST_SCORE),
        _share("failed_share", sums["failed"], sums["scored"]),
    )


def service_figures(_: Key, sums: Sums) -> tuple[Figure, ...]:
    """How soon customers were answered. Who gave up within the promised time had no chance to be answered late."""
    counted = sums["offered"] - sums["gave_up_soon"]
    return (
        _share("in_time_share", sums["in_time"], counted),
        _count("offered", sums["offered"]),
        _count("answered", sums["answered"]),
        _share("abandoned_share", sums["offered"] - sums["answered"] - sums["gave_up_soon"], counted),
        _mean("wait_s", sums, sums["answered"]),
    )


def survey_figures(key: Key, sums: Sums) -> tuple[Figure, ...]:
    """One survey's answers: the score by which it is usually told, and how many were satisfied."""
    # a period with calls and without an answer holds the calls alone
    sums = {**dict.fromkeys(("answers", "satisfied", "detractors", "score", "score2"), 0.0), **sums}
    n = sums["answers"]
    satisfied = _share("satisfied_share", sums["satisfied"], n)
    return (
        _count("answers", n),
        _share("response_share", n, sums.get("calls", 0.0)),
        _net_promoters(sums, n) if key.part == NPS else _mean("score", sums, n),
        satisfied,
    )


FIGURES: Mapping[Kind, Making] = {
    Kind.CALLS: calls_figures,
    Kind.FLAGS: flag_figures,
    Kind.SCORES: score_figures,
    Kind.SERVICE: service_figures,
    Kind.SURVEYS: survey_figures,
}


def _net_promoters(sums: Sums, n: float) -> Figure:
    """Promoters less detractors, -100 to 100. Each answer counts +1, 0 or -1: the interval is that of their mean."""
    if not n:
        return Figure(name="score", value=None, n=0)
    net = sums["satisfied"] - sums["detractors"]
    told = of_mean(net, sums["satisfied"] + sums["detractors"], n)
    low, high = told or (None, None)
    return Figure(
        name="score",
        value=100 * net / n,
        n=int(n),
        low=None if low is None else max(-100.0, 100 * low),
        high=None if high is None else min(100.0, 100 * high),
    )


def _count(name: str, value: float) -> Figure:
    return Figure(name=name, value=value, n=int(value))


def _share(name: str, hits: float, n: float) -> Figure:
    low, high = of_share(hits, n) or (None, None)
    return Figure(name=name, value=hits / n if n > 0 else None, n=int(n), low=low, high=high)


def _mean(name: str, sums: Sums, n: float, *, most: float = inf) -> Figure:
    """The mean of what is summed under `name`, with the squares under `name2`; no value is below 0 or above `most`."""
    if n <= 0:
        return Figure(name=name, value=None, n=0)
    told = of_mean(sums[name], sums[f"{name}2"], n)
    low, high = (None, None) if told is None else (max(0.0, told[0]), min(most, told[1]))
    return Figure(name=name, value=sums[name] / n, n=int(n), low=low, high=high)
