"""All parts of a condition close enough to one another, and nothing that must stay away. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alerts.watching.occurrence import Occurrence, gap_s, together


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far apart the parts may be; None: as far as they like."""

    within_s: float | None = None
    within_words: int | None = None

    def behind(self, first: Occurrence, other: Occurrence) -> bool:
        """Whether the other, which does not end before the first, begins soon enough after it."""
        in_time = self.within_s is None or other.start_s - first.end_s <= self.within_s
        return in_time and (self.within_words is None or _words_between(first, other) <= self.within_words)


def all_of(parts: Sequence[Sequence[Occurrence]], reach: Reach) -> Iterator[Occurrence]:
    """One of each part, once for each that can be the first to end; what is fresh and what is late is preferred."""
    if not all(parts):
        return
    for index, part in enumerate(parts):
        for first in part:
            chosen = _with_first(parts, index, first, reach)
            if chosen is not None:
                yield together(chosen)


def clear_of(occurrence: Occurrence, blockers: Sequence[Occurrence], within_s: float | None) -> bool:
    """Whether no blocker lies within so many seconds of it, before or after; None: whether there is none at all."""
    return not any(within_s is None or gap_s(occurrence, blocker) <= within_s for blocker in blockers)


def _with_first(
    parts: Sequence[Sequence[Occurrence]], index: int, first: Occurrence, reach: Reach
) -> list[Occurrence] | None:
    """One of each part, none ending before `first`, which is the choice for its own part."""
    chosen: list[Occurrence] = []
    for number, part in enumerate(parts):
        able = (
            [first]
            if number == index
            else [one for one in part if _ends(one) >= _ends(first) and reach.behind(first, one)]
        )
        if not able:
            return None
        chosen.append(max(able, key=_newest))
    return chosen


def _ends(occurrence: Occurrence) -> tuple[float, int]:
    return (occurrence.end_s, occurrence.place.last if occurrence.place else 0)


def _newest(occurrence: Occurrence) -> tuple[bool, float, float]:
    return (occurrence.fresh, occurrence.start_s, occurrence.end_s)


def _words_between(first: Occurrence, other: Occurrence) -> float:
    """How many words stand between them; infinite where they are not words of one utterance."""
    if first.place is None or other.place is None or first.place.utterance_id != other.place.utterance_id:
        return float("inf")
    return max(0, other.place.first - first.place.last - 1)
