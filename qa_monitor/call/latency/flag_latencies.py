"""How long flags took from the end of what caused them to each stage, up to a coach's screen. Pure.

Times ending `_s` without further word are wall seconds since the cause; `now_s` is the monotonic clock.
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from enum import StrEnum

from alerts.records import FlagId, Latency
from qa_monitor.call.latency.latencies import Percentiles, percentile

WINDOW_S = 300.0
"""What counts as now."""
SHOWN_MINUTES = 60
MOST = 5_000
"""Flags that are remembered; beyond, the oldest are forgotten before their hour is over."""
BELIEVED_S = 60.0
"""A screen that reports later than this after the flag was told was asleep: that is no latency of ours."""
LEAST = 5
"""Flags within the window below which nothing is said to drift: one slow flag is no drift."""
ALARM_S = 2.5


class Stage(StrEnum):
    """How far a flag had come."""

    TEXT = "text"
    RULE = "rule"
    STORED = "stored"
    FEED = "feed"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFigures:
    """One stage over the window."""

    stage: Stage
    count: int
    figures: Percentiles


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteFigures:
    """All flags that began to be told within one minute."""

    ago: int
    """Whole minutes before now, 0 for the last sixty seconds."""
    count: int
    figures: Percentiles


@dataclass(slots=True)
class _Told:
    """One flag on its way. `cause_s` and `told_s` are on the monotonic clock."""

    cause_s: float
    told_s: float
    latency: Latency = field(default_factory=Latency)


class FlagLatencies:
    """One per application. `alarm_s`: the slowest 95th percentile that is as it should be."""

    def __init__(self, alarm_s: float = ALARM_S) -> None:
        self.alarm_s = alarm_s
        self._told: OrderedDict[FlagId, _Told] = OrderedDict()

    def began(self, flag_id: FlagId, cause_s: float, now_s: float) -> None:
        """A flag is about to be told; what caused it ended at `cause_s` of the same clock."""
        self._told[flag_id] = _Told(cause_s, now_s)
        while len(self._told) > MOST or next(iter(self._told.values())).told_s < now_s - SHOWN_MINUTES * 60:
            self._told.popitem(last=False)

    def told(self, flag_id: FlagId, latency: Latency) -> None:
        """It is on the feed; its screen may have been faster than this news."""
        known = self._told.get(flag_id)
        if known is not None:
            known.latency = replace(latency, screen_s=known.latency.screen_s)

    def drawn(self, flag_id: FlagId, held_s: float, now_s: float) -> tuple[float, bool] | None:
        """A page reports now that it drew a flag `held_s` ago: seconds from the cause, and whether it was the first.

        The way of the report counts as part of the way to the screen: never too low. None for a flag that is not
        known, or told too long ago.
        """
        known = self._told.get(flag_id)
        if known is None or now_s - known.told_s > BELIEVED_S:
            return None
        screen_s = max(0.0, now_s - held_s - known.cause_s)
        first = known.latency.screen_s is None
        if first:
            known.latency = replace(known.latency, screen_s=screen_s)
        return screen_s, first

    def stages(self, now_s: float) -> tuple[StageFigures, ...]:
        """Every stage over the window."""
        recent = [each.latency for each in self._told.values() if each.told_s >= now_s - WINDOW_S]
        return tuple(_stage(stage, recent) for stage in Stage)

    def minutes(self, now_s: float) -> tuple[MinuteFigures, ...]:
        """The whole way, minute by minute, the oldest first; minutes without a flag are left out."""
        by: dict[int, list[float]] = {}
        for each in self._told.values():
            ago, total_s = int(max(0.0, now_s - each.told_s) // 60), whole_s(each.latency)
            if ago < SHOWN_MINUTES and total_s is not None:
                by.setdefault(ago, []).append(total_s)
        return tuple(
            MinuteFigures(ago=ago, count=len(by[ago]), figures=_percentiles(by[ago]))
            for ago in sorted(by, reverse=True)
        )

    def now(self, now_s: float) -> Percentiles:
        """The whole way over the window."""
        return _percentiles(self._window(now_s))

    def drift_s(self, now_s: float) -> float | None:
        """The 95th percentile of the window where it is above the alarm; none while all is well or too few came."""
        values = self._window(now_s)
        p95_s = _percentiles(values).p95_s
        return p95_s if len(values) >= LEAST and p95_s is not None and p95_s > self.alarm_s else None

    def _window(self, now_s: float) -> list[float]:
        recent = (whole_s(each.latency) for each in self._told.values() if each.told_s >= now_s - WINDOW_S)
        return [total_s for total_s in recent if total_s is not None]


def whole_s(latency: Latency) -> float | None:
    """The whole way as far as it is known: to a screen, else to the feed."""
    return latency.feed_s if latency.screen_s is None else latency.screen_s


def _stage(stage: Stage, recent: list[Latency]) -> StageFigures:
    of = {
        Stage.TEXT: [each.text_s for each in recent],
        Stage.RULE: [each.rule_s for each in recent],
        Stage.STORED: [each.stored_s for each in recent],
        Stage.FEED: [each.feed_s for each in recent],
        Stage.SCREEN: [each.screen_s for each in recent],
    }
    values = [value for value in of[stage] if value is not None]
    return StageFigures(stage=stage, count=len(values), figures=_percentiles(values))


def _percentiles(values: list[float]) -> Percentiles:
    ordered = sorted(values)
    return Percentiles(p50_s=percentile(ordered, 0.5), p95_s=percentile(ordered, 0.95))
