"""What counting themes, and the page that shows them, ask of a store."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.themes.grouping import Callers
from qa_monitor.themes.records import Clip, Counted, Ended, Surge, SurgeId, Theme
from streams.records import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Calls of a tenant that named a theme in ten minutes, whichever team they were with."""

    tenant: str
    theme: Theme
    language: str
    """Of the calls; empty where the customer said nothing."""
    at: datetime
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which calls are meant."""

    since: datetime
    until: datetime
    """Not included."""
    sight: Sight = EVERYTHING
    teams: frozenset[str] = frozenset()
    """None named: every team."""
    language: Language | None = None
    tenant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A call that named a theme, and in what words."""

    theme: Theme
    shown: str
    clip: Clip


class ThemeStore(Protocol):
    """The database's part. Every method raises `StoreError`."""

    async def uncounted(self, since: datetime, until: datetime, limit: int) -> Sequence[Ended]:
        """Calls begun since then and over by `until` that are not counted yet, the earliest first."""

    async def count(self, counted: Sequence[Counted], now: datetime) -> None:
        """Add these calls to the counts. One that is counted already is left alone."""

    async def slots(self, since: datetime, until: datetime) -> Sequence[Slot]:
        """All counts of this time, over all tenants."""

    async def callers(self, tenant: str, themes: Sequence[Theme], since: datetime) -> Callers:
        """Of the newest examples: which calls begun since then named each of these."""

    async def sums(self, scope: Scope, themes: Collection[Theme]) -> Mapping[Theme, int]:
        """Calls per theme, of these; none for those that nobody named."""

    async def compared(self, scope: Scope, since: datetime, least: int) -> Mapping[Theme, tuple[int, int]]:
        """Calls per theme from `since` on, and before it; those named by fewer than `least` from then on left out."""

    async def volume(self, scope: Scope) -> int:
        """How many calls there were."""

    async def named(self, theme: Theme, scope: Scope) -> int:
        """How many calls named a theme."""

    async def examples(self, themes: Sequence[Theme], scope: Scope, each: int) -> Sequence[Example]:
        """The newest examples of each of these themes."""

    async def teams(self, sight: Sight) -> Sequence[str]:
        """Every team that has counts and may be seen."""

    async def surges(self, ended_since: datetime) -> Sequence[Surge]:
        """Those that go on, and those that ended since then; the latest found first."""

    async def surge(self, surge_id: SurgeId) -> Surge | None:
        """One."""

    async def save_surge(self, surge: Surge) -> Surge:
        """Keep a new one, or what has become of one; who acknowledged it is left as it is. Gives it with its number."""

    async def acknowledge(self, surge_id: SurgeId, by: str, at: datetime) -> Surge | None:
        """Somebody knows of it; the first to say so is kept. None: there is no such surge."""

    async def tidy(self, now: datetime, since: datetime) -> None:
        """Forget what is too old; rare terms as far as they were not looked at before `since`; surplus examples."""

    async def forget(self) -> None:
        """Drop all counts and examples, so that every call is counted anew; surges stay."""
