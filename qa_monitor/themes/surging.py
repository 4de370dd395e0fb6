"""Which themes surge: a bounded number of false alarms a week, whatever is looked at how often. Pure.

How often a theme comes up today is its usual rate times a level of the day. For each slot of ten minutes that a surge
may have begun in, what came before it in the window tells of today's level: n calls where e were expected, and from the
weeks before a variance v, make it (n + 1/v) / (e + 1/v), as the mean of a gamma posterior, give or take 1/√(n + 1/v) of
it. So a theme that is rarer today is found when it doubles, and one that is commoner today is no surge. Of what came
since, x of n calls where a share p was to be expected at that level, raised by what it is uncertain by, odds f times as
high are f^x / (1 - p + f·p)^n times as likely as the usual ones. The evidence R is the sum of that over every slot a
surge may have begun in (Shiryaev 1963, Roberts 1966), averaged over some f (Pollak 1987, "Average run lengths of an
optimal method of detecting a change in distribution"). While the share is at most the raised one, R minus the number of
slots has mean zero or falls, so that (Doob) the chance that R ever reaches A within N slots is at most N/A.

Many themes are looked at: A is N times the number of themes over the false alarms allowed. Reasons of the list, terms
that are named often, and all other terms each have a share of the allowance, so that the thousands of rare terms do not
drown the few that matter; within a group a term has more of it the more often it is usually named. R over A is a
theme's `weight`. The weights of themes that are told as one surge are added: the sum over all themes has at most the
allowance as its mean while none surges, so however themes are put together, and however they depend on each other, the
false surges a week are at most as many as allowed (Vovk and Wang 2021, "E-values: calibration, combination and
applications").
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
RISEN = 1.1
LEAST_RISEN = 3.0
"""Calls above `RISEN` times the expected ones, over the last slots, from which on a theme is looked at closely."""
LEAST_WEIGHT = math.log(0.01)
"""Themes of less weight add nothing to a surge."""
STILL = 1.0 / math.log(2.0)
"""A theme that came up less than so many times as often as usual over the last hour surges no more: these calls alone
speak rather against twice as many."""
WANDER = 1.0
"""By how many standard deviations of the day's level the usual rate is raised. A rate that stays 1.4 times as high
gives no evidence of twice the usual anyhow."""
Figures = NDArray[np.float64]


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
    weight: float = 0.0
    """Natural logarithm of R over A: from 0 on it is a surge by itself."""


def alarms(lately: Lately, usual: Usual) -> tuple[Alarm, ...]:
    """Themes that may surge now, the strongest first; which of them do is told by `grouping.surges_of`.

    None while not a whole week is known.
    """
    if usual.learning or not lately.themes or not lately.hours:
        return ()
    lately, expected, spread = _risen(lately, usual)
    levels = _levels(lately, expected, spread)
    ratios = _ratios(lately, expected, levels)
    evidence: Figures = np.logaddexp.reduce(ratios, axis=(0, 2)) - np.log(len(TIMES))
    weights = evidence - _thresholds(lately.themes, usual)
    found = (
        _alarm(lately, expected, ratios[:, row], row, (evidence[row], weights[row]))
        for row in np.flatnonzero(weights >= LEAST_WEIGHT).tolist()
    )
    told = [alarm for alarm in found if alarm.calls >= FEWEST_CALLS and _still(alarm, lately, expected, levels)]
    return tuple(sorted(told, key=lambda alarm: -alarm.evidence))


def expected_of(lately: Lately, usual: Usual) -> Figures:
    """Calls per theme and slot that would name it at the usual share."""
    return _by_slot(lately, usual)[0] * lately.calls


def _by_slot(lately: Lately, usual: Usual) -> tuple[Figures, Figures]:
    """Shares and their spread per theme and slot."""
    hours = tuple(dict.fromkeys(lately.hours))
    shares, spread = usual.rates(lately.themes, hours)
    places = [hours.index(hour) for hour in lately.hours]
    return shares[:, places], spread[:, places]


def _risen(lately: Lately, usual: Usual) -> tuple[Lately, Figures, Figures]:
    """Themes that have lately been named clearly more often than usual: of no other can the evidence be large.

    With the calls to be expected, and how their mean spreads.
    """
    shares, spread = _by_slot(lately, usual)
    expected = shares * lately.calls
    above = np.cumsum((lately.named - RISEN * expected)[:, ::-1], axis=1).max(axis=1)
    rows = np.flatnonzero(above >= LEAST_RISEN)
    risen = replace(
        lately,
        themes=tuple(lately.themes[row] for row in rows),
        named=lately.named[rows],
        calls=lately.calls[rows],
        since=lately.since[rows],
    )
    return risen, expected[rows], spread[rows]


def _counting(lately: Lately, figures: NDArray[np.float64 | np.int64]) -> Figures:
    """Without slots in which an earlier surge went on."""
    return np.where(np.arange(len(lately.hours)) >= lately.since[:, None], figures, 0.0)


def _levels(lately: Lately, expected: Figures, spread: Figures) -> Figures:
    """How many times as often as usual a theme comes up today, by what came before each slot, and at the most."""
    named, expected = _counting(lately, lately.named), _counting(lately, expected)
    shape = np.cumsum(named, axis=1) - named + spread**-2
    level: Figures = shape / (np.cumsum(expected, axis=1) - expected + spread**-2)
    return level * np.exp(WANDER / np.sqrt(shape))


def _ratios(lately: Lately, expected: Figures, levels: Figures) -> Figures:
    """Log likelihood ratios per way, theme, and slot that a surge may have begun in."""
    named = _counting(lately, lately.named)
    shares = _counting(lately, expected) / np.maximum(lately.calls, 1)
    ways = np.stack(
        [
            _since(named) * np.log(times) - levels * _since(lately.calls * np.log1p((times - 1.0) * shares))
            for times in TIMES
        ]
    )
    # in a slot without calls nothing begins
    return np.where(_counting(lately, lately.calls) > 0, ways, -np.inf)


def _since(figures: NDArray[np.float64 | np.int64]) -> Figures:
    """Each slot with all after it."""
    return np.cumsum(figures[:, ::-1], axis=1, dtype=float)[:, ::-1]


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


def _alarm(lately: Lately, expected: Figures, ratios: Figures, row: int, strength: tuple[float, float]) -> Alarm:
    """When it began: the slot that speaks most for a surge; of equals the last."""
    best = ratios[int(ratios.max(axis=1).argmax())]
    began = len(best) - 1 - int(best[::-1].argmax())
    return Alarm(
        theme=lately.themes[row],
        began=began,
        calls=int(lately.named[row, began:].sum()),
        expected=float(expected[row, began:].sum()),
        evidence=float(strength[0]),
        weight=float(strength[1]),
    )


def _still(alarm: Alarm, lately: Lately, expected: Figures, levels: Figures) -> bool:
    """Whether it surges in the last hour too, or since it began, for today."""
    row, last = lately.themes.index(alarm.theme), max(alarm.began, len(lately.hours) - SLOTS_PER_HOUR)
    today = levels[row, alarm.began] * expected[row, last:].sum()
    return bool(lately.named[row, last:].sum() > STILL * today)
