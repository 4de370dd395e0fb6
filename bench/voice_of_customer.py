"""Are surges found within the hour, and how often is there a false alarm? Simulated weeks of calls, 20 seeds.

    python bench/voice_of_customer.py --json OUT [--seeds 20] [--first-seed 0] [--curve] [--own-hours 0] [--at-once]

Each seed: four weeks of calls with an hour-of-week pattern, days that differ, and matters of their own shares; what the
customers say goes, with a recogniser's errors, through the product's own extraction, learning and search for surges.
In the last week surges are planted: one matter comes 2 to 3 times as often for three hours. The product does not know
the generator's words. `found` and `planted` are of surges whose ambient rate is in `HEADLINE`; `--curve` plants at
every rate and prints what share is found by rate and size. `--own-hours 0.2` gives each matter hours of the week of its
own, in which it comes up by so much more or less often (a standard deviation) than in others, as in the other weeks.
`--at-once` plants a second surge, of another matter, within the hour after each: are both told?
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from voice_words import MATTERS, a_speech

from qa_monitor.themes.counting import first_after, hour_of_week
from qa_monitor.themes.grouping import surges_of
from qa_monitor.themes.life import Look, ended, follow, settled, surging
from qa_monitor.themes.records import EVERY, Said, Surge, Theme, language_of
from qa_monitor.themes.sayers import MOST_EXAMPLES, Sayers, newest
from qa_monitor.themes.surging import SLOT_MIN, SLOTS_PER_HOUR, WINDOW, Lately, alarms
from qa_monitor.themes.terms import terms_of
from qa_monitor.themes.usual import Usual
from streams.records import CallId, Language

WEEKS = 4
OPEN = tuple(day * 24 + hour for day in range(5) for hour in range(8, 19))
PER_HOUR = 1200.0
"""Calls in an average open hour: about two hundred agents."""
FRENCH = 0.7
TEXTS = 60
"""Different calls per matter and language; calls of a matter are drawn from them."""
DAYS_DIFFER = 0.10
"""Relative standard deviation of a matter's share from one day to the next."""
LASTS_SLOTS = 3 * SLOTS_PER_HOUR
SIZES = (2.0, 2.5, 3.0)
OVER_H = 2
"""So long after its end a surge that is told is none of chance."""
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
"""The last week begins."""
NONE = frozenset[Theme]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One surge."""

    matter: int
    slot: int
    """Of the last week's open slots."""
    size: float
    ambient: float
    """Calls an hour, as usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One seed's centre."""

    shares: NDArray[np.float64]
    pattern: NDArray[np.float64]
    """Calls per open hour of the week."""
    themes: tuple[Theme, ...]
    texts: Sequence[NDArray[np.int64]]
    """Themes of each text, by number; matter by matter, French first."""


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What a seed gave."""

    planted: list[tuple[Planted, float | None]]
    """With minutes until it was found."""
    false: int
    again: int
    """How often a planted surge was told once more: in the other language, or of other words."""


def a_world(seed: int) -> World:
    """Texts of every matter, through the product's extraction."""
    dice = random.Random(seed)
    weights = np.array([1.0 / (rank + 2) for rank in range(len(MATTERS))])
    day = np.array([0.7, 1.0, 1.25, 1.2, 0.9, 0.8, 0.95, 1.1, 1.15, 1.0, 0.75])
    week = np.array([1.25, 1.05, 1.0, 0.95, 0.85])
    found: list[list[Theme]] = []
    for matter in range(len(MATTERS)):
        for language in (Language.FR, Language.EN):
            for _ in range(TEXTS):
                said = Said(start_s=0.0, end_s=9.0, text=a_speech(matter, language, dice).text, language=language)
                found.append(list(terms_of([said])))
    # what only one text says is a chance of its mishearings; in a centre it would be said once, here again and again
    times = Counter(theme for themes in found for theme in themes)
    numbers = {theme: number for number, theme in enumerate(theme for theme, texts in times.items() if texts > 1)}
    texts = [np.array([numbers[theme] for theme in themes if theme in numbers], dtype=np.int64) for themes in found]
    order = list(range(len(MATTERS)))
    dice.shuffle(order)
    return World(
        shares=(weights / weights.sum())[order],
        pattern=PER_HOUR * np.outer(week, day / day.mean()).ravel(),
        themes=tuple(numbers),
        texts=texts,
    )


class Simulation:
    """Weeks of one centre, slot by slot."""

    def __init__(self, seed: int, curve: bool, own_hours: float = 0.0, *, at_once: bool = False) -> None:
        self._world = a_world(seed)
        self._dice = np.random.default_rng(seed)
        apart = np.random.default_rng(seed + 1_000_000).normal(0.0, own_hours, (len(OPEN), len(MATTERS)))
        self._own_hours = np.exp(apart - own_hours**2 / 2)
        """Of each open hour: how each matter's share differs in it, week after week."""
        self._usual = Usual()
        self._said = [frozenset(themes.tolist()) for themes in self._world.texts]
        self._kinds = [language_of(theme) for theme in self._world.themes]
        self._planted = self._plant(curve)
        if at_once:
            self._planted += self._beside()
        self._log: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        """Per slot of the last week: texts drawn, in order, and calls per theme."""
        self._starts: list[datetime] = []
        """Of these slots."""
        self._surges: list[Surge] = []
        self._again = 0
        self._numbers = {theme: number for number, theme in enumerate(self._world.themes)}
        self._factors = np.ones(len(MATTERS))
        """By how much each matter's share differs today."""

    def run(self) -> Outcome:
        """All weeks; the last is searched."""
        found: dict[Planted, float | None] = dict.fromkeys(self._planted)
        for _ in range(WEEKS - 1):
            self._week({})
        false = self._week(found)
        return Outcome(planted=list(found.items()), false=false, again=self._again)

    def _week(self, found: dict[Planted, float | None]) -> int:
        """One week, searched for surges if there are any to find; how many false alarms."""
        slot = false = 0
        for hour in range(168):
            if hour not in OPEN:
                self._usual.learn(hour, {}, {}, frozenset())
                continue
            if hour % 24 == 8:
                self._factors = np.exp(self._dice.normal(0.0, DAYS_DIFFER, len(MATTERS)))
            drawn = [self._slot(hour, slot + part if found else -1) for part in range(SLOTS_PER_HOUR)]
            for texts in drawn if found else ():
                false += self._look(slot, hour, texts, found)
                slot += 1
            self._learn(hour, np.concatenate(drawn))
        self._usual.forget_rare(2.0)
        return false

    def _plant(self, curve: bool) -> tuple[Planted, ...]:
        """One surge a day, each in another matter."""
        matters = self._dice.permutation(len(MATTERS))[:5]
        rates = PER_HOUR * self._world.shares
        if not curve:
            able = [int(m) for m in np.argsort(-rates) if rates[m] >= HEADLINE[0]]
            matters = self._dice.permutation(able)[:5]
        starts = [day * 11 * SLOTS_PER_HOUR + int(self._dice.integers(6, 40)) for day in range(5)]
        return tuple(
            Planted(
                matter=int(matter),
                slot=start,
                size=float(self._dice.choice(SIZES)),
                ambient=float(self._world.shares[matter] * self._world.pattern[start // SLOTS_PER_HOUR]),
            )
            for matter, start in zip(matters, starts, strict=False)
        )

    def _beside(self) -> tuple[Planted, ...]:
        """One more beside each, of the next one's matter."""
        others = [*self._planted[1:], self._planted[0]]
        starts = [one.slot + int(self._dice.integers(0, SLOTS_PER_HOUR)) for one in self._planted]
        pattern, shares = self._world.pattern, self._world.shares
        return tuple(
            replace(other, slot=start, ambient=float(shares[other.matter] * pattern[start // SLOTS_PER_HOUR]))
            for other, start in zip(others, starts, strict=True)
        )

    def _slot(self, hour: int, slot: int) -> NDArray[np.int64]:
        """The texts of the calls of ten minutes; before the last week the slot is -1."""
        place = OPEN.index(hour)
        rates = (
            self._world.shares * self._factors * self._own_hours[place] * self._world.pattern[place] / SLOTS_PER_HOUR
        )
        for one in self._planted:
            if one.slot <= slot < one.slot + LASTS_SLOTS:
                rates = np.where(np.arange(len(rates)) == one.matter, rates * one.size, rates)
        matters = np.repeat(np.arange(len(rates)), self._dice.poisson(rates))
        english = self._dice.random(len(matters)) >= FRENCH
        return (matters * 2 + english) * TEXTS + self._dice.integers(0, TEXTS, len(matters))

    def _counts(self, texts: NDArray[np.int64]) -> NDArray[np.int64]:
        themes = [self._world.texts[text] for text in texts]
        every = np.concatenate(themes) if themes else np.zeros(0, dtype=np.int64)
        return np.bincount(every, minlength=len(self._world.themes))

    def _learn(self, hour: int, texts: NDArray[np.int64]) -> None:
        counts = self._counts(texts)
        named = {self._world.themes[number]: int(counts[number]) for number in np.flatnonzero(counts)}
        begun = MONDAY + timedelta(hours=hour)
        self._usual.learn(hour, named, _volumes(texts), surging(self._surges, "", begun) if self._starts else NONE)

    def _look(self, slot: int, hour: int, texts: NDArray[np.int64], found: dict[Planted, float | None]) -> int:
        """One look at the end of a slot, as `watch.ThemeWatch` takes it; how many new false alarms."""
        if slot % (11 * SLOTS_PER_HOUR) == 0:
            self._log.clear()
            self._starts.clear()
        self._log.append((texts, self._counts(texts)))
        self._starts.append(MONDAY + timedelta(hours=hour, minutes=slot % SLOTS_PER_HOUR * SLOT_MIN))
        starts = self._starts[-WINDOW:]
        now = starts[-1] + timedelta(minutes=SLOT_MIN)
        recent = self._lately()
        told = alarms(recent, self._usual)
        lasting = [one for one in self._surges if one.ended_at is None or one.ended_at > starts[0]]
        past = [one for one in self._surges if one not in lasting]
        themes = {alarm.theme for alarm in told}.union(*(surge.themes for surge in lasting))
        callers = {theme: self._callers(theme) for theme in themes}
        look = Look(tenant="", starts=starts, now=now, callers=callers)
        after = [settled(one, recent, self._usual, now) for one in follow(lasting, surges_of(told, callers), look)]
        begun = after[len(lasting) :]
        self._surges = past + after
        rights = [self._right(frozenset(callers[surge.themes[0]].calls), slot) for surge in begun]
        for right in rights:
            if right is not None and found[right] is None:
                found[right] = (slot + 1 - right.slot) * 60.0 / SLOTS_PER_HOUR
            elif right is not None:
                self._again += 1
        return rights.count(None)

    def _lately(self) -> Lately:
        logged = self._log[-WINDOW:]
        counts = np.stack([counts for _, counts in logged], axis=1)
        rows = np.flatnonzero(counts.sum(axis=1) >= 5)
        volumes = [_volumes(texts) for texts, _ in logged]
        calls = {kind: np.array([volume[kind] for volume in volumes], dtype=np.int64) for kind in (EVERY, "fr", "en")}
        starts, over = self._starts[-WINDOW:], ended(self._surges)
        themes = tuple(self._world.themes[row] for row in rows)
        return Lately(
            themes=themes,
            named=counts[rows],
            calls=np.stack([calls[self._kinds[row]] for row in rows]),
            hours=tuple(hour_of_week(start, UTC) for start in starts),
            since=np.array([first_after(starts, over.get(theme)) for theme in themes], dtype=np.int64),
        )

    def _callers(self, theme: Theme) -> Sayers:
        """The newest calls that named it; a call's id begins with its matter."""
        number = self._numbers[theme]
        found = (
            (CallId(f"{text // (2 * TEXTS)}-{place}-{position}"), self._starts[place])
            for place in range(len(self._log) - 1, max(0, len(self._log) - WINDOW) - 1, -1)
            for position, text in reversed(list(enumerate(self._log[place][0].tolist())))
            if number in self._said[text]
        )
        return newest(dict(islice(found, MOST_EXAMPLES)))

    def _right(self, calls: frozenset[CallId], slot: int) -> Planted | None:
        """The planted surge that most of these calls are of; none: a false alarm."""
        matters = defaultdict[int, int](int)
        for call in calls:
            matters[int(call.split("-")[0])] += 1
        for one in self._planted:
            lasts = one.slot <= slot < one.slot + LASTS_SLOTS + SLOTS_PER_HOUR * OVER_H
            if lasts and matters[one.matter] * 2 > len(calls):
                return one
        return None


HEADLINE = (100.0, 1e9)
"""Ambient calls an hour of the matters in which the headline's surges are planted."""


def _volumes(texts: NDArray[np.int64]) -> Mapping[str, int]:
    english = int(((texts // TEXTS) % 2).sum())
    return {EVERY: len(texts), "fr": len(texts) - english, "en": english}


def figures(outcomes: Sequence[Outcome], within: timedelta = timedelta(hours=1)) -> dict[str, object]:
    """What is written, and the curve."""
    every = [(one, found) for outcome in outcomes for one, found in outcome.planted]
    limit = within / timedelta(minutes=1)
    curve: dict[str, list[bool]] = defaultdict(list)
    for one, found in every:
        step = next((step for step in (20, 40, 60, 80, 100, 150, 200) if one.ambient < step), 999)
        curve[f"x{one.size:g} below {step}/h"].append(found is not None and found <= limit)
    in_time = [found for _, found in every if found is not None and found <= limit]
    return {
        "found": len(in_time),
        "planted": len(every),
        "false_per_week": sum(outcome.false for outcome in outcomes) / len(outcomes),
        "most_false_in_a_week": max(outcome.false for outcome in outcomes),
        "told_again_per_surge": round(sum(outcome.again for outcome in outcomes) / max(1, len(in_time)), 2),
        "minutes_median": float(np.median(in_time)) if in_time else None,
        "curve": {name: f"{sum(hits)}/{len(hits)}" for name, hits in sorted(curve.items())},
    }


def main() -> None:
    """Run and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--own-hours", type=float, default=0.0)
    parser.add_argument("--at-once", action="store_true")
    given = parser.parse_args()
    outcomes = []
    for seed in range(given.first_seed, given.first_seed + given.seeds):
        outcomes.append(Simulation(seed, given.curve, given.own_hours, at_once=given.at_once).run())
        print(f"seed {seed}: {json.dumps(figures(outcomes[-1:]))}", flush=True)
    found = figures(outcomes)
    print(json.dumps(found, indent=1))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
