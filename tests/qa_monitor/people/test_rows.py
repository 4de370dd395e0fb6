"""The directory as rows: in CSV files, read with every mistake at its line, and written so that nothing is lost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.people.changes import Did, find, put, remove, told
from qa_monitor.people.csv_file import plan_people, write_people
from qa_monitor.people.records import (
    Account,
    AccountId,
    Agent,
    AgentKey,
    Cover,
    Directory,
    PeopleError,
    Role,
    Team,
    TeamKey,
)
from qa_monitor.people.rows import Kind, cells_of, entry_of, id_of, kind_of
from tests.qa_monitor.staff import ANN, BEN, CLEO, NORTH, OFFICE, SOUTH, a_coach, a_directory, away

WHOLE = a_directory(away(BEN, CLEO), replace(a_coach(ANN, NORTH, shift=OFFICE), every_team=True, disabled=True))
HEADING = "kind,id,name,roles,teams,agent,coach,shifts,covering,from,until,closed"


def problems(text: str, directory: Directory | None = None) -> list[tuple[int, str]]:
    return [(each.line, each.problem) for each in plan_people(text, directory or a_directory()).problems]


def test_every_entry_is_read_back_as_it_was_written() -> None:
    for entry in WHOLE.entries():
        assert entry_of(kind_of(entry), cells_of(entry)) == replace_teams(entry)


def replace_teams(entry: object) -> object:
    """Every team: which ones are named beside it says nothing."""
    every = isinstance(entry, Account) and entry.every_team
    return replace(entry, teams=frozenset()) if every else entry  # type: ignore[type-var]  # an account


def test_an_exported_file_makes_the_same_directory_again() -> None:
    """Into an empty installation, and once more without changing anything."""
    text = write_people(a_directory(away(BEN, CLEO)))
    empty, again = plan_people(text, Directory()), plan_people(text, a_directory(away(BEN, CLEO)))
    made = Directory()
    for entry in empty.entries:
        made = put(made, entry)

    assert empty.problems == again.problems == ()
    assert made == a_directory(away(BEN, CLEO))
    assert again.changes == ()
    assert {change.did for change in empty.changes} == {Did.MADE}


def test_rows_may_come_in_any_order_and_name_each_other() -> None:
    text = f"{HEADING}\nagent,a9,,,west,,zoe,,,,,\naccount,zoe,Zoé,coach,west,,,,,,,\nteam,west,West,,,,,,,,,\n"
    plan = plan_people(text, Directory())

    assert plan.problems == ()
    assert [kind_of(entry) for entry in plan.entries] == [Kind.TEAM, Kind.ACCOUNT, Kind.AGENT]


def test_what_a_file_leaves_out_stays_as_it_is() -> None:
    """A column that is not there, and entries that are not named; an empty cell empties the field."""
    plan = plan_people("kind,id,name\naccount,BEN,Benjamin\n", a_directory())
    emptied = plan_people("kind,id,shifts\naccount,ben,\n", a_directory())

    assert plan.entries == (replace(a_coach(BEN, NORTH, shift=OFFICE), name="Benjamin"),)
    assert [(one.field, one.before, one.after) for one in plan.changes[0].fields] == [("name", "Ben", "Benjamin")]
    assert emptied.entries == (a_coach(BEN, NORTH),)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("account,zoe,,coach,nowhere,,,,,,,", "teams: found 'nowhere'; allowed: a team that is set up: acme/north"),
        ("account,zoe,,boss,,,,,,,,", "roles: found 'boss'; allowed: coach, qa_lead, agent, admin"),
        ("account,zoe,,,,,,,,,,", "roles: found ''"),
        ("account,Zoé,,coach,,,,,,,,", "id: found 'Zoé'"),
        ("account,zoe,,agent,,,,,,,,", "agent: found ''"),
        ("account,zoe,,coach,,,,noon,,,,", "shifts: found 'noon'; allowed: days, hours and zone"),
        ("account,zoe,,coach,,,ann,,,,,", "coach: found 'ann'; allowed: nothing for a account"),
        ("account,zoe,,coach,,,,,,,,maybe", "closed: found 'maybe'"),
        ("agent,a9,,,acme/north,,,,,,,", "teams: found 'acme/north'; allowed: a team of tenant default"),
        ("agent,a9,,,north,,dan,,,,,", "coach: found 'dan'; allowed: an account with the role coach"),
        ("agent,a9,,,north,,nobody,,,,,", "coach: found 'nobody'; allowed: an account that is set up"),
        ("cover,nobody,,,,,,,ann,2026-03-01,2026-03-02,", "id: found 'nobody'"),
        ("cover,ben,,,,,,,ben,2026-03-01,2026-03-02,", "covering: found 'ben'; allowed: another account"),
        ("cover,ben,,,,,,,ann,tomorrow,2026-03-02,", "from: found 'tomorrow'"),
        ("cover,ben,,,,,,,ann,2026-03-02,2026-03-02,", "until: found"),
        ("team,,,,,,,,,,,", "id: found ''"),
        ("team,a;b,,,,,,,,,,", "id: found 'a;b'"),
        ("king,arthur,,,,,,,,,,", "kind: found 'king'; allowed: team, account, agent, cover"),
        ("team,west,,,,,,,,,,,,,", "row: found 15 cells; allowed: 12 cells"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_field_and_what_is_allowed(row: str, problem: str) -> None:
    """And nothing of the file would be done."""
    found = problems(f"{HEADING}\nteam,west,,,,,,,,,,\n\n{row}\n")

    assert [line for line, _ in found] == [4]
    assert found[0][1].startswith(problem)


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("name,id\n", 1), ("kind,id,id\n", 1), ("kind,id,colour\n", 1), ('kind,id\nteam,"a\nb', 3), ("\0", 1)],
)
def test_a_file_that_is_no_such_table_is_refused(text: str, line: int) -> None:
    assert [each for each, _ in problems(text)][:1] == ([line] if text != 'kind,id\nteam,"a\nb' else [])


def test_files_of_spreadsheets_are_read_as_they_come() -> None:
    """With semicolons between cells, a mark at the start, and lists in quotes."""
    text = '\ufeffkind;id;name;teams;roles\r\nteam;"west";"Ouest; grand";;\r\naccount;zoe;;"north;south";coach\r\n'
    plan = plan_people(text, a_directory())

    assert plan.problems == ()
    assert plan.entries == (
        Team(key=TeamKey("default", "west"), name="Ouest; grand"),
        replace(a_coach(ANN, NORTH, SOUTH), account_id=AccountId("zoe"), name=""),
    )


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "'=HYPERLINK(1)"])
def test_what_a_spreadsheet_takes_for_a_formula_is_written_as_text(name: str) -> None:
    """And read back without the mark that keeps it text."""
    directory = put(Directory(), Team(key=NORTH, name=name))
    text = write_people(directory)

    assert f"'{name}" in text
    assert plan_people(text, Directory()).entries == tuple(directory.entries())


def test_a_line_end_in_front_of_a_formula_does_not_hide_it() -> None:
    assert "'\r=1+1" in write_people(put(Directory(), Team(key=NORTH, name="\r=1+1")))


NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Z"], exclude_characters=";/"), min_size=1, max_size=40
)


@given(tenant=NAMES, name=NAMES, title=NAMES)
def test_any_name_survives_a_file(tenant: str, name: str, title: str) -> None:
    team = Team(key=TeamKey(tenant, name), name=title)
    directory = put(put(Directory(), team), Agent(key=AgentKey(tenant, name), team=team.key, name=title))
    plan = plan_people(write_people(directory), Directory())

    assert plan.problems == ()
    assert plan.entries == tuple(directory.entries())


def test_a_name_with_a_slash_keeps_its_tenant() -> None:
    key = TeamKey("default", "a/b")

    assert str(key) == "default/a/b"
    assert entry_of(Kind.TEAM, {"id": "default/a/b"}) == Team(key=key)


def test_changes_are_told_field_by_field() -> None:
    before = a_coach(BEN, NORTH)
    after = replace(before, teams=frozenset({NORTH, SOUTH}), disabled=True)
    change = told(before, after)

    assert change is not None
    assert [(one.field, one.before, one.after) for one in change.fields] == [
        ("teams", "north", "north;south"),
        ("closed", "", "yes"),
    ]
    assert told(before, before) is None
    assert told(before, None) is not None


def test_agents_and_covers_can_be_taken_out() -> None:
    directory = a_directory(away(BEN))
    for kind in (Kind.AGENT, Kind.COVER):
        entry = next(each for each in directory.entries() if kind_of(each) is kind)
        assert isinstance(entry, Agent | Cover)
        directory = remove(directory, entry)
        assert find(directory, kind, id_of(entry)) is None


def test_an_account_may_have_several_roles_but_needs_one() -> None:
    with pytest.raises(PeopleError, match="roles"):
        put(a_directory(), a_coach(ANN, roles=()))
    assert put(a_directory(), a_coach(ANN, roles=(Role.COACH, Role.ADMIN))).accounts[ANN].roles == {
        Role.COACH,
        Role.ADMIN,
    }
