"""Days, weeks and months are right where clocks change, and tile the time whatever is asked for."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.reports.periods import Every, ZoneError, day_begins, latest_whole, periods, place, zone_named

PARIS, MONTREAL = zone_named("Europe/Paris"), zone_named("America/Montreal")
ZONES = ("Europe/Paris", "America/Montreal", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "UTC")
DAYS = st.dates(date(2000, 1, 1), date(2037, 12, 31))


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (PARIS, date(2026, 3, 28), 24),
        (PARIS, date(2026, 3, 29), 23),
        (PARIS, date(2026, 10, 25), 25),
        (MONTREAL, date(2026, 3, 8), 23),
        (MONTREAL, date(2026, 11, 1), 25),
        (MONTREAL, date(2026, 3, 29), 24),
    ],
)
def test_a_day_lasts_as_long_as_it_does(zone: object, day: date, hours: int) -> None:
    """Clocks go forward in spring and back in autumn, on other days on the other side of the sea."""
    assert zone in (PARIS, MONTREAL)
    (found,) = periods(day, day, Every.DAY, PARIS if zone is PARIS else MONTREAL)

    assert found.seconds == hours * 3600


def test_a_week_in_which_clocks_change_has_an_hour_more_or_less() -> None:
    spring, autumn = (
        periods(day, day + timedelta(days=6), Every.WEEK, PARIS)[0] for day in (date(2026, 3, 23), date(2026, 10, 19))
    )

    assert (spring.name, spring.seconds) == ("2026-W13", (7 * 24 - 1) * 3600)
    assert (autumn.name, autumn.seconds) == ("2026-W43", (7 * 24 + 1) * 3600)
    assert spring.since == datetime(2026, 3, 22, 23, tzinfo=UTC)
    assert spring.until == datetime(2026, 3, 29, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 12, 28), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2021, 1, 3), "2020-W53"),
    ],
)
def test_weeks_over_new_year_are_those_of_iso_8601(day: date, name: str) -> None:
    (found,) = periods(day, day, Every.WEEK, PARIS)

    assert found.name == name
    assert found.cut


def test_a_call_before_midnight_in_montreal_is_of_the_next_day_in_paris() -> None:
    """The same instant, two days, and two weeks."""
    at = datetime(2026, 3, 16, 3, 30, tzinfo=UTC)
    in_paris = periods(date(2026, 3, 9), date(2026, 3, 22), Every.WEEK, PARIS)
    in_montreal = periods(date(2026, 3, 9), date(2026, 3, 22), Every.WEEK, MONTREAL)

    assert in_paris[place([each.since for each in in_paris], at)].name == "2026-W12"
    assert in_montreal[place([each.since for each in in_montreal], at)].name == "2026-W11"


def test_parts_of_weeks_and_months_are_told_as_such() -> None:
    weeks = periods(date(2026, 3, 4), date(2026, 3, 17), Every.WEEK, PARIS)
    months = periods(date(2026, 1, 1), date(2026, 3, 15), Every.MONTH, PARIS)

    assert [(each.name, each.cut) for each in weeks] == [("2026-W10", True), ("2026-W11", False), ("2026-W12", True)]
    assert [(each.name, each.cut) for each in months] == [("2026-01", False), ("2026-02", False), ("2026-03", True)]


@given(first=DAYS, length=st.integers(0, 120), every=st.sampled_from(Every), zone=st.sampled_from(ZONES))
def test_periods_tile_the_time(first: date, length: int, every: Every, zone: str) -> None:
    """No gap, no overlap, every instant in exactly one; one after the other."""
    last, where = first + timedelta(days=length), zone_named(zone)
    found = periods(first, last, every, where)

    assert found[0].since == day_begins(first, where)
    assert found[-1].until == day_begins(last + timedelta(days=1), where)
    for one, following in pairwise(found):
        assert one.until == following.since
    for one in found:
        # a whole day was left out once where the date line moved: such a day is empty, never less
        assert one.seconds >= 0
        days = (one.last - one.first).days + 1
        assert abs(one.seconds - days * 86_400) <= 86_400


@given(at=st.datetimes(datetime(2001, 1, 1), datetime(2037, 1, 1)), zone=st.sampled_from(ZONES[:4]))
def test_an_instant_is_of_the_day_its_clock_shows(at: datetime, zone: str) -> None:
    """Whatever the clocks did that day."""
    where, instant = zone_named(zone), at.replace(tzinfo=UTC)
    day = instant.astimezone(where).date()
    (found,) = periods(day, day, Every.DAY, where)

    assert found.since <= instant < found.until


def test_the_latest_whole_week_and_month() -> None:
    """On a Monday the week before is over; on the first, the month before."""
    assert latest_whole(date(2027, 1, 4), Every.WEEK) == (date(2026, 12, 28), date(2027, 1, 3))
    assert latest_whole(date(2027, 1, 3), Every.WEEK) == (date(2026, 12, 21), date(2026, 12, 27))
    assert latest_whole(date(2026, 3, 1), Every.MONTH) == (date(2026, 2, 1), date(2026, 2, 28))


def test_a_zone_nobody_knows_is_refused_in_words() -> None:
    with pytest.raises(ZoneError, match="found 'Mars/Olympus'; allowed: a zone"):
        zone_named("Mars/Olympus")
