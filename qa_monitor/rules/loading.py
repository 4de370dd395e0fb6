"""Rule files to the sets in force: one book per tenant and team, from all files that hold for it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from alerts.files.document import Document
from alerts.files.problems import RuleError, RuleProblem
from alerts.files.sources import Scope, read_sources, scope_of
from alerts.rulebook import STARTER_RULES, rulebook_of
from qa_monitor.rules.ruleset import EVERYBODY, RuleSet, Sets, a_set


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The sets, and every file they were made of: those named, and those that these start from."""

    sets: Sets
    documents: tuple[Document, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """In the order in which they were read."""
        return tuple(document.file for document in self.documents)


def load_sets(files: Sequence[Path]) -> Loaded:
    """A set for everybody and for every tenant and team with rules of its own.

    A later file changes or takes out rules of an earlier one. Raises `RuleError` with every mistake of every file, each
    once.
    """
    documents, unread = read_sources(files, STARTER_RULES)
    problems: dict[str, RuleProblem] = {str(problem): problem for problem in unread}
    sets: dict[Scope, RuleSet] = {}
    for scope in scopes_of(scope_of(document) for document in documents):
        try:
            sets[scope] = a_set(rulebook_of([one for one in documents if scope_of(one).covers(scope)]))
        except RuleError as error:
            problems |= {str(problem): problem for problem in error.problems}
    if problems:
        raise RuleError(list(problems.values()))
    return Loaded(sets=sets, documents=tuple(documents))


def version_of(sets: Sets) -> str:
    """Changes whenever a rule of any tenant or team does."""
    if len(sets) == 1:
        return sets[EVERYBODY].book.version
    told = "".join(f"{one.tenant}\x1f{one.team}\x1f{found.book.version}\x1e" for one, found in sets.items())
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def scopes_of(named: Iterable[Scope]) -> tuple[Scope, ...]:
    """Everybody, every tenant and team that some file is for, and where a team of any tenant meets a tenant."""
    found = {EVERYBODY, *named}
    tenants = {one.tenant for one in found if one.tenant}
    anywhere = {one.team for one in found if one.team and not one.tenant}
    meeting = {Scope(tenant=tenant, team=team) for tenant in tenants for team in anywhere}
    return tuple(sorted(found | meeting, key=lambda one: (one.tenant, one.team)))
