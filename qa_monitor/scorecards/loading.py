"""Scorecard files to scorecards that can be put to calls."""

from collections.abc import Sequence
from pathlib import Path

from alerts.files.document import Document, parse_document, read_document
from alerts.files.folders import same_names
from alerts.files.problems import RuleError, RuleProblem
from alerts.rulebook import RuleBook
from qa_monitor.rules.sources import rule_files
from qa_monitor.scorecards.binding import wrong_bindings
from qa_monitor.scorecards.compiling import compiled
from qa_monitor.scorecards.ready import Ready

STARTER_SCORECARD = Path(__file__).parent / "starter.yaml"
"""The scorecard the product comes with: in force where a centre names none of its own."""
SCORECARDS_FOLDER = "scorecards"
"""In the data folder: read after all that the settings name."""


def scorecard_files(named: Sequence[Path], data_dir: Path) -> tuple[Path, ...]:
    """The files there are now, in the order in which they are read; the starter where there is none."""
    own = data_dir / SCORECARDS_FOLDER
    return rule_files([*named, *([own] if own.is_dir() else [])]) or (STARTER_SCORECARD,)


def load_scorecards(files: Sequence[Path], book: RuleBook) -> tuple[Ready, ...]:
    """All scorecards, in this order. `book`: everybody's rules. Raises `RuleError` with every mistake of every file."""
    problems: list[RuleProblem] = [*same_names(files)]
    found: dict[str, Ready] = {}
    for file in files:
        try:
            document = read_document(file)
            # the product's own asks the starter rules: where these are not loaded, its questions are left to people
            ready = compiled(document) if file == STARTER_SCORECARD else checked_scorecard(document, book)
        except RuleError as error:
            problems.extend(error.problems)
            continue
        name = ready.scorecard.scorecard_id
        if name in found:
            said = f"{name!r} a second time, first in {found[name].document.file}"
            problems.append(ready.document.problem(("id",), said, "an id no other scorecard has"))
        found.setdefault(name, ready)
    if problems:
        raise RuleError(problems)
    return tuple(found.values())


def checked_scorecard(document: Document, book: RuleBook) -> Ready:
    """One scorecard, with the rules it names looked up. Raises `RuleError`."""
    ready = compiled(document)
    problems = sorted(wrong_bindings(ready, book), key=lambda problem: problem.line)
    if problems:
        raise RuleError(list(dict.fromkeys(problems)))
    return ready


def check_text(text: str, book: RuleBook, file: Path = Path("scorecard.yaml")) -> Ready:
    """A scorecard as somebody writes it. Raises `RuleError`."""
    return checked_scorecard(parse_document(text, file), book)
