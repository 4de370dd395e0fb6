"""The rule files of a folder, by their names. Opens none."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from alerts.files.problems import RuleProblem

ENDINGS = frozenset({".yaml", ".yml"})
"""Of rule files, in capitals as well: others in their folder are no rule files."""


def files_at(path: Path) -> list[Path]:
    """The file; for a folder, the rule files directly in it, by name."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.glob("*") if file.suffix.casefold() in ENDINGS)


def same_names(files: Iterable[Path]) -> Iterator[RuleProblem]:
    """A problem for each file that only its ending tells from another beside it: one may be a forgotten copy."""
    first: dict[Path, Path] = {}
    for file in files:
        other = first.setdefault(file.with_suffix(""), file)
        if other.name != file.name and file.suffix.casefold() in ENDINGS:
            found = f"a file of the same name beside it, {other.name}"
            yield RuleProblem(
                file=file, line=1, field="", found=found, allowed="one of the two: rename or remove the other"
            )
