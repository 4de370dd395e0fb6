"""What the charts of a report show: which figure, which lines, on which scale. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

from qa_monitor.reports.definitions import definition
from qa_monitor.reports.records import Figure, Kind, Line, Report, Unit
from qa_monitor.reports.words import line_name, part_name
from streams.records import Language

HEADLINES: Mapping[Kind, str] = {
    Kind.CALLS: "calls",
    Kind.FLAGS: "flags_per_100",
    Kind.SCORES: "mean",
    Kind.SERVICE: "in_time_share",
    Kind.SURVEYS: "score",
    Kind.OCCUPANCY: "occupancy",
}
"""The figure that a kind of report is drawn by."""
PARTS = ("talk_s", "hold_s", "silence_s")
"""Of handle time, drawn one behind the other."""
MOST_BARS, MOST_SERIES = 12, 6
MOST_STEPS = 5
LEAST_SPAN = 1e-6
"""What differs by less is drawn as the same."""
STEPS, WHOLE_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0), (1.0, 2.0, 5.0, 10.0)
STEPS_S = (1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 18_000.0)
"""Of times: what clocks show as round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of a report over the whole time."""

    name: str
    parts: tuple[float, ...]
    """One, or several one behind the other."""
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> float:
        """All parts together."""
        return sum(self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line of a report, period by period; none where nothing is known."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Round numbers that hold all values, zero among them, in rising order."""

    ticks: tuple[float, ...]

    @property
    def low(self) -> float:
        """The least."""
        return self.ticks[0]

    @property
    def high(self) -> float:
        """The greatest."""
        return self.ticks[-1]

    def place(self, value: float) -> float:
        """0 at the least, 1 at the greatest; what lies outside is drawn at the edge."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def bars_of(report: Report, language: Language) -> tuple[Sequence[Bar], int]:
    """The first lines over the whole time, and how many there are. Of calls: handle time in its parts."""
    names = PARTS if report.asked.kind is Kind.CALLS else (HEADLINES[report.asked.kind],)
    found = []
    for line in _drawn(report):
        figures = [_figure(line, name) for name in names]
        values = [figure.value for figure in figures if figure.value is not None]
        if len(values) == len(names):
            low, high = (figures[0].low, figures[0].high) if len(names) == 1 else (None, None)
            found.append(Bar(name=_name(report, line, language), parts=tuple(values), low=low, high=high))
    return found[:MOST_BARS], len(found)


def series_of(report: Report, language: Language) -> tuple[Sequence[Series], int]:
    """The first lines period by period, and how many there are; none where there is one period."""
    if len(report.periods) < 2:
        return (), 0
    figure = HEADLINES[report.asked.kind]
    told = {(line.key, line.period): _figure(line, figure).value for line in report.lines}
    lines = _drawn(report)
    found = [
        Series(
            name=_name(report, line, language),
            values=tuple(told.get((line.key, number)) for number in range(len(report.periods))),
        )
        for line in lines[:MOST_SERIES]
    ]
    known = any(value is not None for one in found for value in one.values)
    return (found, len(lines)) if known else ((), 0)


def scale_of(unit: Unit, values: Iterable[float | None]) -> Scale:
    """Shares always up to all of them, so that charts can be compared."""
    known = [0.0, *(value for value in values if value is not None)]
    if unit is Unit.SHARE:
        return Scale(ticks=(0.0, 0.2, 0.4, 0.6, 0.8, 1.0))
    low, high = min(known), max(known)
    step = _step(unit, high - low if high - low > LEAST_SPAN else 1.0)
    first, last = floor(low / step + 1e-9), -floor(-(high / step) + 1e-9)
    return Scale(ticks=tuple(number * step for number in range(first, max(last, first + 1) + 1)))


def unit_of(report: Report) -> Unit:
    """Of its headline."""
    return definition(report.asked.kind, HEADLINES[report.asked.kind]).unit


def _step(unit: Unit, span: float) -> float:
    least = span / MOST_STEPS
    if unit is Unit.SECONDS and least <= STEPS_S[-1]:
        return next(step for step in STEPS_S if step >= least)
    # the last digit that is shown: steps that are no multiples of it would look uneven
    finest = 1.0 if unit is Unit.COUNT else 0.1
    least = max(finest, least)
    size = 10.0 ** floor(log10(least))
    steps = STEPS if size > finest else WHOLE_STEPS
    return next(times * size for times in steps if times * size >= least - 1e-12)


def _drawn(report: Report) -> Sequence[Line]:
    """Over the whole time: whom the report compares, rather than the parts of the first."""
    lines = [line for line in report.lines if line.period is None]
    whole = [line for line in lines if not line.key.part]
    return whole if len(whole) > 1 else lines


def _figure(line: Line, name: str) -> Figure:
    return next(figure for figure in line.figures if figure.name == name)


def _name(report: Report, line: Line, language: Language) -> str:
    name = line_name(report, line.key, language)
    return f"{name} · {part_name(report, line.key, language)}" if line.key.part else name
