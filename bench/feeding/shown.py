"""What one page showed of the feed, and whether that is what was told. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Change = tuple[str, str]
"""A flag's id and its state."""


@dataclass(slots=True, kw_only=True)
class Shown:
    """One page, which resumes after the last event it showed."""

    last_id: str | None = None
    changes: list[Change] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Of the last event it showed; 0 before the first."""
        return 0 if self.last_id is None else int(self.last_id.rpartition("-")[2])

    def show(self, event_id: str | None, change: Change | None) -> None:
        """One event; `change` where it is a flag."""
        self.last_id = event_id or self.last_id
        if change is not None:
            self.changes.append(change)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Between what was told and what pages showed, over all of them."""

    missing: int
    twice: int
    out_of_order: int
    """Pages that showed everything once, in another order."""


def difference(told: Sequence[Change], pages: Iterable[Sequence[Change]]) -> Difference:
    """Every change must be on every page once, in the order in which it was told."""
    missing = twice = out_of_order = 0
    for shown in pages:
        counted = Counter(shown)
        missing += sum(change not in counted for change in told)
        twice += sum(count - 1 for count in counted.values())
        out_of_order += set(shown) == set(told) and len(shown) == len(told) and list(shown) != list(told)
    return Difference(missing=missing, twice=twice, out_of_order=out_of_order)
