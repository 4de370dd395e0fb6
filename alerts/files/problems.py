"""What is wrong in a rule file, said so that the person who wrote it can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleProblem:
    """One thing wrong in a rule file."""

    file: Path
    line: int
    """Counted from 1."""
    field: str
    """For example `rules[2].deadline_s`; empty for the file as a whole."""
    found: str
    allowed: str
    rule_id: str = ""
    """The rule it is in, where that has an id."""
    inherited: bool = False
    """Whether the field is not written here but comes from the rule of the same id that this one changes."""

    def __str__(self) -> str:
        field = f" {self.field}{' (inherited)' if self.inherited else ''}:" if self.field else ""
        return f"{self.file}:{self.line}:{field} found {self.found}; allowed: {self.allowed}"


class RuleError(Exception):
    """Rule files were refused. `problems` lists everything wrong in them, in reading order; rules in force stay so."""

    def __init__(self, problems: Sequence[RuleProblem]) -> None:
        super().__init__(*problems)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
