"""Searches every file of a data folder for bytes that should be gone. Blocks on the disk: not for the event loop."""

from collections.abc import Sequence
from pathlib import Path

CHUNK = 4 * 1024 * 1024


def count_traces(folder: Path, wanted: Sequence[bytes]) -> int:
    """How many of these are found, each counted once per file that holds it in its content or its name."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    return sum(len(found_in(path, wanted)) for path in files)


def found_in(path: Path, wanted: Sequence[bytes]) -> frozenset[bytes]:
    """Which of these stand in a file or its name. A file that went away meanwhile holds nothing."""
    found = {one for one in wanted if one in path.name.encode()}
    kept = max(map(len, wanted), default=1) - 1
    before = b""
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                # what begins at the end of one piece goes on in the next
                piece = before + chunk
                found |= {one for one in wanted if one in piece}
                before = piece[-kept:] if kept else b""
    except FileNotFoundError:
        return frozenset()
    return frozenset(found)
