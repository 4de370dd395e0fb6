"""Whose calls somebody may see: their teams', those of whom they stand in for, and nothing in doubt."""

import asyncio
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.people.records import AgentKey, Role, Team, TeamKey
from qa_monitor.people.sight import EVERYTHING, NOTHING, Sight, sight_of
from qa_monitor.records.calls import CallAgent, CallState
from streams.records import CallEnded, CallId, CallStarted, EndReason
from tests.qa_monitor.builders import NOON, a_call, a_flag
from tests.qa_monitor.staff import (
    ANN,
    BEN,
    CLEO,
    DAN,
    ELSEWHERE,
    EVE,
    EVENING,
    FAY,
    MONDAY,
    NORTH,
    SOUTH,
    a_coach,
    a_directory,
    away,
)
from tests.qa_monitor.storing import a_store

DIRECTORY = a_directory()


def of(name: str, *, everyone: bool = True) -> Sight:
    return sight_of(DIRECTORY.accounts[name], DIRECTORY, MONDAY, everyone=everyone)  # type: ignore[index]  # a name


def test_a_coach_sees_own_teams_and_no_others() -> None:
    """Nor the team of the same name of another tenant."""
    assert of("ann").sees("default", ["north"])
    assert not of("ann").sees("default", ["south"])
    assert not of("ann").sees("acme", ["north"])
    assert of("dan").sees("default", ["north"])
    assert of("dan").sees("default", ["south"])


def test_a_call_that_went_from_team_to_team_is_seen_by_both() -> None:
    assert of("ann").sees("default", ["north", "south"])
    assert of("cleo").sees("default", ["north", "south"])


def test_calls_of_no_known_team_are_everyones_within_the_tenant() -> None:
    """Unless the settings say that leads alone see them; and only for as long as no known team has the call."""
    assert of("ann").sees("default", [""])
    assert of("ann").sees("default", ["unheard-of"])
    assert not of("ann").sees("acme", ["unheard-of"])
    assert not of("ann").sees("default", ["", "south"])
    assert not of("ann", everyone=False).sees("default", [""])
    assert of("dan", everyone=False).sees("default", [""])
    assert of("ann").sees("a tenant without any team", ["whatever"])


def test_a_call_of_a_tenant_that_is_not_known_is_not_shown() -> None:
    assert not of("ann").sees(None, ["north"])
    assert EVERYTHING.sees(None, ["north"])


def test_agents_admins_and_closed_accounts_see_no_calls() -> None:
    assert of("eve") == of("fay") == NOTHING
    assert not NOTHING.sees("default", [""])
    assert not NOTHING.sees("default", ["north"])
    closed = replace(DIRECTORY.accounts[ANN], disabled=True)
    assert sight_of(closed, DIRECTORY, MONDAY, everyone=True) == NOTHING


def test_who_stands_in_sees_what_they_stand_in_for_and_only_meanwhile() -> None:
    covered = a_directory(away(BEN, CLEO))
    cleo = covered.accounts[CLEO]

    assert sight_of(cleo, covered, MONDAY, everyone=True).teams == {NORTH, SOUTH}
    assert sight_of(cleo, covered, EVENING.replace(day=3), everyone=True).teams == {SOUTH}
    every = a_directory(replace(a_coach(BEN), every_team=True), away(BEN, CLEO))
    assert sight_of(cleo, every, MONDAY, everyone=True).teams == set(every.teams)


def test_a_closed_team_keeps_its_calls_to_itself() -> None:
    closed = a_directory(Team(key=SOUTH, closed=True))

    assert not sight_of(closed.accounts[ANN], closed, MONDAY, everyone=True).sees("default", ["south"])


def test_every_team_is_every_call() -> None:
    lead = replace(DIRECTORY.accounts[DAN], every_team=True)

    assert sight_of(lead, DIRECTORY, MONDAY, everyone=True) == EVERYTHING


CALLS = [
    ("north", "default", ["north"]),
    ("south", "default", ["south"]),
    ("acme", "acme", ["north"]),
    ("nobody", "default", [""]),
    ("unknown", "default", ["unheard-of"]),
    ("moved", "default", ["north", "south"]),
    ("claimed", "default", ["", "south"]),
    ("far", "far", ["north"]),
]
TEAMS = st.frozensets(st.sampled_from([NORTH, SOUTH, ELSEWHERE, TeamKey("acme", "other")]))


@given(own=TEAMS, known=TEAMS, unassigned=st.booleans(), every=st.booleans())
def test_what_is_seen_of_a_list_never_grows_with_fewer_teams(
    own: frozenset[TeamKey], known: frozenset[TeamKey], unassigned: bool, every: bool
) -> None:
    sight = Sight(every=every, teams=own & known, known=known, unassigned=unassigned)
    less = Sight(teams=frozenset(), known=known)

    for _, tenant, teams in CALLS:
        assert not less.sees(tenant, teams)
        assert sight.sees(tenant, teams) or not sight.every


def a_call_of(call_id: str, tenant: str, team: str) -> CallStarted:
    return replace(a_call(call_id), tenant=tenant, team=team)


def test_the_database_finds_exactly_what_may_be_seen(tmp_path: Path) -> None:
    """Calls and flags, for every coach: the query says the same as the record."""

    async def test() -> None:
        async with a_store(tmp_path) as store:
            for call_id, tenant, teams in CALLS:
                started = a_call_of(call_id, tenant, teams[0])
                await store.save_call(started)
                for number, team in enumerate(teams[1:], 1):
                    agent = CallAgent(agent_id="other", team=team, from_s=100.0 * number)
                    await store.save_agent(CallId(call_id), agent)
                await store.save_flag(a_flag(f"f-{call_id}", call_id=call_id), started, NOON)
            for name in (ANN, BEN, CLEO, DAN, EVE, FAY):
                for everyone in (True, False):
                    sight = of(name, everyone=everyone)
                    seen = {call_id for call_id, tenant, teams in CALLS if sight.sees(tenant, teams)}
                    calls = {stored.call.call_id for stored in await store.calls(None, 100, sight)}
                    flags = {stored.flag.call_id for stored in await store.flags(limit=100, sight=sight)}

                    assert calls == seen
                    # a flag about the time with another team stays that team's
                    assert flags == seen - ({"moved", "claimed"} if name == CLEO else set()) | (
                        {"claimed"} & seen if name == CLEO else set()
                    )

    asyncio.run(test())


def test_an_agent_looks_back_at_own_calls_that_are_over(tmp_path: Path) -> None:
    """Not at one that goes on, nor at another tenant's agent of the same name."""

    async def test() -> None:
        async with a_store(tmp_path) as store:
            for call_id, tenant in (("over", "default"), ("live", "default"), ("far", "acme")):
                started = a_call_of(call_id, tenant, "north")
                await store.save_call(started)
                await store.save_flag(a_flag(f"f-{call_id}", call_id=call_id), started, NOON)
                if call_id != "live":
                    ended = CallEnded(call_id=CallId(call_id), end_s=30.0, reason=EndReason.END)
                    await store.end_call(ended, NOON)
            mine = await store.agents_calls(AgentKey("default", "agent-7"), 10)
            others = await store.agents_calls(AgentKey("default", "agent-8"), 10)

            assert [(own.call.call.call_id, [one.flag.flag_id for one in own.flags]) for own in mine] == [
                ("over", ["f-over"])
            ]
            assert mine[0].call.state is CallState.ENDED
            assert others == ()

    asyncio.run(test())


def test_a_lead_with_the_role_of_an_agent_too_sees_both() -> None:
    both = replace(DIRECTORY.accounts[EVE], roles=frozenset({Role.AGENT, Role.QA_LEAD}), teams=frozenset({SOUTH}))

    assert sight_of(both, DIRECTORY, MONDAY, everyone=False).sees("default", ["south"])
