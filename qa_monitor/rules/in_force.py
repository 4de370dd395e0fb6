"""What is in force at one moment, whole: loaded from files, compared with what was before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from alerts.files.problems import RuleError, RuleProblem
from alerts.files.sources import Scope, scope_of
from alerts.rulebook import RuleBook
from qa_monitor.rules.difference import difference
from qa_monitor.rules.history import How, KeptFile, ScopeDifference, sum_of
from qa_monitor.rules.loading import load_sets, version_of
from qa_monitor.rules.ruleset import RuleVersion, Sets, set_of


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """Every set of one moment, and where it comes from."""

    sets: Sets
    version: str
    """Changes whenever a rule of any tenant or team does."""
    scopes: Mapping[Path, Scope]
    """Of each file, whose calls it is for; in the order in which they were read."""
    texts: Mapping[Path, str]
    """Of each file, as loaded."""
    since: datetime
    how: How
    by: str | None
    """Who published it; none where files were read."""

    @property
    def files(self) -> tuple[KeptFile, ...]:
        """The files as the history names them."""
        return tuple(
            KeptFile(path=str(path), scope=scope, sha256=sum_of(self.texts[path]))
            for path, scope in self.scopes.items()
        )

    @property
    def floors(self) -> Mapping[RuleVersion, float]:
        """The precision below which a rule is demoted, of the rules that have one."""
        rules = [rule for one in self.sets.values() for rule in one.book.rules]
        return {(rule.rule_id, rule.rule_version): floor for rule in rules if (floor := rule.floor) is not None}


def load(files: Sequence[Path], *, since: datetime, how: How, by: str | None) -> InForce:
    """Read and compile all files. Raises `RuleError` with every mistake of every file."""
    loaded = load_sets(files)
    texts = {file: _text(file) for file in loaded.files}
    return InForce(
        sets=loaded.sets,
        version=version_of(loaded.sets),
        scopes=MappingProxyType({one.file: scope_of(one) for one in loaded.documents}),
        texts=MappingProxyType(texts),
        since=since,
        how=how,
        by=by,
    )


def differences(old: Sets, new: Sets) -> tuple[ScopeDifference, ...]:
    """What changes for whose calls; those for whom nothing does are left out."""
    scopes = sorted({*old, *new}, key=lambda one: (one.tenant, one.team))
    found = [ScopeDifference(scope=one, difference=difference(_book(old, one), _book(new, one))) for one in scopes]
    return tuple(one for one in found if not one.difference.empty)


def _book(sets: Sets, scope: Scope) -> RuleBook:
    """What holds for these calls, also where they have no files of their own."""
    return set_of(sets, scope.tenant, scope.team).book


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        # it was read a moment ago
        problem = RuleProblem(file=path, line=1, field="", found="a file that changes", allowed="a readable file")
        raise RuleError([problem]) from error
