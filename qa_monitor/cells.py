"""Cells of the files that spreadsheets open. Pure."""

Cell = str | int | float | None
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for a formula at the start of a text; written with an apostrophe in front."""


def safe(cell: Cell) -> Cell:
    """As a spreadsheet may open it: no text of ours or of callers is ever worked out."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell
