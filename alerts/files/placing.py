"""Where conditions may stand inside one another, as far as the shape of each alone cannot tell. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alerts.files.document import Document, FieldPath
from alerts.files.problems import RuleProblem
from alerts.files.shape_when import When

MAX_DEPTH = 3
"""How many conditions may stand around another."""
_HAPPENS = "a condition that happens; none and call stand in an all beside one"


@dataclass(frozen=True, slots=True)
class _Places:
    document: Document

    def wrong(self, when: When, path: FieldPath, depth: int = 0) -> Iterator[RuleProblem]:
        """What may not stand here, or in here."""
        kind = when.kind
        if depth > MAX_DEPTH:
            allowed = f"conditions nested at most {MAX_DEPTH} deep"
            yield self.document.problem((*path, kind), f"{kind} at depth {depth}", allowed)
            return
        if kind in ("none", "call"):
            yield self.document.problem((*path, kind), f"{kind} by itself", _HAPPENS)
            return
        match when:
            case When(all=list(items)):
                yield from self._in_all(when, items, (*path, "all"), depth)
            case When(any=list(items)):
                yield from self._each(items, (*path, "any"), depth)
            case When(sequence=steps) if steps:
                yield from self._each(steps.steps, (*path, "sequence", "steps"), depth)

    def _each(self, items: Sequence[When], path: FieldPath, depth: int) -> Iterator[RuleProblem]:
        for index, item in enumerate(items):
            yield from self.wrong(item, (*path, index), depth + 1)

    def _in_all(self, when: When, items: Sequence[When], path: FieldPath, depth: int) -> Iterator[RuleProblem]:
        if not any(item.none is None and item.call is None for item in items):
            yield self.document.problem(path, "only none and call", "at least one condition that happens")
        if when.within_words is not None and sum(_said(item) for item in items) < 2:
            yield self.document.problem(
                (*path[:-1], "within_words"), "fewer than two words", "at least two words in all"
            )
        for index, item in enumerate(items):
            if item.none is not None:
                yield from self._blockers(item.none, (*path, index, "none"), depth + 2)
            elif item.call is None:
                yield from self.wrong(item, (*path, index), depth + 1)

    def _blockers(self, items: Sequence[When], path: FieldPath, depth: int) -> Iterator[RuleProblem]:
        for index, item in enumerate(items):
            if item.call is None:
                yield from self.wrong(item, (*path, index), depth)
            elif depth > MAX_DEPTH:
                yield self.document.problem((*path, index), "call too deep", f"nested at most {MAX_DEPTH} deep")


def wrong_places(document: Document, when: When, path: FieldPath) -> Iterator[RuleProblem]:
    """Every condition that may not stand where it does."""
    return _Places(document).wrong(when, path)


def _said(item: When) -> bool:
    if item.words is not None or item.cue is not None:
        return True
    return item.any is not None and all(_said(choice) for choice in item.any)
