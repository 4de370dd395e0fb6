"""Which rule files there are, and whether one has changed. Opens none."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from alerts.files.folders import files_at

Stamp = tuple[tuple[Path, int, int, int], ...]
"""Every file with its time, size and number on disk: another stamp means that something changed."""


def rule_files(named: Sequence[Path]) -> tuple[Path, ...]:
    """The files named, and those in folders named, in that order, each once.

    A file that is named and missing stays in the list: reading it says so.
    """
    found: dict[Path, Path] = {}
    for path in named:
        for file in files_at(path):
            found.setdefault(Path(os.path.realpath(file)), file)
    return tuple(found.values())


def stamp(files: Iterable[Path]) -> Stamp:
    """What tells whether a file has changed, without reading it."""
    return tuple((file, *_signs(file)) for file in files)


def _signs(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, -1, 0
    return found.st_mtime_ns, found.st_size, found.st_ino
