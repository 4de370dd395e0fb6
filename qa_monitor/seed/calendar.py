"""When calls come, and to which team: by hour, weekday and season on each team's own clock. Pure."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

from qa_monitor.seed.reasons import Reasons
from qa_monitor.seed.records import SeedPlan, Team

HOUR = timedelta(hours=1)
BY_HOUR = (1, 1, 1, 1, 1, 2, 4, 10, 42, 78, 96, 90, 58, 66, 88, 92, 80, 74, 58, 36, 18, 9, 4, 2)
"""How busy each hour of the day is, among the hours in which a team works."""
BY_WEEKDAY = (1.25, 1.08, 1.0, 0.97, 1.0, 0.42, 0.0)
AROUND_THE_CLOCK = (0.9, 0.85, 0.85, 0.85, 0.95, 1.2, 1.3)
BY_MONTH = (1.14, 1.0, 1.02, 0.98, 0.93, 0.95, 0.88, 0.8, 1.15, 1.05, 1.02, 1.08)
NEVER = 0.02
"""What the hours outside of a night team's own are worth to it: nothing much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A call begins."""

    number: int
    """From 0, in order of time."""
    name: str
    """By seed and number: no other call of any seed has it."""
    at: datetime
    team: Team
    reason: str


def arrivals(plan: SeedPlan, every: Sequence[Team]) -> Iterator[Arrival]:
    """As many as planned, in order of time."""
    reasons = Reasons(plan.seed, plan.surges)
    hours = list(_hours(plan, every, reasons))
    totals = list(accumulate(sum(busy for busy in rates) for _, rates in hours))
    dice = Random(f"{plan.seed}/arrivals")
    for number in range(plan.calls):
        wanted = (number + dice.random()) / plan.calls * totals[-1]
        place = min(bisect_right(totals, wanted), len(totals) - 1)
        hour, rates = hours[place]
        share = 1.0 - (totals[place] - wanted) / sum(rates)
        at = hour + timedelta(milliseconds=int(min(max(share, 0.0), 0.999_999) * 3_600_000))
        team = dice.choices(every, rates)[0]
        named = reasons.rates(team, at)
        reason = dice.choices(tuple(named), tuple(named.values()))[0]
        name = f"{plan.seed}-{number:08d}"
        yield Arrival(number=number, name=name, at=at, team=team, reason=reason)


def busyness(team: Team, at: datetime) -> float:
    """How busy a team is at this hour, surges apart; 0 while it is closed."""
    here = at.astimezone(ZoneInfo(team.zone))
    opens, closes = team.hours
    if opens == 0 and closes == 24:
        # a night team: it has the hours in which nobody else works
        away = 8 <= here.hour < 20 and here.weekday() < 6
        return AROUND_THE_CLOCK[here.weekday()] * BY_MONTH[here.month - 1] * (NEVER if away else 1.0)
    if not opens <= here.hour < closes:
        return 0.0
    return BY_HOUR[here.hour] / 50 * BY_WEEKDAY[here.weekday()] * BY_MONTH[here.month - 1]


def _hours(plan: SeedPlan, every: Sequence[Team], reasons: Reasons) -> Iterator[tuple[datetime, tuple[float, ...]]]:
    """Every hour with calls, with how many each team has of them, in any unit."""
    until = datetime.combine(plan.until, time(), UTC)
    shares = {team.team: sum(team.reasons.values()) for team in every}
    hour = until - timedelta(days=plan.days)
    while hour < until:
        rates = tuple(
            team.weight * busy * sum(reasons.rates(team, hour).values()) / shares[team.team]
            if (busy := busyness(team, hour))
            else 0.0
            for team in every
        )
        if any(rates):
            yield hour, rates
        hour += HOUR
