"""What was counted, to the lines of a report. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from qa_monitor.reports.figures import FIGURES
from qa_monitor.reports.records import Key, Kind, Line, Sums, Tally


def added(sums: Iterable[Sums]) -> Sums:
    """All of them together."""
    total: dict[str, float] = defaultdict(float)
    for each in sums:
        for name, value in each.items():
            total[name] += value
    return dict(total)


def lines_of(kind: Kind, tallies: Sequence[Tally]) -> tuple[Line, ...]:
    """By whose they are: the whole time first, then period by period. What nothing was counted for has no line."""
    make = FIGURES[kind]
    by_key: dict[Key, list[Tally]] = defaultdict(list)
    for tally in tallies:
        # answers to different questions have no sum
        if tally.key.part or kind is not Kind.SURVEYS:
            by_key[tally.key].append(tally)
    lines: list[Line] = []
    for key, own in sorted(by_key.items()):
        lines.append(Line(key=key, period=None, figures=make(key, added(tally.sums for tally in own))))
        for tally in sorted(own, key=lambda tally: tally.period):
            lines.append(Line(key=key, period=tally.period, figures=make(key, tally.sums)))
    return tuple(lines)
