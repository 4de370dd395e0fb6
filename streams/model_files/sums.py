"""What is known of a model's files: their SHA-256 sums, and the stamp that says they were checked."""

import hashlib
import json
import os
import tempfile
from pathlib import Path

STAMP = "verified.json"
"""Written into a model's folder once its sums were right: what was checked, so that it is not read again."""


class ModelError(Exception):
    """A speech model is missing or damaged: what is wrong, and what to do about it."""

    def __init__(self, model: str, problem: str, remedy: str) -> None:
        self.model = model
        self.problem = problem
        self.remedy = remedy
        super().__init__(model, problem, remedy)

    def __str__(self) -> str:
        return f"speech model {self.model}: {self.problem}. {self.remedy}."


def verify(model: str, folder: Path, sums: dict[str, str]) -> None:
    """Read every file and compare its sum; raises ModelError naming the first file that differs."""
    for name, expected in sums.items():
        if not (folder / name).is_file():
            raise ModelError(model, f"{folder / name} is missing", f"Delete {folder} and start again")
        found = sha256_of(folder / name)
        if found != expected:
            raise ModelError(
                model,
                f"{folder / name} is damaged: its sha256 is {found}, expected {expected}",
                f"Delete {folder} and start again",
            )
    if os.access(folder, os.W_OK):  # a read-only volume is read in full at each start: slower, no less safe
        write_stamp(folder, sums)


def write_stamp(folder: Path, sums: dict[str, str]) -> None:
    """Record that the files of `folder`, as they are now, have these sums."""
    content = json.dumps({"sums": sums, "files": _marks(folder, sums)}, indent=1)
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".stamp-", delete=False, encoding="utf-8") as file:
        file.write(content)
    os.chmod(file.name, 0o644)  # readable by the service's own user, whoever joined the model
    os.replace(file.name, folder / STAMP)


def read_sums(folder: Path) -> dict[str, str]:
    """The sums recorded for `folder`, by file name; empty where none were."""
    try:
        content = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        return {str(name): str(value) for name, value in content["sums"].items()}
    except (FileNotFoundError, ValueError, KeyError, AttributeError, TypeError):
        return {}  # a stamp that cannot be read proves nothing: the files are then read again


def stamp_holds(folder: Path, sums: dict[str, str]) -> bool:
    """True when these very files were checked before: same sums asked for, same sizes and times since."""
    try:
        content = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        return bool(content == {"sums": sums, "files": _marks(folder, sums)})
    except (OSError, ValueError):
        return False


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _marks(folder: Path, names: dict[str, str]) -> dict[str, list[int]]:
    marks = {}
    for name in names:
        status = (folder / name).stat()
        marks[name] = [status.st_size, status.st_mtime_ns]
    return marks
