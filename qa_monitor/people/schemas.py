"""People as JSON, for the page `/people` and for scripts. Names of teams and agents are written `tenant/name`."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from qa_monitor.people.changes import Change, Did, Logged
from qa_monitor.people.records import Role
from qa_monitor.people.routing import Why
from qa_monitor.people.rows import Kind
from qa_monitor.schemas.shape import Shape

Text = Annotated[str, Field(max_length=4_000)]


class EntryJson(Shape):
    """One team, account, agent or cover. `cells` are the columns of a CSV file; those left out stay as they are."""

    kind: Kind
    cells: dict[str, Text]


class PersonJson(EntryJson):
    """An entry as it stands."""

    id: str
    working: bool | None = None
    """Of a coach: whether a shift holds now and they are not away."""
    online: bool | None = None
    """Of a coach: whether a console of theirs is open."""
    password: bool | None = None
    """Of an account: whether it has a password at all."""
    rules: str | None = None
    """Of a team: version of the rules its calls are judged by."""


class PeopleJson(Shape):
    """Everyone."""

    entries: list[PersonJson]


class FieldChangeJson(Shape):
    """One field, before and after."""

    field: str
    before: str
    after: str


class ChangeJson(Shape):
    """One change."""

    kind: Kind
    whom: str
    did: Did
    fields: list[FieldChangeJson]


class LoggedJson(ChangeJson):
    """A change with who made it, and when."""

    by: str
    at: datetime


class ChangesJson(Shape):
    """The log of changes, newest first."""

    changes: list[LoggedJson]


class ChangedJson(Shape):
    """What a request changed."""

    changes: list[ChangeJson]


class LineProblemJson(Shape):
    """What is wrong in one line of a file; the heading is line 1."""

    line: int
    problem: str


class ImportedJson(Shape):
    """What a file changed, or would change. With any problem it changes nothing."""

    done: bool
    changes: list[ChangeJson]
    problems: list[LineProblemJson]


class HandedOutJson(Shape):
    """A password to hand out; the answer is the only place where it is ever shown."""

    password: str


class RoutingJson(Shape):
    """Whom a flag would go to now."""

    why: Why
    coaches: list[str]
    """Empty: everyone who may see the call."""


class MeJson(Shape):
    """Who is logged in, and what they may do."""

    name: str
    account: str | None
    """Null: the operator, by access token or at an open machine."""
    roles: list[Role]
    teams: list[str]
    every_team: bool
    must_change: bool
    pages: list[str]
    """Which pages they may open."""


class NewPasswordJson(Shape):
    """An account's own choice."""

    old: Annotated[str, Field(max_length=1_000)]
    new: Annotated[str, Field(max_length=1_000)]


def change_json(change: Change) -> ChangeJson:
    """A change."""
    return ChangeJson(kind=change.kind, whom=change.whom, did=change.did, fields=_fields(change))


def logged_json(line: Logged) -> LoggedJson:
    """A line of the log."""
    change = line.change
    return LoggedJson(
        kind=change.kind, whom=change.whom, did=change.did, fields=_fields(change), by=line.by, at=line.at
    )


def _fields(change: Change) -> list[FieldChangeJson]:
    return [FieldChangeJson(field=one.field, before=one.before, after=one.after) for one in change.fields]
