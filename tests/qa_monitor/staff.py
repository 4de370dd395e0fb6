"""People to test with."""

from dataclasses import replace
from datetime import UTC, datetime

from qa_monitor.people.changes import put
from qa_monitor.people.records import (
    Account,
    AccountId,
    Agent,
    AgentKey,
    Cover,
    Directory,
    Entry,
    Role,
    Team,
    TeamKey,
)
from qa_monitor.people.shifts import read_shift

NORTH, SOUTH = TeamKey("default", "north"), TeamKey("default", "south")
ELSEWHERE = TeamKey("acme", "north")
ANN, BEN, CLEO, DAN, EVE, FAY = (AccountId(name) for name in ("ann", "ben", "cleo", "dan", "eve", "fay"))
OFFICE = "mon-fri 08:00-16:00 Europe/Paris"
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
"""Eleven in the morning in Paris."""
EVENING = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)


def a_coach(name: AccountId, *teams: TeamKey, shift: str = "", roles: tuple[Role, ...] = (Role.COACH,)) -> Account:
    """A coach of these teams."""
    shifts = (read_shift(shift),) if shift else ()
    return Account(account_id=name, name=name.title(), roles=frozenset(roles), teams=frozenset(teams), shifts=shifts)


def everyone() -> tuple[Entry, ...]:
    """Ann and Ben coach the north, Ben in the office hours; Cleo the south; Dan leads both; Eve is an agent."""
    return (
        Team(key=NORTH, name="North"),
        Team(key=SOUTH, name="South"),
        Team(key=ELSEWHERE),
        a_coach(ANN, NORTH),
        a_coach(BEN, NORTH, shift=OFFICE),
        a_coach(CLEO, SOUTH),
        a_coach(DAN, NORTH, SOUTH, roles=(Role.QA_LEAD,)),
        replace(a_coach(EVE, roles=(Role.AGENT,)), agent=AgentKey("default", "agent-7")),
        a_coach(FAY, roles=(Role.ADMIN,)),
        Agent(key=AgentKey("default", "agent-7"), name="Eve", team=NORTH, coach=BEN),
    )


def a_directory(*more: Entry) -> Directory:
    """Everyone, and these on top."""
    directory = Directory()
    for entry in (*everyone(), *more):
        directory = put(directory, entry)
    return directory


def away(absent: AccountId, covering: AccountId | None = None) -> Cover:
    """All of this Monday."""
    begins = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
    return Cover(absent=absent, covering=covering, from_at=begins, until_at=begins.replace(day=3))
