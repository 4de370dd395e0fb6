"""Whose names somebody learns: of those who coach, lead or belong to their teams."""

from dataclasses import replace

import pytest

from qa_monitor.people.colleagues import colleagues
from qa_monitor.people.sight import EVERYTHING, sight_of
from tests.qa_monitor.staff import ANN, BEN, CLEO, DAN, EVE, FAY, MONDAY, a_coach, a_directory

DIRECTORY = a_directory()


def known_to(name: str) -> set[str]:
    account = DIRECTORY.accounts[name]  # type: ignore[index]  # a name
    sight = sight_of(account, DIRECTORY, MONDAY, everyone=True)
    return {one.account_id for one in colleagues(account, DIRECTORY, sight)}


@pytest.mark.parametrize(
    ("who", "known"),
    [
        (ANN, {ANN, BEN, DAN, EVE}),
        (CLEO, {CLEO, DAN}),
        (EVE, {ANN, BEN, DAN, EVE}),
        (FAY, {ANN, BEN, CLEO, DAN, EVE, FAY}),
    ],
)
def test_names_are_told_to_those_who_work_together(who: str, known: set[str]) -> None:
    """A coach of the north, one of the south, an agent of the north, and an administrator."""
    assert known_to(who) == known


def test_the_operator_knows_everybody() -> None:
    assert colleagues(None, DIRECTORY, EVERYTHING) == tuple(DIRECTORY.accounts.values())


def test_who_has_left_is_still_known_by_name() -> None:
    """What they signed is kept."""
    left = replace(DIRECTORY.accounts[BEN], disabled=True)
    directory = a_directory(left)
    ann = directory.accounts[ANN]

    assert left in colleagues(ann, directory, sight_of(ann, directory, MONDAY, everyone=True))


def test_agents_do_not_learn_of_each_other() -> None:
    other = replace(a_coach(CLEO), teams=frozenset(), agent=DIRECTORY.accounts[EVE].agent)
    directory = a_directory(other)
    eve = directory.accounts[EVE]

    assert other not in colleagues(eve, directory, sight_of(eve, directory, MONDAY, everyone=True))
