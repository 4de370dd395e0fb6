"""A surge's life: found, followed while it lasts, over; told once. Pure; the times are given."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from qa_monitor.themes.counting import HOUR
from qa_monitor.themes.grouping import Callers, Group, belongs
from qa_monitor.themes.records import EVERY, Surge, Theme, language_of
from qa_monitor.themes.surging import SLOTS_PER_HOUR, Lately, expected_of
from qa_monitor.themes.usual import Usual

OVER_BELOW = 1.3
"""A surge is over once its theme comes up less than so many times as often as usual, over the last hour."""
LONGEST = timedelta(hours=48)
"""What lasts longer has become usual."""
SAME_TIME = timedelta(minutes=60)
"""Words of two languages that begin to surge no further apart are told as one: nobody knows that they mean the same."""
MOST_THEMES = 40
"""Themes of each language by which a surge is known again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """At one tenant's last hours."""

    tenant: str
    starts: Sequence[datetime]
    """Of the slots looked at."""
    now: datetime
    callers: Callers


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A surge after a look."""

    surge: Surge
    rises: bool
    """Something of it surges by what the last hours say."""


def follow(surges: Sequence[Surge], groups: Sequence[Group], look: Look) -> tuple[Followed, ...]:
    """These surges with what belongs to them now, in their order; after them those that begin.

    `surges`: those that go on, and those that were over lately. To one that is over belongs what began before its end:
    it is no news, and brings nothing back.
    """
    found = [Followed(surge=surge, rises=False) for surge in surges]
    for group in groups:
        place = _place([one.surge for one in found], group, look)
        if place is None:
            found.append(Followed(surge=_begun(group, look), rises=True))
        else:
            found[place] = Followed(surge=_with(found[place].surge, group), rises=True)
    return tuple(found)


def settled(followed: Followed, lately: Lately, usual: Usual, now: datetime) -> Surge:
    """The surge, ended where it is over."""
    surge = followed.surge
    over = surge.open and is_over(surge, lately, usual, now, rises=followed.rises)
    return replace(surge, ended_at=now) if over else surge


def is_over(surge: Surge, lately: Lately, usual: Usual, now: datetime, *, rises: bool = False) -> bool:
    """Whether its strongest theme came up about as usual over the last hour, or it has lasted too long to be one."""
    if now - surge.began_at >= LONGEST:
        return True
    if rises or now - surge.found_at < timedelta(hours=1):
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


def _place(surges: Sequence[Surge], group: Group, look: Look) -> int | None:
    """Which of these surges a group is of: by its words and calls, else by when it began in the other language."""
    began = look.starts[group.alarms[0].began]
    able = [place for place, one in enumerate(surges) if one.ended_at is None or began < one.ended_at]
    same = next((place for place in able if _same(surges[place], group, look.callers)), None)
    if same is not None:
        return same
    apart = {place: abs(began - surges[place].began_at) for place in able if _only_others(surges[place], group)}
    nearest = min(apart, key=lambda place: apart[place], default=None)
    return nearest if nearest is not None and apart[nearest] <= SAME_TIME else None


def _same(surge: Surge, group: Group, callers: Callers) -> bool:
    return bool(set(surge.themes) & set(group.themes)) or belongs(group.alarms[0], callers, surge.themes)


def _only_others(surge: Surge, group: Group) -> bool:
    """Whether the surge is known by words of the other language alone; reasons are of both."""
    known, own = ({language_of(theme) for theme in themes} for themes in (surge.themes, group.themes))
    return EVERY not in known | own and known.isdisjoint(own)


def _begun(group: Group, look: Look) -> Surge:
    """A surge that was not there before."""
    lead = group.alarms[0]
    return Surge(
        surge_id=None,
        tenant=look.tenant,
        themes=_most(group.themes),
        began_at=look.starts[lead.began],
        found_at=look.now,
        calls=lead.calls,
        expected=lead.expected,
        evidence=lead.evidence,
    )


def _with(surge: Surge, group: Group) -> Surge:
    """The surge with these alarms, as strong as its strongest theme is now."""
    themes = _most((*surge.themes, *group.themes))
    lead = next((alarm for alarm in group.alarms if alarm.theme == themes[0]), None)
    if lead is None or not surge.open:
        return replace(surge, themes=themes)
    return replace(surge, themes=themes, calls=lead.calls, expected=lead.expected, evidence=lead.evidence)


def _most(themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """Each once, the first of each language."""
    of_each: dict[str, int] = {}
    found = []
    for theme in dict.fromkeys(themes):
        language = language_of(theme)
        of_each[language] = of_each.get(language, 0) + 1
        if of_each[language] <= MOST_THEMES:
            found.append(theme)
    return tuple(found)
