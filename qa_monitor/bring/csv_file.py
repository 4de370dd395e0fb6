"""What is said of recordings, as a CSV file: every mistake with its line and column. Pure."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from qa_monitor.bring.records import COLUMNS, FactsError, facts_of

MUST = ("file", "began_at")
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One recording."""

    line: int
    """The heading is line 1."""
    file: str
    cells: dict[str, str]
    """All but `file`, as written; checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineProblem:
    """What is wrong in one line."""

    line: int
    problem: str


def read_lines(text: str) -> tuple[list[Line], list[LineProblem]]:
    """Every recording named, and every mistake. Cells are parted by commas or semicolons, as in the heading."""
    text = text.removeprefix("\ufeff")
    heading = text.partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[Line] = []
    problems: list[LineProblem] = []
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
        if (wrong := _wrong(columns)) is not None:
            return [], [LineProblem(line=1, problem=wrong)]
        for cells in reader:
            if any(cell.strip() for cell in cells):
                _take(reader.line_num, columns, cells, lines, problems)
    except csv.Error as error:
        problems.append(LineProblem(line=reader.line_num, problem=f"not a CSV file: {error}"))
    return lines, [*problems, *_twice(lines)]


def _take(
    number: int, columns: Sequence[str], cells: Sequence[str], lines: list[Line], problems: list[LineProblem]
) -> None:
    if len(cells) > len(columns) or len(lines) >= MOST_ROWS:
        allowed = f"{len(columns)} cells as in the heading, at most {MOST_ROWS} lines"
        problems.append(LineProblem(line=number, problem=f"row: found {len(cells)} cells; allowed: {allowed}"))
        return
    row = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
    file = row.pop("file")
    try:
        if not file:
            raise FactsError("file", "", "the name of a recording")
        facts_of(row)
    except FactsError as error:
        problems.append(LineProblem(line=number, problem=str(error)))
        return
    lines.append(Line(line=number, file=file, cells={name: cell for name, cell in row.items() if cell}))


def _wrong(columns: Sequence[str]) -> str | None:
    unknown = [name for name in columns if name not in COLUMNS]
    if unknown or len(set(columns)) < len(columns) or any(name not in columns for name in MUST):
        found = ",".join(columns)[:200]
        return f"heading: found {found!r}; allowed: {', '.join(MUST)}, and any of {', '.join(COLUMNS)}, each once"
    return None


def _twice(lines: Sequence[Line]) -> list[LineProblem]:
    """A recording or a call that two lines name."""
    problems = []
    for column in ("file", "call_id"):
        seen: dict[str, int] = {}
        for line in lines:
            cell = line.file if column == "file" else line.cells.get("call_id", "")
            if cell and cell in seen:
                problem = f"{column}: found {cell[:80]!r}, as in line {seen[cell]}; allowed: each once"
                problems.append(LineProblem(line=line.line, problem=problem))
            seen.setdefault(cell, line.line)
    return problems
