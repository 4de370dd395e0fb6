"""Whose calls a coach follows: own teams and their agents, as they are set up; and what people are called."""

from fastapi import APIRouter

from qa_monitor.application import Application
from qa_monitor.people.colleagues import colleagues
from qa_monitor.people.records import Account, Agent, Role, Team
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who, sight_of
from qa_monitor.schemas.shape import Shape
from qa_monitor.security.visitor import Visitor

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


class NamedAccountJson(Shape):
    """Somebody with an account: what they did is signed with it."""

    account: str
    name: str
    """As they are called; empty where nobody said."""
    coach: bool
    """Flags can be handed to them."""


class TeamAgentsJson(Shape):
    """Agents by team, then by name."""

    agents: list[TeamAgentJson]
    teams: list[TeamJson]
    """Closed ones too: their past calls are kept."""
    accounts: list[NamedAccountJson]
    """Colleagues by name; closed accounts too."""


@router.get("")
async def agents(parts: Parts, who: Who) -> TeamAgentsJson:
    """One's own teams and their agents, and the names of colleagues. Agents never set up are known from calls alone.

    Administrators, who see no calls, get everybody's names; agents, those of whoever coaches and leads their team.
    """
    sight, directory = _named_sight(parts, who), parts.register.directory
    found = [_json(agent) for agent in directory.agents.values() if _seen(agent, sight)]
    teams = [team for team in directory.teams.values() if sight.sees(team.key.tenant, [team.key.team])]
    accounts = colleagues(who.account, directory, sight)
    return TeamAgentsJson(
        agents=sorted(found, key=lambda one: (one.tenant, one.team, one.name or one.agent_id)),
        teams=[_team_json(team) for team in sorted(teams, key=lambda one: one.key)],
        accounts=[_account_json(one) for one in sorted(accounts, key=lambda one: (one.name, one.account_id))],
    )


def _named_sight(parts: Application, who: Visitor) -> Sight:
    """Whose names they get: as of the calls they see, and of everybody where people are theirs to look after."""
    if Role.ADMIN in who.roles and not who.roles & {Role.COACH, Role.QA_LEAD}:
        return EVERYTHING
    return sight_of(parts, who)


def _seen(agent: Agent, sight: Sight) -> bool:
    return sight.sees(agent.key.tenant, [] if agent.team is None else [agent.team.team])


def _json(agent: Agent) -> TeamAgentJson:
    team = "" if agent.team is None else agent.team.team
    return TeamAgentJson(tenant=agent.key.tenant, agent_id=agent.key.agent_id, name=agent.name, team=team)


def _team_json(team: Team) -> TeamJson:
    return TeamJson(tenant=team.key.tenant, team=team.key.team, name=team.name)


def _account_json(account: Account) -> NamedAccountJson:
    return NamedAccountJson(account=account.account_id, name=account.name, coach=account.coaches)
