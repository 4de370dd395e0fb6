"""Where a page of calls ended, as one word in an address. Pure."""

import base64
import binascii
import json

from qa_monitor.library.records import Cursor, Sort


class CursorError(ValueError):
    """A word that no page ended with."""

    def __init__(self) -> None:
        super().__init__("after: begin again without it, or give `next` of the page before, with the same sort")


def write_cursor(cursor: Cursor) -> str:
    """As one word."""
    text = json.dumps([cursor.sort.value, cursor.value, cursor.number], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(word: str, sort: Sort) -> Cursor:
    """The cursor `write_cursor` wrote. Raises `CursorError` for anything else, and for another sort."""
    try:
        padded = word.encode("ascii") + b"=" * (-len(word) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        raise CursorError from None
    match found:
        case [str(name), float() | int() | str() | None as value, int(number)] if (
            name == sort.value and not isinstance(value, bool) and not isinstance(number, bool)
        ):
            return Cursor(sort=sort, value=value, number=number)
    raise CursorError
