"""A surge's life: found, followed while it lasts, over. Pure; the times are given."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from qa_monitor.themes.counting import HOUR
from qa_monitor.themes.grouping import Group, belongs
from qa_monitor.themes.records import Surge, Theme
from qa_monitor.themes.surging import SLOTS_PER_HOUR, Lately, expected_of
from qa_monitor.themes.usual import Usual
from streams.records import CallId

OVER_BELOW = 1.3
"""A surge is over once its theme comes up less than so many times as often as usual, over the last hour."""
LONGEST = timedelta(hours=48)
"""What lasts longer has become usual."""
MOST_THEMES = 12
"""Themes a surge is told with."""
Callers = Mapping[Theme, frozenset[CallId]]


def followed(surge: Surge, groups: Sequence[Group], callers: Callers) -> tuple[Surge, tuple[Group, ...]]:
    """An open surge with what belongs to it now, and the groups that do not."""
    own, others = surge, []
    for group in groups:
        if not _same(own, group, callers):
            others.append(group)
            continue
        themes = tuple(dict.fromkeys((*own.themes, *group.themes)))[:MOST_THEMES]
        lead = next((alarm for alarm in group.alarms if alarm.theme == own.themes[0]), None)
        own = replace(own, themes=themes)
        if lead is not None:
            own = replace(own, calls=lead.calls, expected=lead.expected, evidence=lead.evidence)
    return own, tuple(others)


def begun(group: Group, tenant: str, starts: Sequence[datetime], now: datetime) -> Surge:
    """A surge that was not there before."""
    lead = group.alarms[0]
    return Surge(
        surge_id=None,
        tenant=tenant,
        themes=group.themes[:MOST_THEMES],
        began_at=starts[lead.began],
        found_at=now,
        calls=lead.calls,
        expected=lead.expected,
        evidence=lead.evidence,
    )


def is_over(surge: Surge, lately: Lately, usual: Usual, now: datetime) -> bool:
    """Whether its strongest theme came up about as usual over the last hour, or it has lasted too long to be one."""
    if now - surge.began_at >= LONGEST:
        return True
    if now - surge.found_at < timedelta(hours=1):
        return False
    if surge.themes[0] not in lately.themes:
        return True
    row = lately.themes.index(surge.themes[0])
    last = slice(-SLOTS_PER_HOUR, None)
    expected = float(np.sum(expected_of(lately, usual)[row, last]))
    return int(lately.named[row, last].sum()) <= OVER_BELOW * expected


def surging(surges: Sequence[Surge], tenant: str, hour: datetime) -> frozenset[Theme]:
    """Themes of this tenant that were in a surge in this hour."""
    return frozenset(
        theme
        for surge in surges
        if surge.tenant == tenant and surge.began_at < hour + HOUR and (surge.ended_at is None or surge.ended_at > hour)
        for theme in surge.themes
    )


def ended(surges: Sequence[Surge]) -> dict[Theme, datetime]:
    """When each theme's last surge was over."""
    found: dict[Theme, datetime] = {}
    for surge in surges:
        for theme in surge.themes if surge.ended_at is not None else ():
            assert surge.ended_at is not None
            found[theme] = max(surge.ended_at, found.get(theme, surge.ended_at))
    return found


def _same(surge: Surge, group: Group, callers: Callers) -> bool:
    return bool(set(surge.themes) & set(group.themes)) or belongs(group.alarms[0], callers, surge.themes)
