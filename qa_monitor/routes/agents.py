"""Whose calls a coach follows: own teams and their agents, as they are set up."""

from fastapi import APIRouter

from qa_monitor.people.records import Agent, Team
from qa_monitor.people.sight import Sight
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who, sight_of
from qa_monitor.schemas.shape import Shape

router = APIRouter(prefix="/v1/agents", tags=["people"])


class TeamAgentJson(Shape):
    """One agent, named as calls name them."""

    tenant: str
    agent_id: str
    name: str
    """As they are called; empty where nobody said."""
    team: str
    """Empty: of no team."""


class TeamJson(Shape):
    """One team, named as calls name it."""

    tenant: str
    team: str
    name: str
    """As it is called; empty where nobody said."""


class TeamAgentsJson(Shape):
    """By team, then by name."""

    agents: list[TeamAgentJson]
    teams: list[TeamJson]
    """Closed ones too: their past calls are kept."""


@router.get("")
async def agents(parts: Parts, who: Who) -> TeamAgentsJson:
    """One's own teams and their agents. Agents who were never set up are known from their calls alone."""
    sight, directory = sight_of(parts, who), parts.register.directory
    found = [_json(agent) for agent in directory.agents.values() if _seen(agent, sight)]
    teams = [team for team in directory.teams.values() if sight.sees(team.key.tenant, [team.key.team])]
    return TeamAgentsJson(
        agents=sorted(found, key=lambda one: (one.tenant, one.team, one.name or one.agent_id)),
        teams=[_team_json(team) for team in sorted(teams, key=lambda one: one.key)],
    )


def _seen(agent: Agent, sight: Sight) -> bool:
    return sight.sees(agent.key.tenant, [] if agent.team is None else [agent.team.team])


def _json(agent: Agent) -> TeamAgentJson:
    team = "" if agent.team is None else agent.team.team
    return TeamAgentJson(tenant=agent.key.tenant, agent_id=agent.key.agent_id, name=agent.name, team=team)


def _team_json(team: Team) -> TeamJson:
    return TeamJson(tenant=team.key.tenant, team=team.key.team, name=team.name)
