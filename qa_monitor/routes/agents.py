"""Whose calls a coach follows: the agents of own teams, as they are set up."""

from fastapi import APIRouter

from qa_monitor.people.records import Agent
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


class TeamAgentsJson(Shape):
    """By team, then by name."""

    agents: list[TeamAgentJson]


@router.get("")
async def agents(parts: Parts, who: Who) -> TeamAgentsJson:
    """The agents of one's own teams. Agents who were never set up are known from their calls alone."""
    sight = sight_of(parts, who)
    found = [_json(agent) for agent in parts.register.directory.agents.values() if _seen(agent, sight)]
    return TeamAgentsJson(agents=sorted(found, key=lambda one: (one.tenant, one.team, one.name or one.agent_id)))


def _seen(agent: Agent, sight: Sight) -> bool:
    return sight.sees(agent.key.tenant, [] if agent.team is None else [agent.team.team])


def _json(agent: Agent) -> TeamAgentJson:
    team = "" if agent.team is None else agent.team.team
    return TeamAgentJson(tenant=agent.key.tenant, agent_id=agent.key.agent_id, name=agent.name, team=team)
