"""Adapter: the charts of a report, as reportlab draws them: told apart by marks and shades, so that they print."""

from collections.abc import Sequence
from typing import Literal

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, PolyLine, Rect, Shape, String
from reportlab.lib import colors

from qa_monitor.reports.chart_data import HEADLINES, PARTS, Bar, Scale, Series, bars_of, scale_of, series_of, unit_of
from qa_monitor.reports.dates import period_tick
from qa_monitor.reports.definitions import Definition, definition
from qa_monitor.reports.records import Kind, Report, Unit
from qa_monitor.reports.words import WORDS, tick
from streams.records import Language

Anchor = Literal["start", "middle", "end"]
FONT, BOLD, SIZE = "Vera", "VeraBd", 6.5
WIDTH, HEIGHT = 374.0, 214.0
"""Points: two beside each other on a sheet."""
TITLE = 16.0
NAMES = 112.0
ROW = 14.5
LONGEST = 26
"""Signs of a name beside a chart."""
MOST_LABELS = 5
INK, GREY, GRID = colors.HexColor("#1a1f24"), colors.HexColor("#5b656e"), colors.HexColor("#d5dade")
SHADES = tuple(map(colors.HexColor, ("#2f4858", "#7d97a6", "#d3dde3")))
LINES = tuple(map(colors.HexColor, ("#1f4e79", "#a23b2c", "#3b7a3b", "#6b4f9e", "#8a6d1b", "#444444")))


def charts(report: Report, language: Language) -> Sequence[Drawing]:
    """Bars over the whole time, and the course over the periods: what there is something to draw of."""
    drawn = [bar_chart(report, language), course_chart(report, language)]
    return [one for one in drawn if one is not None]


def bar_chart(report: Report, language: Language) -> Drawing | None:
    """One bar a line, with its 95 % interval where it is an estimate; none without lines."""
    bars, of = bars_of(report, language)
    if not bars:
        return None
    split = report.asked.kind is Kind.CALLS
    unit = Unit.SECONDS if split else unit_of(report)
    scale = scale_of(unit, [value for bar in bars for value in (bar.value, bar.low, bar.high)])
    words = WORDS[language]
    title = definition(Kind.CALLS, "handle_s") if split else definition(report.asked.kind, HEADLINES[report.asked.kind])
    top = HEIGHT - TITLE - (12.0 if split else 0.0)
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.add(_title(f"{_named(title, language)} – {words.whole.lower()}"))
    if split:
        drawing.add(_legend([definition(Kind.CALLS, part) for part in PARTS], language, top))
    drawing.add(_scale_across(scale, unit, language, top, top - len(bars) * ROW))
    for number, bar in enumerate(bars):
        drawing.add(_bar(bar, scale, unit, language, top - (number + 0.5) * ROW))
    if of > len(bars):
        drawing.add(_text(NAMES, 2, words.more.format(n=of - len(bars)), colour=GREY))
    return drawing


def course_chart(report: Report, language: Language) -> Drawing | None:
    """A line a line of the report, broken where nothing is known; none where there is one period."""
    series, of = series_of(report, language)
    if not series:
        return None
    words, unit = WORDS[language], unit_of(report)
    told = definition(report.asked.kind, HEADLINES[report.asked.kind])
    scale = scale_of(unit, [value for one in series for value in one.values])
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.add(_title(f"{_named(told, language)} {words.every[report.asked.every]}"))
    plot = _Plot(scale=scale, periods=len(report.periods))
    drawing.add(plot.grid(unit, language))
    drawing.add(plot.names([period_tick(report, each, language) for each in report.periods]))
    for number, one in enumerate(series):
        drawing.add(plot.line(one, number))
        drawing.add(plot.key(one, number))
    if of > len(series):
        drawing.add(_text(plot.right + 8, plot.key_y(len(series)), words.more.format(n=of - len(series)), colour=GREY))
    return drawing


class _Plot:
    """Where things lie in a chart of a course."""

    left, bottom = 34.0, 20.0
    right, top = WIDTH - NAMES - 8.0, HEIGHT - TITLE - 4.0

    def __init__(self, *, scale: Scale, periods: int) -> None:
        self._scale, self._periods = scale, periods

    def x(self, number: int) -> float:
        return self.left + 8 + number * (self.right - self.left - 16) / (self._periods - 1)

    def y(self, value: float) -> float:
        return self.bottom + self._scale.place(value) * (self.top - self.bottom)

    def grid(self, unit: Unit, language: Language) -> Group:
        group = Group()
        for value in self._scale.ticks:
            colour = GREY if value == 0 else GRID
            group.add(Line(self.left, self.y(value), self.right, self.y(value), strokeColor=colour, strokeWidth=0.5))
            group.add(_text(self.left - 4, self.y(value) - 2.2, tick(value, unit, language), anchor="end", colour=GREY))
        return group

    def names(self, names: Sequence[str]) -> Group:
        group = Group()
        each = -(-len(names) // MOST_LABELS)
        for number, name in enumerate(names):
            if number % each == 0:
                group.add(_text(self.x(number), self.bottom - 11, name, anchor="middle", colour=GREY))
        return group

    def line(self, one: Series, number: int) -> Group:
        group, colour = Group(), LINES[number % len(LINES)]
        for (a, before), (b, after) in zip(enumerate(one.values), list(enumerate(one.values))[1:], strict=False):
            if before is not None and after is not None:
                points = [self.x(a), self.y(before), self.x(b), self.y(after)]
                group.add(PolyLine(points, strokeColor=colour, strokeWidth=1.1))
        for place, value in enumerate(one.values):
            if value is not None:
                group.add(_mark(self.x(place), self.y(value), number))
        return group

    def key(self, one: Series, number: int) -> Group:
        y = self.key_y(number)
        return Group(_mark(self.right + 12, y + 2.2, number), _text(self.right + 20, y, _short(one.name)))

    def key_y(self, number: int) -> float:
        return self.top - 6 - number * 13


def _bar(bar: Bar, scale: Scale, unit: Unit, language: Language, y: float) -> Group:
    group, left = Group(_text(NAMES - 6, y - 2.2, _short(bar.name), anchor="end")), 0.0
    # a bar alone is light: its interval is drawn upon it
    for part, shade in zip(bar.parts, SHADES if len(bar.parts) > 1 else SHADES[1:], strict=False):
        begin, end = sorted((_across(scale, left), _across(scale, left + part)))
        group.add(_box(begin, y - 4.5, end - begin, 9, shade))
        left += part
    end = _across(scale, max(bar.value, 0.0))
    if bar.low is not None and bar.high is not None:
        low, high = _across(scale, bar.low), _across(scale, bar.high)
        group.add(Line(low, y, high, y, strokeColor=INK, strokeWidth=0.8))
        group.add(Line(low, y - 2, low, y + 2, strokeColor=INK, strokeWidth=0.8))
        group.add(Line(high, y - 2, high, y + 2, strokeColor=INK, strokeWidth=0.8))
        end = max(end, high)
    group.add(_text(end + 4, y - 2.2, tick(bar.value, unit, language)))
    return group


def _across(scale: Scale, value: float) -> float:
    return NAMES + scale.place(value) * (WIDTH - NAMES - 34)


def _scale_across(scale: Scale, unit: Unit, language: Language, top: float, bottom: float) -> Group:
    group = Group()
    for value in scale.ticks:
        x = _across(scale, value)
        group.add(Line(x, top, x, bottom - 2, strokeColor=GREY if value == 0 else GRID, strokeWidth=0.5))
        group.add(_text(x, bottom - 10, tick(value, unit, language), anchor="middle", colour=GREY))
    return group


def _legend(parts: Sequence[Definition], language: Language, top: float) -> Group:
    group = Group()
    for number, (part, shade) in enumerate(zip(parts, SHADES, strict=False)):
        x = NAMES + number * 84
        group.add(_box(x, top + 4, 7, 7, shade))
        group.add(_text(x + 10, top + 5, _named(part, language)))
    return group


def _mark(x: float, y: float, number: int) -> Shape:
    colour, size = LINES[number % len(LINES)], 2.6
    shapes = {
        1: [x - size, y - size, x + size, y - size, x + size, y + size, x - size, y + size],
        2: [x, y + 3, x + 3, y - 2.4, x - 3, y - 2.4],
        3: [x, y + 3.4, x + 3.4, y, x, y - 3.4, x - 3.4, y],
        4: [x, y - 3, x + 3, y + 2.4, x - 3, y + 2.4],
    }
    points = shapes.get(number)
    if points is None:
        return Circle(x, y, size, fillColor=colors.white if number else colour, strokeColor=colour, strokeWidth=1)
    return Polygon(points, fillColor=colour, strokeColor=colour, strokeWidth=0.4)


def _title(text: str) -> String:
    return String(0, HEIGHT - 9, text, fontName=BOLD, fontSize=8, fillColor=INK)


def _box(x: float, y: float, width: float, height: float, shade: colors.Color) -> Rect:
    box = Rect(x, y, width, height)
    box.fillColor, box.strokeColor, box.strokeWidth = shade, GREY, 0.3
    return box


def _text(x: float, y: float, text: str, *, anchor: Anchor = "start", colour: colors.Color = INK) -> String:
    return String(x, y, text, fontName=FONT, fontSize=SIZE, textAnchor=anchor, fillColor=colour)


def _named(one: Definition, language: Language) -> str:
    return one.fr if language is Language.FR else one.en


def _short(name: str) -> str:
    """Without its client where it is long, then without its middle: agents differ at the start, parts at the end."""
    own = name if len(name) <= LONGEST else name.rpartition(" / ")[2]
    return own if len(own) <= LONGEST else f"{own[: LONGEST // 2]}…{own[1 - LONGEST // 2 :]}"
