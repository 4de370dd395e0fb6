"""Themes that surge together are one surge: "panne", "panne de réseau" and "box" said in the same calls. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_monitor.themes.records import Theme
from qa_monitor.themes.surging import Alarm
from streams.records import CallId

SHARED = 0.3
"""Of the calls of the rarer of two themes, as many must have named the other too."""
EXPLAINED = 0.5
"""Or so much of what a theme is named beyond the usual must be in calls of the others: it only goes along with them."""

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


def surges_of(alarms: Sequence[Alarm], callers: Mapping[Theme, frozenset[CallId]]) -> tuple[Group, ...]:
    """The groups whose themes surge: by themselves, or all together. See `surging` for why weights may be added."""
    return tuple(group for group in grouped(alarms, callers) if group.weight >= 0.0)


def grouped(alarms: Sequence[Alarm], callers: Mapping[Theme, frozenset[CallId]]) -> tuple[Group, ...]:
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


def belongs(alarm: Alarm, callers: Mapping[Theme, frozenset[CallId]], themes: Sequence[Theme]) -> bool:
    """Whether an alarm is of the same calls as the first of these themes, or is explained by all of them."""
    own = callers.get(alarm.theme, frozenset())
    of_all = frozenset[CallId]().union(*(callers.get(theme, frozenset()) for theme in themes))
    beyond = max(0.0, 1.0 - alarm.expected / max(1, alarm.calls))
    if own and of_all and len(own & of_all) >= EXPLAINED * beyond * len(own):
        return True
    first = callers.get(themes[0], frozenset())
    return bool(own and first) and len(own & first) >= SHARED * min(len(own), len(first))
