"""Occupancy: handling time over staffed time, by day, and what is a strain on somebody."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qa_monitor.people.shifts import read_shift
from qa_monitor.reports.occupancy import Day, Worked, figures, length, occupancy_lines, staffed
from qa_monitor.reports.periods import Every, periods, zone_named
from qa_monitor.reports.records import Line

PARIS = zone_named("Europe/Paris")
MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)
DAYS = periods(MONDAY, SUNDAY, Every.DAY, PARIS)
WEEK = periods(MONDAY, SUNDAY, Every.WEEK, PARIS)
OFFICE = (read_shift("mon-fri 09:00-17:00 Europe/Paris"),)


def on_call(began_at: datetime, minutes: float, agent: str = "ann") -> Worked:
    begins = began_at.timestamp()
    return Worked(tenant="default", agent_id=agent, spans=((begins, begins + minutes * 60),))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=PARIS).astimezone(UTC)


def value(line: Line, name: str) -> float | None:
    return next(figure.value for figure in line.figures if figure.name == name)


def lines(worked: list[Worked], shifts: object = OFFICE) -> tuple[Line, ...]:
    return occupancy_lines(worked, DAYS, WEEK, lambda tenant, agent: OFFICE if shifts is OFFICE else ())


def test_six_hours_of_calls_in_eight_of_work() -> None:
    (whole, week) = lines([on_call(at(2, 9), 180), on_call(at(2, 13), 180)])

    assert value(whole, "occupancy") == pytest.approx(0.75)
    assert value(week, "staffed_s") == 8 * 3600


def test_without_shifts_the_day_lasts_from_the_first_call_to_the_last() -> None:
    (whole, _) = lines([on_call(at(2, 9), 60), on_call(at(2, 11), 60)], shifts=())

    assert value(whole, "staffed_s") == 3 * 3600
    assert value(whole, "occupancy") == pytest.approx(2 / 3)


def test_a_call_over_midnight_is_divided_between_the_days() -> None:
    days = periods(MONDAY, MONDAY + timedelta(days=1), Every.DAY, PARIS)
    found = occupancy_lines([on_call(at(2, 23, 30), 60)], days, days, lambda tenant, agent: ())

    assert [value(line, "handling_s") for line in found] == [3600, 1800, 1800]


def test_two_calls_at_once_are_one_stretch_of_work() -> None:
    (whole, _) = lines([on_call(at(2, 9), 60), on_call(at(2, 9, 30), 60)], shifts=())

    assert value(whole, "handling_s") == 90 * 60


def test_a_call_that_outlasts_the_shift_is_work_too() -> None:
    (whole, _) = lines([on_call(at(2, 16), 120)])

    assert value(whole, "staffed_s") == 9 * 3600


def test_days_without_calls_are_not_counted_as_work() -> None:
    """Somebody who was ill had no low load."""
    (whole, _) = lines([on_call(at(2, 9), 8 * 60)])

    assert value(whole, "occupancy") == 1.0
    assert value(whole, "days") == 1


@pytest.mark.parametrize(("days", "risk"), [(2, False), (3, True), (5, True)])
def test_load_above_nine_tenths_on_three_days_is_a_risk(days: int, risk: bool) -> None:
    """One busy day is none."""
    whole = lines([on_call(at(2 + number, 9), 8 * 60 * 0.95) for number in range(days)])[0]

    assert whole.figures[0].value == pytest.approx(0.95)
    assert whole.figures[0].risk is risk


def test_a_high_mean_alone_is_no_lasting_load() -> None:
    quiet, busy = Day(handling_s=3600, staffed_s=8 * 3600), Day(handling_s=7.6 * 3600, staffed_s=8 * 3600)

    assert not figures([quiet, quiet, busy, busy, busy])[0].risk
    assert figures([quiet, quiet, busy, busy, busy])[-1].risk


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 8), (date(2026, 3, 29), 7), (date(2026, 10, 25), 9)])
def test_a_night_in_which_clocks_change_is_shorter_or_longer(day: date, hours: int) -> None:
    """The shift begins the evening before."""
    night = (read_shift("mon-sun 22:00-06:00 Europe/Paris"),)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=PARIS).astimezone(UTC)

    assert length(staffed(night, noon - timedelta(hours=18), noon)) == hours * 3600
