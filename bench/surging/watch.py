"""The product's own search for surges over a made-up centre, slot by slot, as `watch.ThemeWatch` takes it."""

from datetime import UTC, datetime, timedelta
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bench.surging.world import TEXTS, World, volumes
from qa_monitor.themes.counting import first_after, hour_of_week
from qa_monitor.themes.grouping import surges_of
from qa_monitor.themes.life import Look, ended, follow, settled, surging
from qa_monitor.themes.records import EVERY, Surge, Theme, language_of
from qa_monitor.themes.sayers import MOST_EXAMPLES, Sayers, newest
from qa_monitor.themes.surging import SLOT_MIN, SLOTS_PER_HOUR, WINDOW, Lately, alarms
from qa_monitor.themes.usual import Usual
from streams.records import CallId

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
"""The last week begins."""
NONE = frozenset[Theme]()


class Watch:
    """What is usual in one centre, and the surges told so far."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._usual = Usual()
        self._said = [frozenset(themes.tolist()) for themes in world.texts]
        self._kinds = [language_of(theme) for theme in world.themes]
        self._numbers = {theme: number for number, theme in enumerate(world.themes)}
        self._log: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        """Per slot of the last week: texts drawn, in order, and calls per theme."""
        self._starts: list[datetime] = []
        """Of these slots."""
        self._surges: list[Surge] = []

    def closed(self, hour: int) -> None:
        """Nobody called in this hour of the week."""
        self._usual.learn(hour, {}, {}, frozenset())

    def week_over(self) -> None:
        """What is rare is forgotten."""
        self._usual.forget_rare(2.0)

    def learn(self, hour: int, texts: NDArray[np.int64]) -> None:
        """The calls of an open hour of the week."""
        counts = self._counts(texts)
        named = {self._world.themes[number]: int(counts[number]) for number in np.flatnonzero(counts)}
        begun = MONDAY + timedelta(hours=hour)
        self._usual.learn(hour, named, volumes(texts), surging(self._surges, "", begun) if self._starts else NONE)

    def look(self, slot: int, hour: int, texts: NDArray[np.int64]) -> list[frozenset[CallId]]:
        """At the end of a slot, with the texts of its calls; of each surge that is told now, calls that named it."""
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
        return [frozenset(callers[surge.themes[0]].calls) for surge in begun]

    def _lately(self) -> Lately:
        logged = self._log[-WINDOW:]
        counts = np.stack([counts for _, counts in logged], axis=1)
        rows = np.flatnonzero(counts.sum(axis=1) >= 5)
        calls_of = [volumes(texts) for texts, _ in logged]
        calls = {kind: np.array([one[kind] for one in calls_of], dtype=np.int64) for kind in (EVERY, "fr", "en")}
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

    def _counts(self, texts: NDArray[np.int64]) -> NDArray[np.int64]:
        themes = [self._world.texts[text] for text in texts]
        every = np.concatenate(themes) if themes else np.zeros(0, dtype=np.int64)
        return np.bincount(every, minlength=len(self._world.themes))
