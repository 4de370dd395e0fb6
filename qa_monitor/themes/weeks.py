"""Sums of the running week and of those before it, and what has grown. Pure, save for asking the store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from qa_monitor.themes.growth import Growth, Tally, growths
from qa_monitor.themes.port import Scope, ThemeStore
from qa_monitor.themes.records import EVERY, FEWEST_CALLS, Theme, is_reason, language_of
from streams.records import Language

WEEK = timedelta(days=7)
WEEKS = 5
"""The running one, and those it is compared with."""
MOST_TERMS = 40
"""Terms told of, the surest first."""
Dispersion = Callable[[Sequence[Theme]], Sequence[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Calls per theme in seven days; themes that fewer than five calls named are left out."""

    begins_at: datetime
    sums: Mapping[Theme, int]

    @property
    def calls(self) -> int:
        """Calls there were."""
        return self.sums[EVERY]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The running week against those before."""

    weeks: tuple[Week, ...]
    """The oldest first."""
    before: Mapping[Theme, int]
    calls_before: int
    """Calls of the weeks before."""
    terms: tuple[Growth, ...]
    """Those that grew beyond chance."""
    reasons: Mapping[Theme, Growth]


async def compare(store: ThemeStore, scope: Scope, reasons: Sequence[Theme], dispersion: Dispersion) -> Compared:
    """The last seven days of `scope`, which ends with them, against the four weeks before. Raises `StoreError`."""
    whole = replace(scope, since=scope.until - WEEK * WEEKS)
    named = await store.compared(whole, scope.until - WEEK, FEWEST_CALLS)
    volumes = await _by_language(store, scope)
    tallies = [
        Tally(
            theme=theme,
            now=named[theme][0],
            calls=volumes[language_of(theme)][0],
            before=named[theme][1],
            calls_before=volumes[language_of(theme)][1],
            dispersion=wander,
        )
        for theme, wander in zip(named, dispersion(tuple(named)), strict=True)
    ]
    terms = growths([tally for tally in tallies if not is_reason(tally.theme)])
    grown = growths([tally for tally in tallies if is_reason(tally.theme)])
    return Compared(
        weeks=tuple([await _week(store, scope, reasons, back) for back in range(WEEKS - 1, -1, -1)]),
        before={theme: before for theme, (_, before) in named.items()},
        calls_before=volumes[EVERY][1],
        terms=_plainest([growth for growth in terms if growth.grown])[:MOST_TERMS],
        reasons={growth.theme: growth for growth in grown},
    )


async def _week(store: ThemeStore, scope: Scope, reasons: Sequence[Theme], back: int) -> Week:
    """So many weeks ago."""
    until = scope.until - WEEK * back
    sums = await store.sums(replace(scope, since=until - WEEK, until=until), (EVERY, *reasons))
    enough = {theme: calls for theme, calls in sums.items() if calls >= FEWEST_CALLS or theme == EVERY}
    return Week(begins_at=until - WEEK, sums={EVERY: 0, **enough})


async def _by_language(store: ThemeStore, scope: Scope) -> Mapping[str, tuple[int, int]]:
    """Calls of the running week and of those before, in all and per language."""
    found = {}
    for kind in (EVERY, "fr", "en"):
        language = scope.language if kind == EVERY else Language(kind)
        now = replace(scope, since=scope.until - WEEK, language=language)
        past = replace(scope, since=scope.until - WEEK * WEEKS, until=scope.until - WEEK, language=language)
        found[kind] = (await store.volume(now), await store.volume(past))
    return found


def _plainest(terms: Sequence[Growth]) -> tuple[Growth, ...]:
    """Without terms that say the same as one before them: "réseau" beside "panne de réseau", in as many calls."""
    found: list[Growth] = []
    for term in terms:
        words = set(term.theme.partition(":")[2].split())
        same = [
            one
            for one in found
            if 0.7 <= term.calls / one.calls <= 1.4
            and (words <= (other := set(one.theme.partition(":")[2].split())) or other <= words)
        ]
        if not same:
            found.append(term)
    return tuple(found)
