"""The scorecards in force, swapped whole when their files change. Safe to ask from any thread."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import structlog

from alerts.files.problems import RuleError
from alerts.policy import AlertPolicy
from alerts.rulebook import RuleBook
from qa_monitor.rules.looking import Looks, keep_looking
from qa_monitor.rules.ruleset import EVERYBODY
from qa_monitor.rules.rulesets import Refused, RuleSets
from qa_monitor.rules.sources import Stamp, stamp
from qa_monitor.scorecards.binding import Bound, bind
from qa_monitor.scorecards.loading import load_scorecards, scorecard_files
from qa_monitor.scorecards.ready import Ready

log = structlog.get_logger()

REMEMBERED = 64
"""Sets of rules for which scorecards are kept ready; beyond, the one made first is made anew when it is asked for."""


class ScorecardsInForce:
    """One per application. Raises `RuleError` where the files at the start are wrong."""

    def __init__(
        self,
        named: Sequence[Path],
        *,
        data_dir: Path,
        rules: RuleSets,
        policy: AlertPolicy,
        clock: Callable[[], datetime],
    ) -> None:
        self._named, self._data_dir = tuple(named), data_dir
        self._rules, self._policy, self._clock = rules, policy, clock
        self.refused: Refused | None = None
        """The last change of files, where it was refused; none once they are in order again."""
        self.since = clock()
        """When those in force came to be."""
        self._looks = Looks(self._stamp())
        self._ready = load_scorecards(self.files(), self.book)
        self._bound: dict[int, tuple[RuleBook, Bound]] = {}
        """By what the rules were written as: their version says nothing of those out of service."""
        self._binding = threading.Lock()

    @property
    def ready(self) -> tuple[Ready, ...]:
        """In the order of their files."""
        return self._ready

    @property
    def book(self) -> RuleBook:
        """Everybody's rules: those that scorecards may name."""
        return self._rules.in_force.sets[EVERYBODY].book

    def files(self) -> tuple[Path, ...]:
        """The files there are now."""
        return scorecard_files(self._named, self._data_dir)

    def bound(self, tenant: str, team: str) -> Bound:
        """The scorecards with the rules for calls of this team. Slow the first time: keep it off the loop."""
        book = self._rules.of(tenant, team).book
        with self._binding:
            known = self._bound.get(id(book.written))
            if known is None:
                while len(self._bound) >= REMEMBERED:
                    del self._bound[next(iter(self._bound))]
                # the book is kept beside it, or its place in memory could become another's
                known = self._bound[id(book.written)] = (book, bind(self._ready, book, self._policy))
            return known[1]

    async def watch(self) -> None:
        """Until cancelled: put changed files into force."""
        await keep_looking(self.look, "scorecard files")

    def look(self) -> None:
        """Load what has changed."""
        if self._looks.changed(self._stamp()):
            self._reload()

    def _reload(self) -> None:
        try:
            ready = load_scorecards(self.files(), self.book)
        except RuleError as error:
            self.refused = Refused(at=self._clock(), problems=error.problems)
            for problem in error.problems:
                log.error("scorecards refused", problem=str(problem))
            return
        with self._binding:
            self._ready, self._bound = ready, {}
        self.refused, self.since = None, self._clock()
        log.info("scorecards in force", scorecards=[f"{_name(one)} {one.scorecard.version}" for one in ready])

    def _stamp(self) -> Stamp:
        return stamp(self.files())


def _name(ready: Ready) -> str:
    return ready.scorecard.scorecard_id
