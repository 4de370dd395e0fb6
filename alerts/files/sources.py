"""Rule files and folders in the order they apply: what a file starts from before it, tenants' and teams' files last."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alerts.files.document import Document, read_document
from alerts.files.folders import files_at, same_names
from alerts.files.problems import RuleError, RuleProblem

STARTER = "starter"
"""What a file says it extends to start from the rules of the product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose calls a rule file is for; empty: everyone's."""

    tenant: str = ""
    team: str = ""

    def covers(self, other: "Scope") -> bool:
        """Whether it holds for the calls of this tenant and team."""
        return self.tenant in ("", other.tenant) and self.team in ("", other.team)


def scope_of(document: Document) -> Scope:
    """Whom the file says it is for."""
    return Scope(tenant=_said(document, "tenant"), team=_said(document, "team"))


def read_sources(paths: Sequence[Path], starter: Path) -> tuple[list[Document], list[RuleProblem]]:
    """All documents, each once, in the order in which they apply; and what stood in the way of reading others."""
    reader = _Reader(starter)
    for path in paths:
        for file in files_at(path):
            reader.read(file, waiting=())
    documents = list(reader.found.values())
    ordered = sorted(documents, key=lambda document: (scope_of(document).tenant != "", scope_of(document).team != ""))
    return ordered, [*same_names(reader.files), *reader.problems]


class _Reader:
    """Reads each file once, after the file it extends."""

    def __init__(self, starter: Path) -> None:
        self.found: dict[Path, Document] = {}
        self.problems: list[RuleProblem] = []
        self._starter = starter
        self._tried: dict[Path, Path] = {}
        """By where links lead, the files as they were named."""

    @property
    def files(self) -> tuple[Path, ...]:
        """All that were to be read, whether or not they could be."""
        return tuple(self._tried.values())

    def read(self, file: Path, waiting: tuple[Path, ...]) -> None:
        known = _real(file)
        if known in self._tried:
            return
        self._tried[known] = file
        try:
            document = read_document(file)
        except RuleError as error:
            self.problems.extend(error.problems)
            return
        self._read_parents(document, (*waiting, known))
        self.found[known] = document

    def _read_parents(self, document: Document, waiting: tuple[Path, ...]) -> None:
        named = _said(document, "extends")
        if not named:
            return
        start = self._starter if named == STARTER else document.file.parent / named
        if not start.exists():
            allowed = f"{STARTER}, or the path of a rule file from here"
            self.problems.append(document.problem(("extends",), repr(named), allowed))
            return
        for parent in files_at(start):
            if _real(parent) in waiting:
                allowed = "a file that does not itself start from this one"
                self.problems.append(document.problem(("extends",), repr(named), allowed))
            else:
                self.read(parent, waiting)


def _real(file: Path) -> Path:
    """Where links lead; of links that lead in a circle, which no file is read from, one of them."""
    return Path(os.path.realpath(file))


def _said(document: Document, name: str) -> str:
    """A field at the top of a file; empty where it is missing or no text, which the shape then refuses."""
    value = document.data.get(name) if isinstance(document.data, dict) else None
    return value.strip() if isinstance(value, str) else ""
