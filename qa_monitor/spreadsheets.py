"""Cells of CSV files: a spreadsheet that opens them works none of their texts out. Pure."""

Cell = str | int | float | None

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What spreadsheets take for a formula at the start of a cell, or skip before they look for one."""


def guarded(text: str) -> str:
    """With an apostrophe in front where it would be a formula; `unguarded` gives back what it was."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULAS) else text


def unguarded(text: str) -> str:
    """Without the apostrophe that keeps it from being a formula."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULAS) else text


def safe(cell: Cell) -> Cell:
    """The same for any cell: numbers are left as they are."""
    return guarded(cell) if isinstance(cell, str) else cell
