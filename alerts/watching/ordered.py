"""What happens in order, and what happens again and again. Pure."""

from collections.abc import Iterator, Sequence

from alerts.watching.occurrence import Occurrence, together


def in_sequence(steps: Sequence[Sequence[Occurrence]], within_s: float | None) -> Iterator[Occurrence]:
    """Every sequence of one occurrence per step, each beginning when the one before had come true or later.

    One for each occurrence of the last step, reaching back as short as can be.
    """
    for last in steps[-1]:
        chosen = [last]
        for step in reversed(steps[:-1]):
            before = [one for one in step if one.reached_s <= chosen[-1].start_s]
            if not before:
                break
            chosen.append(max(before, key=lambda one: (one.reached_s, one.start_s)))
        else:
            if within_s is None or last.start_s - chosen[-1].reached_s <= within_s:
                yield together(chosen[::-1])


def repeated(occurrences: Sequence[Occurrence], times: int, within_s: float | None) -> Iterator[Occurrence]:
    """Every `times` occurrences in a row that are close enough."""
    ordered = sorted(occurrences, key=lambda one: (one.start_s, one.end_s))
    for index in range(len(ordered) - times + 1):
        group = ordered[index : index + times]
        if within_s is None or group[-1].start_s - group[0].end_s <= within_s:
            yield together(group)
