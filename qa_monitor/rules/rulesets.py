"""The rules in force, swapped whole while calls go on when their files change.

Reading is safe from any thread and takes no lock: what is in force is one object, replaced in one assignment. Whatever
changes it goes one after the other, under `changing`. A set that is refused changes nothing: the one before stays.
"""

import asyncio
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from alerts.files.problems import RuleError, RuleProblem
from alerts.rulebook import STARTER_RULES
from qa_monitor.records.verdicts import VerdictCount
from qa_monitor.rules.history import Entry, History, HistoryError, How, Published, sum_of
from qa_monitor.rules.in_force import InForce, differences, load
from qa_monitor.rules.looking import Looks, keep_looking
from qa_monitor.rules.precision import demoted
from qa_monitor.rules.ruleset import RuleSet, RuleVersion, Sets, demoting_set, set_of
from qa_monitor.rules.sources import Stamp, rule_files, stamp
from qa_monitor.rules.standing import Standing

log = structlog.get_logger()

RULES_FOLDER = "rules"
"""In the data folder: read after all that the settings name, and where rules are published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A change of files that did not come into force."""

    at: datetime
    problems: tuple[RuleProblem, ...]


class RuleSets:
    """One per application. Raises `RuleError` where the files at the start are wrong."""

    def __init__(self, named: Sequence[Path], *, starter: bool, data_dir: Path, clock: Callable[[], datetime]) -> None:
        self._named = [*([STARTER_RULES] if starter else []), *named]
        self.folder = data_dir / RULES_FOLDER
        self.history = History(data_dir)
        """Every set that was in force."""
        self.changing = threading.RLock()
        """Held by whoever changes what is in force."""
        self.refused: Refused | None = None
        """The last change of files, where it was refused; none once they are in order again."""
        self._clock = clock
        self._weighing = threading.Lock()
        """Never held for long: verdicts come on the event loop."""
        self._in_force = self.loaded(How.START)
        self._looks = Looks(self._stamp())
        self._counts: tuple[VerdictCount, ...] = ()
        self._demoted: Mapping[str, frozenset[RuleVersion]] = {}
        self._served: Mapping[str, Sets] = {"": self._in_force.sets}
        """Per tenant with demoted rules; under no name, for all others."""
        self.judging = asyncio.Lock()
        """Held by whoever reads verdicts to weigh them: an older count never comes after a newer one."""
        self.standing = Standing()
        """Since when, and what was told again; set by whoever weighs."""

    @property
    def in_force(self) -> InForce:
        """What is in force now."""
        return self._in_force

    @property
    def counts(self) -> tuple[VerdictCount, ...]:
        """Coaches' verdicts so far."""
        return self._counts

    def of(self, tenant: str, team: str) -> RuleSet:
        """The rules for calls of this team now, with what of them is demoted: the same object until that changes."""
        served = self._served
        return set_of(served.get(tenant, served[""]), tenant, team)

    def demoted(self, tenant: str) -> frozenset[RuleVersion]:
        """The rules that are wrong so often that coaches of this tenant are not told."""
        return self._demoted.get(tenant, frozenset())

    @property
    def all_demoted(self) -> Mapping[str, frozenset[RuleVersion]]:
        """The same per tenant, for those that have any."""
        return self._demoted

    def begin(self) -> None:
        """Keep the set of this start in the history, unless it is the last one there. Raises `HistoryError`."""
        with self.changing:
            last = self.history.last()
            if last is None or last.files != self._in_force.files:
                self.record(self._in_force, None)

    def weigh(self, counts: Iterable[VerdictCount]) -> None:
        """Coaches' verdicts as they stand now: what falls below its floor is demoted, what rose above is told again."""
        with self._weighing:
            self._counts = tuple(counts)
            self._serve(self._in_force)

    async def watch(self) -> None:
        """Until cancelled: put changed files into force."""
        await keep_looking(self.look, "rule files")

    def look(self) -> None:
        """Load what was changed by hand."""
        with self.changing:
            if self._looks.changed(self._stamp()):
                self._reload()

    def files(self) -> tuple[Path, ...]:
        """The rule files there are now, in the order in which they are read."""
        own = [self.folder] if self.folder.is_dir() else []
        return rule_files([*self._named, *own])

    def loaded(self, how: How, by: str | None = None) -> InForce:
        """The files as they are now, not in force yet. Raises `RuleError`."""
        return load(self.files(), since=self._clock(), how=how, by=by)

    def swap(self, fresh: InForce) -> None:
        """From now on this is in force, for running calls too."""
        with self._weighing:
            self._serve(fresh)
        self.refused = None
        log.info("rules in force", version=fresh.version, how=fresh.how.value)

    def overlook(self) -> None:
        """What the files look like now is known: nothing of it is to be loaded."""
        self._looks.overlook(self._stamp())

    def record(self, fresh: InForce, published: Published | None, undoes: int | None = None) -> Entry:
        """Keep a set in the history. Raises `HistoryError`."""
        last, starts = self.history.last(), fresh is self._in_force
        entry = Entry(
            number=1 if last is None else last.number + 1,
            at=fresh.since,
            by=fresh.by,
            how=fresh.how,
            version=fresh.version,
            files=fresh.files,
            differences=() if starts else differences(self._in_force.sets, fresh.sets),
            published=published,
            undoes=undoes,
        )
        self.history.record(entry, {sum_of(text): text for text in fresh.texts.values()})
        return entry

    def _reload(self) -> None:
        before = self._in_force
        try:
            fresh = self.loaded(How.FILES)
        except RuleError as error:
            self.refused = Refused(at=self._clock(), problems=error.problems)
            for problem in error.problems:
                log.error("rules refused", problem=str(problem), in_force=before.version)
            return
        if fresh.files == before.files:
            self.refused = None  # put back as they were
            return
        try:
            self.record(fresh, None)
        except HistoryError as error:
            # the files are there and are what was asked for: only the memory of them is missing
            log.error("rules not kept in the history", why=str(error))
        self.swap(fresh)

    def _serve(self, now: InForce) -> None:
        """From here on calls get these sets; a tenant with demoted rules gets its own."""
        below = {tenant: rules for tenant, rules in demoted(self._counts, now.floors).items() if rules}
        if now is self._in_force and below == self._demoted:
            return
        served = {"": now.sets}
        for tenant, rules in below.items():
            served[tenant] = {scope: demoting_set(found, rules) for scope, found in now.sets.items()}
        self._in_force, self._demoted, self._served = now, below, served

    def _stamp(self) -> Stamp:
        """Of all files, those included that others start from."""
        return stamp(dict.fromkeys([*self.files(), *self._in_force.scopes]))
