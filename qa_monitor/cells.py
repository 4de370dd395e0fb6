"""Cells of the files that spreadsheets open. Pure."""

from qa_monitor.spreadsheets import guarded

Cell = str | int | float | None


def safe(cell: Cell) -> Cell:
    """As a spreadsheet may open it: no text of ours or of callers is ever worked out."""
    return guarded(cell) if isinstance(cell, str) else cell
