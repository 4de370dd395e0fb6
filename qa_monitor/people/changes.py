"""Changes of the directory: each checked against all the rest, and told field by field for the log of changes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from qa_monitor.people.records import (
    Account,
    AccountId,
    Agent,
    AgentKey,
    Cover,
    Directory,
    Entry,
    PeopleError,
    Role,
    Team,
    TeamKey,
    read_name,
)
from qa_monitor.people.rows import Kind, cells_of, id_of, kind_of

MOST_NAMED = 20
"""Teams named in a refusal."""

Key = TypeVar("Key")
Value = TypeVar("Value")


class Did(StrEnum):
    """What was done to an entry."""

    MADE = "made"
    CHANGED = "changed"
    REMOVED = "removed"
    PASSWORD = "password"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field, before and after, as written in a CSV file."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of the log of changes. Holds no secret."""

    kind: Kind
    whom: str
    did: Did
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A change with who made it, and when."""

    change: Change
    by: str
    at: datetime


def put(directory: Directory, entry: Entry) -> Directory:
    """With this entry, in place of the one of the same name. Raises `PeopleError`."""
    match entry:
        case Team():
            return replace(directory, teams=_with(directory.teams, entry.key, entry))
        case Account():
            _check_account(directory, entry)
            return replace(directory, accounts=_with(directory.accounts, entry.account_id, entry))
        case Agent():
            _check_agent(directory, entry)
            return replace(directory, agents=_with(directory.agents, entry.key, entry))
        case Cover():
            _check_cover(directory, entry)
            return replace(directory, covers=_with(directory.covers, entry.cover_id, entry))


def remove(directory: Directory, entry: Agent | Cover) -> Directory:
    """Without it. Teams and accounts are closed instead: past calls and verdicts go on naming them."""
    match entry:
        case Agent():
            left = {key: each for key, each in directory.agents.items() if key != entry.key}
            return replace(directory, agents=MappingProxyType(left))
        case Cover():
            kept = {key: each for key, each in directory.covers.items() if key != entry.cover_id}
            return replace(directory, covers=MappingProxyType(kept))


def find(directory: Directory, kind: Kind, name: str) -> Entry | None:
    """The entry of this kind and name. Raises `PeopleError` for what cannot be a name."""
    match kind:
        case Kind.TEAM:
            return directory.teams.get(TeamKey(*read_name(name, "id")))
        case Kind.ACCOUNT:
            return directory.accounts.get(AccountId(name))
        case Kind.AGENT:
            return directory.agents.get(AgentKey(*read_name(name, "id")))
        case Kind.COVER:
            return directory.covers.get(name)


def told(before: Entry | None, after: Entry | None) -> Change | None:
    """What changed between the two states of one entry; none where nothing did."""
    entry = after if after is not None else before
    assert entry is not None
    old, new = ({} if each is None else cells_of(each) for each in (before, after))
    fields = tuple(
        FieldChange(field=name, before=old.get(name, ""), after=new.get(name, ""))
        for name in (old | new)
        if name != "id" and old.get(name, "") != new.get(name, "")
    )
    did = Did.MADE if before is None else Did.REMOVED if after is None else Did.CHANGED
    if did is Did.CHANGED and not fields:
        return None
    return Change(kind=kind_of(entry), whom=id_of(entry), did=did, fields=fields)


def _with(known: Mapping[Key, Value], key: Key, value: Value) -> Mapping[Key, Value]:
    return MappingProxyType({**known, key: value})


def _check_account(directory: Directory, account: Account) -> None:
    if not account.roles:
        raise PeopleError(field="roles", found="", allowed=f"one or more of {', '.join(Role)}")
    for team in sorted(account.teams):
        _check_team(directory, team)
    if Role.AGENT in account.roles and account.agent is None:
        raise PeopleError(field="agent", found="", allowed="the agent's name in calls, for the role agent")


def _check_agent(directory: Directory, agent: Agent) -> None:
    if agent.team is not None:
        _check_team(directory, agent.team)
        if agent.team.tenant != agent.key.tenant:
            raise PeopleError(field="teams", found=str(agent.team), allowed=f"a team of tenant {agent.key.tenant}")
    if agent.coach is not None:
        coach = _known(directory, agent.coach, "coach")
        if Role.COACH not in coach.roles:
            raise PeopleError(field="coach", found=agent.coach, allowed="an account with the role coach")


def _check_cover(directory: Directory, cover: Cover) -> None:
    _known(directory, cover.absent, "id")
    if cover.covering is not None:
        coach = _known(directory, cover.covering, "covering")
        if Role.COACH not in coach.roles or cover.covering == cover.absent:
            raise PeopleError(field="covering", found=cover.covering, allowed="another account with the role coach")
    if cover.until_at <= cover.from_at:
        raise PeopleError(field="until", found=cover.until_at.isoformat(), allowed="an instant after `from`")


def _check_team(directory: Directory, team: TeamKey) -> None:
    if team not in directory.teams:
        known = ", ".join(str(each) for each in sorted(directory.teams)[:MOST_NAMED]) or "none is set up yet"
        raise PeopleError(field="teams", found=str(team), allowed=f"a team that is set up: {known}")


def _known(directory: Directory, account: AccountId, field: str) -> Account:
    found = directory.accounts.get(account)
    if found is None:
        raise PeopleError(field=field, found=account, allowed="an account that is set up")
    return found
