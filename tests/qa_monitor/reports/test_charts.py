"""Charts of printed reports: round scales that hold every value, drawn within their sheet, in both languages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.shapes import Drawing, Group, Line, Rect, String

from qa_monitor.reports.chart_data import MOST_BARS, MOST_STEPS, Scale, bars_of, scale_of, series_of
from qa_monitor.reports.charts import HEIGHT, WIDTH, charts
from qa_monitor.reports.lines import lines_of
from qa_monitor.reports.pdf import load_fonts
from qa_monitor.reports.periods import Every, periods, zone_named
from qa_monitor.reports.records import Asked, By, Key, Kind, Report, Tally, Unit
from streams.records import Language

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 22)
"""Three weeks."""
SUMS = {"offered": 100.0, "answered": 90.0, "in_time": 72.0, "gave_up_soon": 0.0, "wait_s": 900.0, "wait_s2": 9_500.0}
numbers = st.one_of(st.none(), st.floats(min_value=-100, max_value=1e6, allow_nan=False))


def a_report(*names: str, every: Every = Every.WEEK, without: int | None = None) -> Report:
    """Service level; `without`: a period in which the first line has nothing."""
    asked = Asked(kind=Kind.SERVICE, by=By.TEAM, every=every, zone="Europe/Paris", first=FIRST, last=LAST)
    cut = periods(FIRST, LAST, every, zone_named(asked.zone))
    tallies = [
        Tally(key=Key("default", name), period=number, sums=SUMS)
        for name in names
        for number in range(len(cut))
        if not (name == names[0] and number == without)
    ]
    return Report(asked=asked, periods=cut, lines=lines_of(Kind.SERVICE, tallies))


@given(unit=st.sampled_from([Unit.COUNT, Unit.SECONDS, Unit.POINTS, Unit.RATE]), values=st.lists(numbers, max_size=20))
def test_a_scale_holds_every_value_in_few_rising_steps(unit: Unit, values: list[float | None]) -> None:
    scale = scale_of(unit, values)
    known = [value for value in values if value is not None]

    assert list(scale.ticks) == sorted(set(scale.ticks))
    assert 2 <= len(scale.ticks) <= MOST_STEPS + 2
    assert 0.0 in scale.ticks
    assert all(
        scale.low <= value + 1e-6 * (1 + abs(value)) and value - 1e-6 * (1 + abs(value)) <= scale.high
        for value in known
    )


@pytest.mark.parametrize(
    ("unit", "values", "ticks"),
    [
        (Unit.COUNT, [1], (0, 1)),
        (Unit.COUNT, [3], (0, 1, 2, 3)),
        (Unit.COUNT, [12], (0, 5, 10, 15)),
        (Unit.COUNT, [137], (0, 50, 100, 150)),
        (Unit.RATE, [1.1], (0, 0.5, 1, 1.5)),
        (Unit.RATE, [0.04], (0, 0.1)),
        (Unit.SECONDS, [95], (0, 30, 60, 90, 120)),
        (Unit.POINTS, [-40, 35], (-40, -20, 0, 20, 40)),
        (Unit.SHARE, [0.3], (0, 0.2, 0.4, 0.6, 0.8, 1)),
    ],
)
def test_scales_are_round_as_people_read_them(unit: Unit, values: list[float], ticks: tuple[float, ...]) -> None:
    assert scale_of(unit, values).ticks == ticks


def test_what_lies_outside_of_a_scale_is_drawn_at_its_edge() -> None:
    scale = Scale(ticks=(0.0, 10.0))

    assert [scale.place(value) for value in (-5, 0, 2.5, 10, 99)] == [0, 0, 0.25, 1, 1]


def test_whom_a_report_compares_is_drawn_rather_than_the_parts_of_the_first() -> None:
    """With one line for all rules together there is nobody to compare: then its rules are drawn."""
    keys = [Key("default", name, part) for name in ("north", "south") for part in ("", "refund", "supervisor")]
    asked = Asked(kind=Kind.FLAGS, by=By.TEAM, every=Every.WEEK, zone="Europe/Paris", first=FIRST, last=LAST)
    cut = periods(FIRST, LAST, asked.every, zone_named(asked.zone))
    sums = {"calls": 10.0, "told": 2.0}

    def named(*of: Key) -> list[list[str]]:
        tallies = [Tally(key=key, period=0, sums=sums) for key in of]
        report = Report(asked=asked, periods=cut, lines=lines_of(Kind.FLAGS, tallies))
        return [[one.name for one in drawn(report, Language.EN)[0]] for drawn in (bars_of, series_of)]

    assert named(*keys) == [["north", "south"]] * 2
    assert [len(names) for names in named(*keys[:3])] == [3, 3]


def test_a_period_without_anything_leaves_a_gap() -> None:
    series, of = series_of(a_report("north", "south", without=1), Language.EN)

    assert [[value is None for value in one.values] for one in series] == [[False, True, False], [False] * 3]
    assert of == 2
    assert series_of(a_report("north", every=Every.WHOLE), Language.EN) == ((), 0)


def test_more_lines_than_there_is_room_for_are_said_to_be_in_the_table() -> None:
    report = a_report(*(f"team {number:02}" for number in range(20)))
    bars, of = bars_of(report, Language.EN)

    assert (len(bars), of) == (MOST_BARS, 20)
    assert [f"{20 - MOST_BARS} more: in the table" in texts(one) for one in charts(report, Language.EN)] == [
        True,
        False,
    ]
    assert "14 more: in the table" in texts(charts(report, Language.EN)[1])


def texts(drawing: Drawing | Group) -> list[str]:
    return [one.text for one in shapes(drawing) if isinstance(one, String)]


def shapes(drawing: Drawing | Group) -> Iterator[object]:
    for one in drawing.contents:
        if isinstance(one, Group):
            yield from shapes(one)
        else:
            yield one


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.EN, {"Answered in time – whole time", "Answered in time by week", "9\u00a0Mar", "80%"}),
        (
            Language.FR,
            {"Décrochés à temps – toute la durée", "Décrochés à temps par semaine", "9\u00a0mars", "80\u00a0%"},
        ),
    ],
)
def test_charts_are_written_in_the_language_of_the_report(language: Language, said: set[str]) -> None:
    drawn = charts(a_report("north", "south"), language)

    assert said <= {text for one in drawn for text in texts(one)}


@pytest.mark.parametrize("names", [("north",), tuple(f"a team with a very long name {number}" for number in range(30))])
def test_everything_is_drawn_within_its_half_of_the_sheet(names: tuple[str, ...]) -> None:
    """Words too, as wide as they are printed."""
    load_fonts()
    for drawing in charts(a_report(*names), Language.FR):
        left, bottom, right, top = drawing.getBounds()

        assert (drawing.width, drawing.height) == (WIDTH, HEIGHT)
        assert (left >= -1, bottom >= -1, right <= WIDTH + 1, top <= HEIGHT + 1) == (True,) * 4


def test_a_bar_is_as_long_as_its_value() -> None:
    """Half of the scale is half of the way."""
    report = a_report("north")
    half = replace(report, lines=tuple(line for line in report.lines if line.period is None))
    (bar,) = [one for one in shapes(charts(half, Language.EN)[0]) if isinstance(one, Rect)]
    full = 0.72 / 1.0

    assert bar.width == pytest.approx(full * bar_room(), abs=0.6)


def bar_room() -> float:
    """As far as a bar of the whole scale goes."""
    drawing = charts(a_report("north"), Language.EN)[0]
    lines = [one.x1 for one in shapes(drawing) if isinstance(one, Line) and one.x1 == one.x2 and one.strokeWidth == 0.5]
    return float(max(lines) - min(lines))
