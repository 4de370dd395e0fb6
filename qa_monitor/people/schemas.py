"""People as JSON, for the page `/people` and for scripts. Names of teams and agents are written `tenant/name`."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from qa_monitor.people.changes import Change, Did, Logged
from qa_monitor.people.records import Role
from qa_monitor.people.routing import Why
from qa_monitor.people.rows import Kind
from qa_monitor.reviews.flag_disputes import FlagRuling
from qa_monitor.schemas.flags import PriorityLabel
from qa_monitor.schemas.shape import Bilingual, Shape
from streams.records import Direction, Language, Speaker

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


class MyFlagDisputeJson(Shape):
    """One's own dispute of a flag. Who decided is not told."""

    words: str
    at: datetime
    ruling: FlagRuling | None
    """Null: still to be decided. `false_alarm`: one was right; `stands`: the flag was."""
    decided_words: str | None
    decided_at: datetime | None


class MyFlagJson(Shape):
    """A flag as the agent of the call sees it afterwards. Who judged it is not told."""

    flag_id: str
    rule_id: str
    name: Bilingual
    priority: PriorityLabel
    start_s: float
    end_s: float
    said: str
    speaker: Speaker | None
    explanation: Bilingual
    clip: str | None
    """Where the seconds around it are served as WAV; null where clips are not shown, or audio is not kept."""
    dispute: MyFlagDisputeJson | None
    """Null where it was not disputed."""


class MyCallJson(Shape):
    """An own call that is over."""

    call_id: str
    started_at: datetime
    duration_s: float | None
    direction: Direction
    language: Language | None
    flags: list[MyFlagJson] | None
    """Null where flags are not shown to agents."""


class MyCallsJson(Shape):
    """Own calls, newest first."""

    calls: list[MyCallJson]


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
