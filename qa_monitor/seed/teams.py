"""The teams of the made-up centre, and everyone in them, as entries of the directory of people."""

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.records import CoachId
from qa_monitor.people import records as people
from qa_monitor.people.records import AccountId, AgentKey, Entry, Role, TeamKey
from qa_monitor.seed.grammar import read_teams
from qa_monitor.seed.records import Team
from streams.records import Language

CALLS_A_DAY = 8
"""Of an agent of a quiet centre: with more calls there are more agents, up to what the team has room for."""
FEWEST_AGENTS = 3
COACHES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who works in a team."""

    team: Team
    agents: tuple[str, ...]
    coaches: tuple[CoachId, ...]


def teams() -> tuple[Team, ...]:
    """As written in `words/teams.yaml`."""
    return tuple(_team(row) for row in read_teams())


def staffed(every: Sequence[Team], calls_a_day: float) -> tuple[Staff, ...]:
    """The teams with as many agents as so many calls need."""
    weight = sum(team.weight for team in every)
    return tuple(_staff(team, calls_a_day * team.weight / weight) for team in every)


def entries(staff: Sequence[Staff]) -> list[Entry]:
    """Everyone, what others refer to first: teams, accounts, agents. None has a password."""
    found: list[Entry] = [people.Team(key=_key(one.team), name=one.team.name) for one in staff]
    for one in staff:
        found += [_coach(one.team, coach) for coach in one.coaches]
    lead = people.Account(
        account_id=AccountId("qa-lead"), name="QA lead", roles=frozenset({Role.QA_LEAD}), every_team=True
    )
    found.append(lead)
    for one in staff:
        found += [_agent(one, number) for number in range(len(one.agents))]
        found += [_agent_account(one.team, agent) for agent in one.agents]
    return found


def _team(row: dict[str, object]) -> Team:
    hours, languages, reasons = row.pop("hours"), row.pop("languages"), row.pop("reasons")
    assert isinstance(hours, list)
    assert isinstance(languages, dict)
    assert isinstance(reasons, dict)
    texts = {name: str(row[name]) for name in ("team", "name", "zone", "queue", "partner")}
    return Team(
        **texts,
        weight=float(str(row["weight"])),
        agents=int(str(row["agents"])),
        hours=(int(hours[0]), int(hours[1])),
        languages={Language(name): float(share) for name, share in languages.items()},
        reasons={str(name): float(share) for name, share in reasons.items()},
    )


def _staff(team: Team, calls_a_day: float) -> Staff:
    count = max(FEWEST_AGENTS, min(team.agents, round(calls_a_day / CALLS_A_DAY)))
    return Staff(
        team=team,
        agents=tuple(f"{team.team}-{number + 1:02d}" for number in range(count)),
        coaches=tuple(CoachId(f"coach-{team.team}-{number + 1}") for number in range(COACHES)),
    )


def _key(team: Team) -> TeamKey:
    return TeamKey(team.tenant, team.team)


def _coach(team: Team, coach: CoachId) -> people.Account:
    return people.Account(
        account_id=AccountId(coach),
        name=f"Coach {coach.rpartition('-')[2]}, {team.name}",
        roles=frozenset({Role.COACH}),
        teams=frozenset({_key(team)}),
    )


def _agent(staff: Staff, number: int) -> people.Agent:
    return people.Agent(
        key=AgentKey(staff.team.tenant, staff.agents[number]),
        name=f"Agent {number + 1}, {staff.team.name}",
        team=_key(staff.team),
        coach=AccountId(staff.coaches[number % COACHES]),
    )


def _agent_account(team: Team, agent: str) -> people.Account:
    return people.Account(
        account_id=AccountId(agent),
        name=f"Agent {agent.rpartition('-')[2]}, {team.name}",
        roles=frozenset({Role.AGENT}),
        teams=frozenset({_key(team)}),
        agent=AgentKey(team.tenant, agent),
    )
