"""Each entry of the directory as a row of named texts, and back: in the database, in CSV files, in the log of changes.

Lists are written with semicolons. A column that a row leaves out keeps what the entry had. Pure.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum

from qa_monitor.people.records import (
    Account,
    AccountId,
    Agent,
    AgentKey,
    Cover,
    Entry,
    PeopleError,
    Role,
    Team,
    TeamKey,
    read_name,
)
from qa_monitor.people.shifts import FORM, Shift, ShiftError, read_shift

COLUMNS = ("kind", "id", "name", "roles", "teams", "agent", "coach", "shifts", "covering", "from", "until", "closed")
EVERY = "*"
YES = {
    "yes": True,
    "oui": True,
    "true": True,
    "1": True,
    "": False,
    "no": False,
    "non": False,
    "false": False,
    "0": False,
}
LOG_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,79}")
LONGEST_NAME = 200

Cells = Mapping[str, str]


class Kind(StrEnum):
    """What a row is about, in the order in which rows are read: what others refer to first."""

    TEAM = "team"
    ACCOUNT = "account"
    AGENT = "agent"
    COVER = "cover"


KINDS = {Team: Kind.TEAM, Account: Kind.ACCOUNT, Agent: Kind.AGENT, Cover: Kind.COVER}
OWN_COLUMNS = {
    Kind.TEAM: ("id", "name", "closed"),
    Kind.ACCOUNT: ("id", "name", "roles", "teams", "agent", "shifts", "closed"),
    Kind.AGENT: ("id", "name", "teams", "coach"),
    Kind.COVER: ("id", "covering", "from", "until"),
}
"""`id` of a cover is the account that is away; `closed` of an account means it is disabled."""


def kind_of(entry: Entry) -> Kind:
    """What it is."""
    return KINDS[type(entry)]


def id_of(entry: Entry) -> str:
    """What names it among its kind."""
    match entry:
        case Team() | Agent():
            return str(entry.key)
        case Account():
            return entry.account_id
        case Cover():
            return entry.cover_id


def cells_of(entry: Entry) -> dict[str, str]:
    """Its row; `entry_of` reads it back."""
    match entry:
        case Team():
            return {"id": str(entry.key), "name": entry.name, "closed": _yes(entry.closed)}
        case Account():
            return {
                "id": entry.account_id,
                "name": entry.name,
                "roles": ";".join(sorted(entry.roles)),
                "teams": EVERY if entry.every_team else ";".join(str(team) for team in sorted(entry.teams)),
                "agent": "" if entry.agent is None else str(entry.agent),
                "shifts": ";".join(str(shift) for shift in entry.shifts),
                "closed": _yes(entry.disabled),
            }
        case Agent():
            return {
                "id": str(entry.key),
                "name": entry.name,
                "teams": "" if entry.team is None else str(entry.team),
                "coach": entry.coach or "",
            }
        case Cover():
            return {
                "id": entry.absent,
                "covering": entry.covering or "",
                "from": entry.from_at.isoformat(),
                "until": entry.until_at.isoformat(),
            }


def entry_of(kind: Kind, cells: Cells, before: Entry | None = None) -> Entry:
    """The entry a row is about; what it leaves out is as it was `before`. Raises `PeopleError`."""
    row = {**dict.fromkeys(OWN_COLUMNS[kind], ""), **({} if before is None else cells_of(before)), **cells}
    for column, cell in cells.items():
        if column not in OWN_COLUMNS[kind] and cell:
            raise PeopleError(field=column, found=cell, allowed=f"nothing for a {kind}")
    if len(row.get("name", "")) > LONGEST_NAME:
        raise PeopleError(field="name", found=row["name"], allowed=f"at most {LONGEST_NAME} characters")
    return _READERS[kind](row)


def log_in_name(text: str, field: str = "id") -> AccountId:
    """The name of an account, as it is kept. Raises `PeopleError`."""
    name = text.strip().lower()
    if not LOG_IN_NAME.fullmatch(name):
        allowed = "1 to 80 letters without accents, digits and . _ @ + -, the first a letter or digit"
        raise PeopleError(field=field, found=text, allowed=allowed)
    return AccountId(name)


def _team(row: Cells) -> Team:
    return Team(key=TeamKey(*read_name(row["id"], "id")), name=row["name"].strip(), closed=_told_yes(row["closed"]))


def _account(row: Cells) -> Account:
    teams = _list(row["teams"])
    return Account(
        account_id=log_in_name(row["id"]),
        name=row["name"].strip(),
        roles=frozenset(_role(text) for text in _list(row["roles"])),
        teams=frozenset(TeamKey(*read_name(text, "teams")) for text in teams if text != EVERY),
        every_team=EVERY in teams,
        agent=AgentKey(*read_name(row["agent"], "agent")) if row["agent"].strip() else None,
        shifts=tuple(_shift(text) for text in _list(row["shifts"])),
        disabled=_told_yes(row["closed"]),
    )


def _agent(row: Cells) -> Agent:
    return Agent(
        key=AgentKey(*read_name(row["id"], "id")),
        name=row["name"].strip(),
        team=TeamKey(*read_name(row["teams"], "teams")) if row["teams"].strip() else None,
        coach=log_in_name(row["coach"], "coach") if row["coach"].strip() else None,
    )


def _cover(row: Cells) -> Cover:
    return Cover(
        absent=log_in_name(row["id"]),
        covering=log_in_name(row["covering"], "covering") if row["covering"].strip() else None,
        from_at=_instant(row["from"], "from"),
        until_at=_instant(row["until"], "until"),
    )


_READERS: Mapping[Kind, Callable[[Cells], Entry]] = {
    Kind.TEAM: _team,
    Kind.ACCOUNT: _account,
    Kind.AGENT: _agent,
    Kind.COVER: _cover,
}


def _role(text: str) -> Role:
    try:
        return Role(text.lower())
    except ValueError:
        raise PeopleError(field="roles", found=text, allowed=", ".join(Role)) from None


def _shift(text: str) -> Shift:
    try:
        return read_shift(text)
    except ShiftError:
        raise PeopleError(field="shifts", found=text, allowed=FORM) from None


def _instant(text: str, field: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        allowed = "a day such as 2026-03-01, or a time such as 2026-03-01T08:00+01:00 (no zone: UTC)"
        raise PeopleError(field=field, found=text, allowed=allowed) from None
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _yes(value: bool) -> str:
    return "yes" if value else ""


def _told_yes(text: str) -> bool:
    try:
        return YES[text.strip().lower()]
    except KeyError:
        raise PeopleError(field="closed", found=text, allowed="yes, no or nothing") from None
