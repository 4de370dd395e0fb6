"""Rows as CSV and as JSON lines, in UTF-8. Pure."""

import csv
import io
import json
from collections.abc import Iterable, Mapping

from qa_monitor.export.columns import Columns
from qa_monitor.spreadsheets import Cell, safe

Row = Mapping[str, Cell]


def heading(columns: Columns) -> str:
    """The first line of a CSV file."""
    return ",".join(columns.names) + "\r\n"


def csv_lines(rows: Iterable[Row], columns: Columns) -> str:
    """Without a heading."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(row[name]) for name in columns.names])
    return file.getvalue()


def json_lines(rows: Iterable[Row]) -> str:
    """One object per line."""
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
