"""Whom a flag goes to: shifts, absences, floods, and never nobody."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.records import CoachId, FlagId
from qa_monitor.people.duty import Duty
from qa_monitor.people.records import Directory
from qa_monitor.people.routing import Place, Routed, Standing, Why, route
from qa_monitor.people.shifts import Shift, ShiftError, read_shift
from tests.qa_monitor.builders import a_stored_flag
from tests.qa_monitor.staff import ANN, BEN, CLEO, EVENING, FAY, MONDAY, NORTH, SOUTH, a_coach, a_directory, away

OF_BEN = Place(tenant="default", team="north", agent_id="agent-7")
OF_NOBODY = Place(tenant="default", team="north", agent_id="agent-8")


def sent(
    place: Place = OF_NOBODY,
    directory: Directory | None = None,
    now: datetime = MONDAY,
    flooded: Collection[str] = (),
    present: Collection[str] | None = None,
) -> tuple[set[str], Why]:
    standing = Standing(
        flooded={CoachId(name) for name in flooded},
        present=None if present is None else {CoachId(name) for name in present},
    )
    routed = route(place, directory or a_directory(), now, standing)
    return set(routed.coaches), routed.why


def test_a_flag_goes_to_the_coaches_of_the_team_who_are_on_shift() -> None:
    """Who has no shifts always works; nobody of another team is told."""
    assert sent() == ({ANN, BEN}, Why.ON_SHIFT)
    assert sent(now=EVENING) == ({ANN}, Why.ON_SHIFT)


def test_an_agents_own_coach_comes_first() -> None:
    """While on shift; else whoever is."""
    assert sent(OF_BEN) == ({BEN}, Why.OWN_COACH)
    assert sent(OF_BEN, now=EVENING) == ({ANN}, Why.ON_SHIFT)


def test_who_stands_in_gets_what_the_absent_coach_would() -> None:
    """Also from another team, and by the hours of the one who is away."""
    covered = a_directory(away(BEN, CLEO))

    assert sent(OF_BEN, covered) == ({CLEO}, Why.COVERED)
    assert sent(OF_NOBODY, covered) == ({ANN, CLEO}, Why.ON_SHIFT)
    assert sent(OF_BEN, covered, now=EVENING) == ({ANN}, Why.ON_SHIFT)
    assert sent(OF_BEN, covered, now=MONDAY + timedelta(days=1)) == ({BEN}, Why.OWN_COACH)


def test_an_absent_coach_without_a_stand_in_is_left_out() -> None:
    assert sent(OF_BEN, a_directory(away(BEN))) == ({ANN}, Why.ON_SHIFT)
    assert sent(OF_NOBODY, a_directory(away(BEN))) == ({ANN}, Why.ON_SHIFT)


def test_two_who_stand_in_for_each_other_are_both_away() -> None:
    """Then the flag goes to everyone: it never goes round in a circle."""
    circle = a_directory(away(ANN, BEN), away(BEN, ANN))

    assert sent(OF_BEN, circle) == (set(), Why.NOBODY)


def test_a_flooded_coach_is_spared_where_another_is_free() -> None:
    """The free coach of the team; with all flooded, the flag stays where it belongs."""
    assert sent(flooded=[ANN]) == ({BEN}, Why.FREE)
    assert sent(OF_BEN, flooded=[BEN]) == ({ANN}, Why.FREE)
    assert sent(OF_BEN, flooded=[ANN, BEN]) == ({BEN}, Why.OWN_COACH)
    assert sent(flooded=[ANN, BEN]) == ({ANN, BEN}, Why.ON_SHIFT)
    assert sent(flooded=[CLEO]) == ({ANN, BEN}, Why.ON_SHIFT)


def test_who_has_no_console_open_does_not_count_as_there() -> None:
    """A flag on a screen that nobody looks at is told to nobody."""
    assert sent(OF_BEN, present=[ANN]) == ({ANN}, Why.ON_SHIFT)
    assert sent(present=[]) == (set(), Why.NOBODY)
    assert sent(present=[CLEO]) == (set(), Why.NOBODY)


def test_where_nobody_is_on_shift_everyone_is_told() -> None:
    """Also in a team without a coach, and for a call of no known team."""
    office = a_directory(a_coach(ANN, NORTH, shift="mon 08:00-09:00 UTC"))

    assert sent(directory=office, now=EVENING) == (set(), Why.NOBODY)
    assert sent(Place(tenant="acme", team="north", agent_id="x")) == (set(), Why.NOBODY)
    assert sent(Place(tenant="default", team="", agent_id="")) == (set(), Why.NOBODY)
    assert Routed(coaches=frozenset(), why=Why.NOBODY).reaches(CoachId("anybody"))


def test_an_own_coach_of_another_team_is_not_told() -> None:
    """They may not see the call."""
    assert sent(Place(tenant="default", team="south", agent_id="agent-7")) == ({CLEO}, Why.ON_SHIFT)


NAMES = st.sets(st.sampled_from([ANN, BEN, CLEO, FAY]))


@given(
    flooded=NAMES,
    present=st.none() | NAMES,
    place=st.sampled_from([OF_BEN, OF_NOBODY, Place(tenant="default", team="south", agent_id="")]),
    hour=st.integers(0, 24 * 14),
    covers=st.lists(st.sampled_from([away(ANN, BEN), away(BEN, ANN), away(CLEO, ANN), away(ANN)]), unique=True),
)
def test_a_flag_always_reaches_somebody_who_may_act(
    flooded: set[str], present: set[str] | None, place: Place, hour: int, covers: list[object]
) -> None:
    """Whatever happens: named coaches work, are there, and are free where anybody is."""
    directory = a_directory(*covers)  # type: ignore[arg-type]  # covers, by the strategy
    found, why = sent(place, directory, MONDAY + timedelta(hours=hour), flooded, present)

    assert bool(found) == (why is not Why.NOBODY)
    assert found <= {ANN, BEN, CLEO}
    assert present is None or found <= present
    assert why is not Why.FREE or not found & flooded


def test_a_flag_stays_with_those_it_was_first_told_to() -> None:
    """Its acknowledgement has to reach them too; another flag goes by how things stand then."""
    flooded: set[CoachId] = set()
    desks = Duty(a_directory, lambda: MONDAY, lambda: flooded)
    place = Place(tenant="default", team="north", agent_id="agent-8")
    with desks.opened(CoachId(ANN)), desks.opened(CoachId(BEN)):
        desks.noticed(a_stored_flag("f1"))
        flooded.add(CoachId(BEN))

        assert desks.routed(FlagId("f1"), place).coaches == {CoachId(BEN)}
        assert desks.now(place).coaches == {CoachId(ANN)}
    assert desks.present == frozenset()
    assert desks.now(place).why is Why.NOBODY


def test_a_flag_from_before_a_restart_goes_to_whoever_is_on_shift() -> None:
    """Consoles come back one after the other: the first must not take it away from the rest."""
    desks = Duty(a_directory, lambda: MONDAY)
    with desks.opened(CoachId(ANN)):
        assert desks.routed(FlagId("old"), OF_NOBODY).coaches == {CoachId(ANN), CoachId(BEN)}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("mon-fri 08:00-16:00 Europe/Paris", None),
        ("MON,thu 22:00 - 06:00 UTC", "mon,thu 22:00-06:00 UTC"),
        ("sat-mon 00:00-00:00 America/Montreal", "mon,sat-sun 00:00-00:00 America/Montreal"),
        ("sun 09:30-12:00 UTC", None),
    ],
)
def test_a_shift_is_written_as_it_is_read(text: str, written: str | None) -> None:
    assert str(read_shift(text)) == (written or text)
    assert read_shift(str(read_shift(text))) == read_shift(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mon",
        "mon 8-16 UTC",
        "mon 08:00-16:00",
        "lun 08:00-16:00 UTC",
        "mon 25:00-26:00 UTC",
        "mon 08:00-16:00 Nowhere",
        "mon 08:00-16:00 ../../etc/passwd",
        "mon-- 08:00-16:00 UTC",
    ],
)
def test_a_shift_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ShiftError):
        read_shift(text)


def test_a_night_shift_ends_the_next_morning() -> None:
    night = read_shift("mon 22:00-06:00 UTC")
    at = [datetime(2026, 3, day, hour, tzinfo=UTC) for day, hour in ((2, 21), (2, 22), (3, 5), (3, 6), (3, 23), (2, 5))]

    assert [night.holds(now) for now in at] == [False, True, True, False, False, False]


@given(minutes=st.integers(0, 366 * 24 * 60))
def test_a_shift_goes_by_the_clocks_of_its_place(minutes: int) -> None:
    """Summer time too."""
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    local = now.astimezone(ZoneInfo("Europe/Paris"))

    holds = read_shift("mon-fri 08:00-16:00 Europe/Paris").holds(now)
    assert holds == (local.weekday() < 5 and 8 <= local.hour < 16)
    assert read_shift("mon-sun 00:00-00:00 UTC").holds(now)


def test_every_shift_is_told_apart() -> None:
    assert read_shift("mon 08:00-16:00 UTC") == Shift(
        days=frozenset({0}),
        start=datetime(2026, 1, 1, 8).time(),
        end=datetime(2026, 1, 1, 16).time(),
        zone="UTC",
    )
    assert SOUTH != NORTH
