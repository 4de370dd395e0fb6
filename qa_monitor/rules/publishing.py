"""Rules put into force from the service itself: tried as a draft, published, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from alerts.files.document import read_document
from alerts.files.problems import RuleError, RuleProblem
from alerts.files.sources import Scope, scope_of
from qa_monitor.rules.draft import drafted
from qa_monitor.rules.files import write_whole
from qa_monitor.rules.history import Entry, HistoryError, How, Published, ScopeDifference, sum_of, to_undo
from qa_monitor.rules.in_force import InForce, differences
from qa_monitor.rules.loading import load_sets, version_of
from qa_monitor.rules.rights import NotTheirs, Publisher
from qa_monitor.rules.ruleset import EVERYBODY, Sets
from qa_monitor.rules.rulesets import RuleSets

PUBLISHED = "published"
"""How the files begin that are written here."""


class NothingToUndo(Exception):
    """There is no publication to take back, or what it published was changed since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a draft would do."""

    file: Path
    """Where it would be published. What is wrong in other files, read together with it, is wrong because of it."""
    scope: Scope = EVERYBODY
    """Whose calls it says it is for."""
    problems: tuple[RuleProblem, ...] = ()
    """Everything wrong in it: it would be refused."""
    version: str | None = None
    differences: tuple[ScopeDifference, ...] = ()
    """From what is in force."""
    sets: Sets = field(default_factory=lambda: MappingProxyType({}))


class Publishing:
    """Writes one file for everybody, each tenant and each team, in the rules folder of the data folder.

    Which of them a text is for, it says itself. The methods wait for the disk.
    """

    def __init__(self, rules: RuleSets) -> None:
        self._rules = rules

    def texts(self) -> Mapping[Scope, str]:
        """What is published now."""
        now = self._rules.in_force
        return {scope: now.texts[path] for path, scope in now.scopes.items() if path == self._target(scope)}

    def check(self, text: str) -> Checked:
        """What would become of publishing this text; nothing changes. Raises `HistoryError` for a disk in trouble."""
        now, folder = self._rules.in_force, self._rules.folder
        try:
            with drafted(_plain(text), folder) as path:
                return self._checked(path, now)
        except OSError as error:
            raise HistoryError(f"{folder}: no draft can be written: {error.strerror}") from error

    def publish(self, text: str, *, by: Publisher) -> Entry:
        """Put a rule file into force, in place of the one published before for the same calls; running ones too.

        Raises `RuleError` with everything wrong in it, `NotTheirs` where it is not theirs to decide, or `HistoryError`
        where it cannot be kept: nothing changed then.
        """
        text = _plain(text)
        with self._rules.changing:
            checked = self.check(text)
            if checked.problems:
                raise RuleError(checked.problems)
            by.rights.check([checked.scope])
            published = Published(scope=checked.scope, before=self._sum(checked.scope), after=sum_of(text))
            return self._put(text, published, by=by)

    def undo(self, *, by: Publisher, scope: Scope | None = None) -> Entry:
        """Take the latest publication back that was not taken back yet: for these calls, or of all that are theirs.

        Raises `NothingToUndo`, `NotTheirs`, `HistoryError`, or `RuleError` where what was there before is not valid
        any more.
        """
        by.rights.check([] if scope is None else [scope])
        with self._rules.changing:
            history = self._rules.history
            target = to_undo(history.entries(), by.rights.cover if scope is None else scope.__eq__)
            if target is None or target.published is None:
                raise NothingToUndo("nothing was published that could be taken back")
            was = target.published
            if self._sum(was.scope) != was.after:
                raise NothingToUndo(f"{self._target(was.scope)} was changed by hand since: edit it, or publish anew")
            text = None if was.before is None else history.text(was.before)
            back = Published(scope=was.scope, before=was.after, after=was.before)
            return self._put(text, back, by=by, undoes=target.number)

    def _checked(self, draft: Path, now: InForce) -> Checked:
        try:
            scope = scope_of(read_document(draft))
            target = self._target(scope)
        except RuleError as error:
            target = self._target(EVERYBODY)
            return Checked(file=target, problems=_placed(error.problems, draft, target))
        try:
            sets = load_sets([*(file for file in self._rules.files() if file != target), draft]).sets
        except RuleError as error:
            return Checked(file=target, scope=scope, problems=_placed(error.problems, draft, target))
        found = differences(now.sets, sets)
        return Checked(file=target, scope=scope, version=version_of(sets), differences=found, sets=sets)

    def _put(self, text: str | None, published: Published, *, by: Publisher, undoes: int | None = None) -> Entry:
        """Write the published file, or delete it, and put all files into force; or leave everything as it was."""
        target = self._target(published.scope)
        before = self._rules.in_force.texts.get(target)
        how = How.PUBLISHED if undoes is None else How.UNDONE
        try:
            _replace(target, text)
            fresh = self._rules.loaded(how, by.name)
            # a file may start from others, which are not for the calls it is for itself: what counts is what changes
            by.rights.check(one.scope for one in differences(self._rules.in_force.sets, fresh.sets))
            entry = self._rules.record(fresh, published, undoes)
        except OSError as error:
            raise HistoryError(f"{target}: the rules cannot be kept: {error.strerror}") from error
        except (RuleError, HistoryError, NotTheirs):
            _replace(target, before)
            raise
        finally:
            self._rules.overlook()
        self._rules.swap(fresh)
        return entry

    def _target(self, scope: Scope) -> Path:
        """The file of what is published for these calls: `published.TENANT.TEAM.yaml`."""
        names = (scope.tenant, scope.team) if scope.team else (scope.tenant,) if scope.tenant else ()
        parts = (quote(name, safe=" ").replace(".", "%2E") for name in names)
        return self._rules.folder / ".".join((PUBLISHED, *parts, "yaml"))

    def _sum(self, scope: Scope) -> str | None:
        text = self._rules.in_force.texts.get(self._target(scope))
        return None if text is None else sum_of(text)


def _plain(text: str) -> str:
    """Without the mark that some editors put in front."""
    return text.removeprefix("\ufeff")


def _placed(problems: Sequence[RuleProblem], draft: Path, target: Path) -> tuple[RuleProblem, ...]:
    """Problems of the draft name the file it would be."""
    return tuple(replace(one, file=target) if one.file == draft else one for one in problems)


def _replace(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
    else:
        write_whole(path, text.encode())
