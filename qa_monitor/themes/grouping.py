"""Themes that surge together are one surge: "panne", "panne de réseau" and "box" said in the same calls. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_monitor.themes.records import Theme
from qa_monitor.themes.sayers import Sayers, aligned, all_since
from qa_monitor.themes.surging import Alarm

SHARED = 0.3
"""Of the calls of the rarer of two themes, as many must have named the other too."""
EXPLAINED = 0.5
"""Or so much of what a theme is named beyond the usual must be in calls of the others: it only goes along with them."""
LEAST_SHARED = 3
"""Calls: fewer may have named both by chance."""
LEAST_OWN = 5
"""Calls by which a theme is compared with all others, where there are as many."""
Callers = Mapping[Theme, Sayers]
"""Of each theme the newest calls that named it."""

NOBODY = Sayers()
MOST_WEIGHT = 500.0
"""More would be more than a number holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Alarms that go together, the strongest first."""

    alarms: tuple[Alarm, ...]

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Theirs."""
        return tuple(alarm.theme for alarm in self.alarms)

    @property
    def weight(self) -> float:
        """Natural logarithm of the sum of what theirs stand for."""
        return math.log(sum(math.exp(min(alarm.weight, MOST_WEIGHT)) for alarm in self.alarms))


def surges_of(alarms: Sequence[Alarm], callers: Callers) -> tuple[Group, ...]:
    """The groups whose themes surge: by themselves, or all together. See `surging` for why weights may be added."""
    return tuple(group for group in grouped(alarms, callers) if group.weight >= 0.0)


def grouped(alarms: Sequence[Alarm], callers: Callers) -> tuple[Group, ...]:
    """Each alarm, the strongest first, joins the first group it belongs to."""
    groups: list[list[Alarm]] = []
    for alarm in alarms:
        for group in groups:
            if belongs(alarm, callers, [one.theme for one in group]):
                group.append(alarm)
                break
        else:
            groups.append([alarm])
    return tuple(Group(alarms=tuple(group)) for group in groups)


def belongs(alarm: Alarm, callers: Callers, themes: Sequence[Theme]) -> bool:
    """Whether an alarm is of the same calls as the first of these themes, or is explained by all of them."""
    own, others = callers.get(alarm.theme, NOBODY), [callers.get(theme, NOBODY) for theme in themes]
    some, first = aligned(own, others[0])
    of_the_same = len(some & first) >= max(LEAST_SHARED, SHARED * min(len(some), len(first)))
    return of_the_same or _explained(alarm, own, others)


def _explained(alarm: Alarm, own: Sayers, others: Sequence[Sayers]) -> bool:
    """Whether what an alarm is named beyond the usual goes along with the others, as far back as they tell enough."""
    beyond = max(0.0, 1.0 - alarm.expected / max(1, alarm.calls))
    for begin in sorted({each.known_since for each in others}, reverse=True):
        mine = own.since(begin)
        if len(mine) >= LEAST_OWN:
            return len(mine & all_since(others, begin)) >= max(LEAST_SHARED, EXPLAINED * beyond * len(mine))
    return False
