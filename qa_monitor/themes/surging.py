"""Which themes surge: a bounded number of false alarms a week, whatever is looked at how often. Pure.

For each theme, slot after slot of ten minutes, the odds of a call to name it are compared with the usual ones. Were
the odds f times as high, a slot with x of n calls naming the theme would be f^x / (1 - p + f·p)^n times as likely as at
the usual share p: the likelihood ratio of two binomials. The evidence R of a surge that began at any slot so far grows
by R ← (1 + R) · ratio (Shiryaev 1963, Roberts 1966), averaged over some f. While all is as usual, R minus the number of
slots has mean zero or falls, so that (Doob) the chance that R ever reaches A within N slots is at most N/A. That holds
for shares up to p too: p is the usual share raised by how much it wanders from day to day, so an ordinary bad day is no
surge.

Many themes are looked at: A is N times the number of themes over the false alarms allowed, and where k themes are above
A/k at once, all of them are told (Wang and Ramdas 2022, "False discovery rate control with e-values": valid however the
themes depend on each other). Reasons of the list, terms that are named often, and all other terms each have a share of
the allowance, so that the thousands of rare terms do not drown the few that matter; within a group a term has more of
it the more often it is usually named.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qa_monitor.themes.records import FEWEST_CALLS, Theme, is_reason
from qa_monitor.themes.usual import Usual

SLOT_MIN = 10
"""Minutes of a slot."""
SLOTS_PER_HOUR = 60 // SLOT_MIN
WINDOW = 6 * SLOTS_PER_HOUR
"""Slots looked back over."""
TIMES = (2.0, 3.0, 6.0, 20.0)
"""How many times the usual odds a surge may have; each counts the same."""
ALLOWED = 0.5
"""False alarms a week that are allowed for, all themes together: half of one, since the usual is learnt, not known."""
ALLOWED_PARTS: Mapping[str, float] = {"reason": 0.4, "common": 0.4, "rare": 0.2}
COMMON_PER_HOUR = 2.0
"""A term named at least so often in an hour is a common one."""
LEAST_OFTEN = 0.5
"""Calls an hour that even the rarest of the others counts as, where the allowance is divided."""
LEAST_RARE = 1_000
"""Rare terms are counted as at least so many: new ones come up every day."""
RISEN = 1.2
LEAST_RISEN = 3.0
"""Calls above `RISEN` times the expected ones, over the last slots, from which on a theme is looked at closely."""
Figures = NDArray[np.float64]
WANDER = 0.5
"""By how many standard deviations of its own wandering the usual share is raised. A share that stays 1.4 times as high
gives no evidence of odds of twice the usual anyhow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """The last slots of one tenant, oldest first."""

    themes: tuple[Theme, ...]
    named: NDArray[np.int64]
    """Calls per theme and slot."""
    calls: NDArray[np.int64]
    """Calls there were, per theme and slot: of its language."""
    hours: tuple[int, ...]
    """The hour of the week of each slot."""
    since: NDArray[np.int64]
    """Per theme, the first slot that counts: a surge that is over starts nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A theme that surges."""

    theme: Theme
    began: int
    """The slot it began in, as well as can be told."""
    calls: int
    expected: float
    evidence: float
    """Natural logarithm of R."""


def alarms(lately: Lately, usual: Usual) -> tuple[Alarm, ...]:
    """Themes that surge now, the strongest first. None while not a whole week is known."""
    if usual.learning or not lately.themes or not lately.hours:
        return ()
    shares, ratios, lately = _ratios(lately, usual)
    evidence = _evidence(lately, ratios)
    groups, weighed = _groups(lately.themes, usual), evidence - _thresholds(lately.themes, usual)
    told: list[Alarm] = []
    for group in ALLOWED_PARTS:
        rows = [row for row, own in enumerate(groups) if own == group]
        told += [_alarm(lately, shares, ratios[:, row], row, evidence[row]) for row in _above(rows, weighed)]
    enough = [alarm for alarm in told if alarm.calls >= FEWEST_CALLS]
    return tuple(sorted(enough, key=lambda alarm: -alarm.evidence))


def expected_of(lately: Lately, usual: Usual) -> Figures:
    """Calls per theme and slot that would name it at the usual share."""
    return _by_slot(lately, usual)[0] * lately.calls


def _by_slot(lately: Lately, usual: Usual) -> tuple[Figures, Figures]:
    """Shares and their spread per theme and slot."""
    hours = tuple(dict.fromkeys(lately.hours))
    shares, spread = usual.rates(lately.themes, hours)
    places = [hours.index(hour) for hour in lately.hours]
    return shares[:, places], spread[:, places]


def _risen(lately: Lately, expected: Figures) -> NDArray[np.intp]:
    """Themes that have lately been named clearly more often than usual: of no other can the evidence be large."""
    above = np.cumsum((lately.named - RISEN * expected)[:, ::-1], axis=1).max(axis=1)
    return np.flatnonzero(above >= LEAST_RISEN)


def _only(lately: Lately, rows: NDArray[np.intp]) -> Lately:
    return replace(
        lately,
        themes=tuple(lately.themes[row] for row in rows),
        named=lately.named[rows],
        calls=lately.calls[rows],
        since=lately.since[rows],
    )


def _ratios(lately: Lately, usual: Usual) -> tuple[Figures, Figures, Lately]:
    """Of what has risen: the usual shares, log likelihood ratios per way, theme and slot, and the counts."""
    shares, spread = _by_slot(lately, usual)
    rows = _risen(lately, shares * lately.calls)
    shares, risen = shares[rows], _only(lately, rows)
    raised = np.minimum(shares * np.exp(WANDER * spread[rows]), 0.95)
    ways = [risen.named * np.log(times) - risen.calls * np.log1p((times - 1.0) * raised) for times in TIMES]
    return shares, np.stack(ways), risen


def _evidence(lately: Lately, ratios: Figures) -> Figures:
    """ln R of each theme at the last slot."""
    found = np.full(ratios.shape[:2], -np.inf)
    for slot in range(len(lately.hours)):
        grown = np.where(slot >= lately.since, np.logaddexp(0.0, found) + ratios[:, :, slot], -np.inf)
        # a slot without calls says nothing
        found = np.where(lately.calls[:, slot] > 0, grown, found)
    mixed: Figures = np.logaddexp.reduce(found, axis=0) - np.log(len(TIMES))
    return mixed


def _thresholds(themes: Sequence[Theme], usual: Usual) -> Figures:
    """What ln R has to reach, were each the only one: ln A.

    Reasons and common terms have parts of their group's allowance by how often they are named, rare ones equal parts:
    of what is seldom named nothing could be told within the hour anyhow.
    """
    slots = max(100, usual.open_hours * SLOTS_PER_HOUR)
    every = usual.themes
    groups, often = np.array(_groups(every, usual), dtype=str), usual.hourly(every)
    whole = {group: max(float((often[groups == group] + LEAST_OFTEN).sum()), LEAST_OFTEN) for group in ALLOWED_PARTS}
    whole["rare"] = max(LEAST_RARE, int((groups == "rare").sum()))
    own = zip(_groups(themes, usual), usual.hourly(themes), strict=True)
    parts = [ALLOWED_PARTS[g] * (1.0 if g == "rare" else rate + LEAST_OFTEN) / whole[g] for g, rate in own]
    return np.log(slots / (ALLOWED * np.array(parts)))


def _groups(themes: Sequence[Theme], usual: Usual) -> list[str]:
    often = usual.hourly(themes) >= COMMON_PER_HOUR
    return ["reason" if is_reason(theme) else "common" if often[row] else "rare" for row, theme in enumerate(themes)]


def _above(rows: Sequence[int], weighed: Figures) -> Sequence[int]:
    """The k strongest of a group, for the largest k of which all are above the threshold over k."""
    ranked = sorted(rows, key=lambda row: -weighed[row])
    last = max((k for k, row in enumerate(ranked, start=1) if weighed[row] >= -math.log(k)), default=0)
    return ranked[:last]


def _alarm(lately: Lately, shares: Figures, ratios: Figures, row: int, evidence: float) -> Alarm:
    """When it began: the slot from which on the counts speak most for a surge."""
    first = int(lately.since[row])
    # what each slot and those after it say together, for each way
    sums = np.cumsum(ratios[:, ::-1], axis=1)[:, ::-1][:, first:]
    best = sums[int(sums.max(axis=1).argmax())]
    # the last of equals: before the first call nothing is said for it
    began = first + len(best) - 1 - int(best[::-1].argmax())
    return Alarm(
        theme=lately.themes[row],
        began=began,
        calls=int(lately.named[row, began:].sum()),
        expected=float((shares[row, began:] * lately.calls[row, began:]).sum()),
        evidence=float(evidence),
    )
