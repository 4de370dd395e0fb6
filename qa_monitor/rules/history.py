"""Every set of rules that was ever in force: when, by whom, with the text of every file. Adapter: msgspec, files.

One JSON file per set, numbered; the texts beside them under their sums, each kept once.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from alerts.files.sources import Scope
from qa_monitor.records.errors import StoreError
from qa_monitor.rules.difference import Difference
from qa_monitor.rules.files import write_whole

FOLDER = "rules-history"
"""In the data folder."""


class HistoryError(StoreError):
    """What is kept of earlier rules cannot be read or written. The message says which file, and what to do."""


class How(StrEnum):
    """What brought a set into force."""

    START = "start"
    """The service started with it."""
    FILES = "files"
    """A file was changed by hand."""
    PUBLISHED = "published"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """One rule file of a set."""

    path: str
    scope: Scope
    sha256: str
    """Of its text; names the file that keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publication changed."""

    scope: Scope
    before: str | None
    """Sum of the text published before; none where there was none."""
    after: str | None
    """None: nothing is published any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeDifference:
    """What changed for some calls."""

    scope: Scope
    difference: Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One set that was in force."""

    number: int
    at: datetime
    by: str | None
    """Who published it; none where a file was changed by hand."""
    how: How
    version: str
    files: tuple[KeptFile, ...]
    differences: tuple[ScopeDifference, ...] = ()
    """Against the set before; those for whom nothing changed are left out."""
    published: Published | None = None
    undoes: int | None = None
    """The number of the publication it takes back."""


class History:
    """Reads and writes; one writer at a time."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    def entries(self, limit: int | None = None) -> tuple[Entry, ...]:
        """Newest first; no more than `limit`. Raises `HistoryError`."""
        return tuple(_entry(path) for path in sorted(self._folder.glob("[0-9]*.json"), reverse=True)[:limit])

    def last(self) -> Entry | None:
        """The newest. Raises `HistoryError`."""
        newest = max(self._folder.glob("[0-9]*.json"), default=None)
        return None if newest is None else _entry(newest)

    def entry(self, number: int) -> Entry | None:
        """One of them. Raises `HistoryError`."""
        path = self._path(number)
        return _entry(path) if path.is_file() else None

    def text(self, sha256: str) -> str:
        """The text of a kept file. Raises `HistoryError`."""
        path = self._text_path(sha256)
        try:
            return path.read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            raise HistoryError(f"{path}: the text of these rules cannot be read: restore it from a backup") from error

    def record(self, entry: Entry, texts: Mapping[str, str]) -> None:
        """Keep a set; `texts` by their sums. Raises `HistoryError`."""
        try:
            for sha256, text in texts.items():
                if not self._text_path(sha256).is_file():
                    write_whole(self._text_path(sha256), text.encode())
            write_whole(self._path(entry.number), msgspec.json.format(msgspec.json.encode(entry)))
        except OSError as error:
            raise HistoryError(f"{self._folder}: the rules cannot be kept: {error.strerror}") from error

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06}.json"

    def _text_path(self, sha256: str) -> Path:
        return self._folder / "texts" / f"{sha256}.yaml"


def to_undo(entries: Sequence[Entry], of: Callable[[Scope], bool]) -> Entry | None:
    """The latest publication for some calls that was not taken back yet, of entries newest first. Pure."""
    undone = {entry.undoes for entry in entries}
    published = (entry for entry in entries if entry.how is How.PUBLISHED and entry.number not in undone)
    return next((entry for entry in published if entry.published is not None and of(entry.published.scope)), None)


def sum_of(text: str) -> str:
    """What a text is kept under."""
    return hashlib.sha256(text.encode()).hexdigest()


def _entry(path: Path) -> Entry:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Entry)
    except (OSError, msgspec.DecodeError) as error:
        raise HistoryError(f"{path}: cannot be read ({error}): restore it from a backup, or move it away") from error
