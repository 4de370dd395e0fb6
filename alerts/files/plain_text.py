"""Text files that operators write: read whole as UTF-8, or refused with what was found and what is allowed."""

import codecs
import stat
from pathlib import Path

MOST_BYTES = 16 * 1024 * 1024
"""No file of rules or settings is as large by far: what is larger was named by mistake."""


class Unreadable(Exception):
    """It is no such file. The message says what was found, and what is allowed."""

    def __init__(self, found: str, allowed: str, line: int = 1) -> None:
        super().__init__(found, allowed, line)
        self.found, self.allowed, self.line = found, allowed, line

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line > 1 else ""
        return f"{place}found {self.found}; allowed: {self.allowed}"


def is_there(path: Path) -> bool:
    """Whether there is anything by this name, also what cannot be read, such as a link that leads nowhere."""
    return path.is_symlink() or path.exists()


def read_plain_text(path: Path) -> str:
    """Its text, without a mark of byte order. Raises `Unreadable`."""
    raw = _bytes(path)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("text saved as UTF-16", "text saved as UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Unreadable(f"the byte 0x{raw[error.start]:02x}", "text saved as UTF-8", line) from error


def _bytes(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Unreadable("a folder", "a readable file")
        if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
            raise Unreadable("a pipe or socket, which would be waited for", "a readable file")
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable(error.strerror or "a file that cannot be read", "a readable file") from error
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"more than {MOST_BYTES // 1024 // 1024} MB", "a file of rules or settings")
    return raw
