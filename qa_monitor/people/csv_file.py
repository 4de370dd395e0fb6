"""People, teams, agents and covers as one CSV file: read with every mistake at its line, and written. Pure."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_monitor.people.changes import Change, find, put, told
from qa_monitor.people.records import Directory, Entry, PeopleError
from qa_monitor.people.rows import COLUMNS, OWN_COLUMNS, Kind, cells_of, entry_of, id_of, kind_of
from qa_monitor.spreadsheets import guarded, unguarded

MOST_ROWS = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LineProblem:
    """What is wrong in one line; the heading is line 1."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a file would do. With any problem it does nothing."""

    entries: tuple[Entry, ...]
    """What the file says, to be put into the directory in this order."""
    changes: tuple[Change, ...]
    problems: tuple[LineProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    line: int
    kind: Kind
    cells: Mapping[str, str]


def write_people(directory: Directory) -> str:
    """The whole directory; `plan` reads it back to the same."""
    file = io.StringIO()
    rows = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\r\n")
    rows.writeheader()
    for entry in directory.entries():
        cells = {"kind": kind_of(entry).value, **cells_of(entry)}
        rows.writerow({name: guarded(cell) for name, cell in cells.items()})
    return file.getvalue()


def plan_people(text: str, directory: Directory) -> Plan:
    """What this file would change. Whatever it does not name stays as it is; nothing is removed by it."""
    rows, problems = _rows(text)
    entries: list[Entry] = []
    changes: list[Change] = []
    for row in sorted(rows, key=lambda each: (list(Kind).index(each.kind), each.line)):
        try:
            entry, before = _read(row, directory)
            directory = put(directory, entry)
        except PeopleError as error:
            problems.append(LineProblem(line=row.line, problem=str(error)))
            continue
        entries.append(entry)
        change = told(before, entry)
        changes += [] if change is None else [change]
    ordered = tuple(sorted(problems, key=lambda each: each.line))
    return Plan(entries=tuple(entries), changes=tuple(changes), problems=ordered)


def _read(row: _Row, directory: Directory) -> tuple[Entry, Entry | None]:
    """The entry of a row, and what it was before."""
    named = entry_of(row.kind, row.cells)
    before = find(directory, row.kind, id_of(named))
    return (named if before is None else entry_of(row.kind, row.cells, before)), before


def _rows(text: str) -> tuple[list[_Row], list[LineProblem]]:
    text = text.removeprefix("\ufeff")
    heading = text.partition("\n")[0]
    # spreadsheets of some countries write semicolons between cells
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if heading.count(";") > heading.count(",") else ","
    )
    rows: list[_Row] = []
    problems: list[LineProblem] = []
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
        wrong = _wrong_heading(columns)
        if wrong is not None:
            return [], [LineProblem(line=1, problem=wrong)]
        for cells in reader:
            _take(cells, columns, reader.line_num, rows, problems)
    except csv.Error as error:
        problems.append(LineProblem(line=reader.line_num, problem=f"not a CSV file: {error}"))
    return rows, problems


def _take(
    cells: Sequence[str], columns: Sequence[str], line: int, rows: list[_Row], problems: list[LineProblem]
) -> None:
    if not any(cell.strip() for cell in cells):
        return
    if len(rows) >= MOST_ROWS or len(cells) > len(columns):
        most = f"at most {MOST_ROWS} rows" if len(rows) >= MOST_ROWS else f"{len(columns)} cells as in the heading"
        problems.append(LineProblem(line=line, problem=f"row: found {len(cells)} cells; allowed: {most}"))
        return
    row = {name: unguarded(cell.strip()) for name, cell in zip(columns, cells, strict=False)}
    try:
        kind = Kind(row.pop("kind").lower())
    except ValueError:
        problems.append(
            LineProblem(line=line, problem=f"kind: found {cells[columns.index('kind')]!r}; allowed: {KINDS}")
        )
        return
    # a column of another kind that is empty here says nothing
    own = {name: cell for name, cell in row.items() if name in OWN_COLUMNS[kind] or cell}
    rows.append(_Row(line=line, kind=kind, cells=own))


KINDS = ", ".join(Kind)


def _wrong_heading(columns: Sequence[str]) -> str | None:
    unknown = [name for name in columns if name not in COLUMNS]
    if unknown or "kind" not in columns or "id" not in columns or len(set(columns)) < len(columns):
        found = ",".join(columns)[:200]
        return f"heading: found {found!r}; allowed: kind and id, and any of {', '.join(COLUMNS[2:])}, each once"
    return None
