"""The records of people: accounts, teams, agents, absences, and the directory of all of them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

from alerts.records import CoachId
from qa_monitor.people.shifts import Shift

AccountId = NewType("AccountId", str)
"""The name an account logs in with, in lower case."""
DEFAULT_TENANT = "default"


class PeopleError(Exception):
    """Something said of a person or a team cannot be used. Names the field, what was found and what is allowed."""

    def __init__(self, *, field: str, found: str, allowed: str) -> None:
        super().__init__(f"{field}: found {found!r}; allowed: {allowed}")
        self.field, self.found, self.allowed = field, found, allowed


class Role(StrEnum):
    """What an account is for. One account may have several."""

    COACH = "coach"
    QA_LEAD = "qa_lead"
    AGENT = "agent"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, order=True)
class TeamKey:
    """A team as calls name it. Written `tenant/team`, or `team` alone for the tenant `default`."""

    tenant: str
    team: str

    def __str__(self) -> str:
        return written(self.tenant, self.team)


@dataclass(frozen=True, slots=True, order=True)
class AgentKey:
    """An agent as calls name them. Written `tenant/agent`, or `agent` alone for the tenant `default`."""

    tenant: str
    agent_id: str

    def __str__(self) -> str:
        return written(self.tenant, self.agent_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team. A closed one is kept, so that its past calls do not become everybody's."""

    key: TeamKey
    name: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Someone whose calls are followed."""

    key: AgentKey
    name: str = ""
    team: TeamKey | None = None
    coach: AccountId | None = None
    """Who gets this agent's flags first, while on shift."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Someone who logs in."""

    account_id: AccountId
    name: str = ""
    roles: frozenset[Role] = frozenset()
    teams: frozenset[TeamKey] = frozenset()
    every_team: bool = False
    """All teams of all tenants, those not yet set up included."""
    agent: AgentKey | None = None
    """Which agent of the calls this account is, for the role `agent`."""
    shifts: tuple[Shift, ...] = ()
    """When this coach works; none: always."""
    disabled: bool = False

    @property
    def coach_id(self) -> CoachId:
        """The name under which this account takes flags on."""
        return CoachId(self.account_id)

    @property
    def coaches(self) -> bool:
        """Whether flags may be routed to this account."""
        return Role.COACH in self.roles and not self.disabled


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A coach is away from one instant to another, and perhaps somebody stands in for them."""

    absent: AccountId
    covering: AccountId | None
    from_at: datetime
    until_at: datetime

    @property
    def cover_id(self) -> str:
        """Names it: who is away, from when."""
        return f"{self.absent} {self.from_at.isoformat()}"

    def holds(self, now: datetime) -> bool:
        """Whether it is so now."""
        return self.from_at <= now < self.until_at


Entry = Team | Account | Agent | Cover


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everyone, as of one instant. Made and changed by `changes.py`, which checks it."""

    teams: Mapping[TeamKey, Team] = field(default_factory=lambda: MappingProxyType({}))
    accounts: Mapping[AccountId, Account] = field(default_factory=lambda: MappingProxyType({}))
    agents: Mapping[AgentKey, Agent] = field(default_factory=lambda: MappingProxyType({}))
    covers: Mapping[str, Cover] = field(default_factory=lambda: MappingProxyType({}))

    def coaches_of(self, team: TeamKey) -> tuple[Account, ...]:
        """Who coaches this team, on shift or not."""
        coaches = (each for each in self.accounts.values() if each.coaches)
        return tuple(each for each in coaches if each.every_team or team in each.teams)

    def team_name(self, key: TeamKey) -> str:
        """What people call it; as calls name it where nobody said."""
        team = self.teams.get(key)
        return key.team if team is None else team.name or key.team

    def agent_name(self, key: AgentKey) -> str:
        """What people call them; as calls name them where nobody said."""
        agent = self.agents.get(key)
        return key.agent_id if agent is None else agent.name or key.agent_id

    def entries(self) -> tuple[Entry, ...]:
        """All there is, what others refer to first."""
        return (*self.teams.values(), *self.accounts.values(), *self.agents.values(), *self.covers.values())


def written(tenant: str, name: str) -> str:
    """A name within its tenant, as people write it."""
    # a name that holds a slash itself needs its tenant written, or it would be read as one
    return name if tenant == DEFAULT_TENANT and "/" not in name else f"{tenant}/{name}"


def read_name(text: str, field: str) -> tuple[str, str]:
    """Tenant and name of what `written` wrote. Raises `PeopleError`."""
    first, slash, rest = text.strip().partition("/")
    tenant, name = (first.strip(), rest.strip()) if slash else (DEFAULT_TENANT, first.strip())
    if not tenant or not name or ";" in text or len(text) > 200:
        raise PeopleError(field=field, found=text, allowed="NAME or TENANT/NAME, at most 200 characters, no semicolon")
    return tenant, name
