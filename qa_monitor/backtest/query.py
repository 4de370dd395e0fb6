"""Which past calls are meant, as on a command line: `since:2026-03-01 team:sales language:fr limit:500`. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from qa_monitor.people.sight import EVERYTHING, Sight
from streams.records import Language

NAMES = ("since", "until", "tenant", "team", "agent", "language", "limit")
_PART = re.compile(r"""(\w+)[:=](?:"([^"]*)"|(\S*))(?:\s+|$)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallQuery:
    """Which calls that are over; what is left out is not asked for."""

    since: datetime | None = None
    """Calls that began then or later."""
    until: datetime | None = None
    """Calls that began earlier."""
    tenants: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    """Calls that were with one of these teams at some time."""
    agents: tuple[str, ...] = ()
    """Calls that were with one of these agents at some time."""
    languages: tuple[Language, ...] = ()
    """Announced, or spoken in it where none was announced."""
    limit: int | None = None
    """The newest so many."""
    sight: Sight = EVERYTHING
    """Calls that whoever asks may see."""


class QueryError(ValueError):
    """A query cannot be used. Says what was found and what is allowed."""

    def __init__(self, *, name: str, found: str, allowed: str) -> None:
        super().__init__(f"calls: {name}: found {found}; allowed: {allowed}")
        self.name, self.found, self.allowed = name, found, allowed


def parse_query(written: str) -> CallQuery:
    """The query; `all` or nothing means every call. Names may be repeated or hold several values with commas.

    Raises `QueryError`.
    """
    text = written.strip()
    given = _given(text) if text != "all" else {}
    limits = given.get("limit")
    return CallQuery(
        since=_one(given, "since", _instant),
        until=_one(given, "until", _instant),
        tenants=given.get("tenant", ()),
        teams=given.get("team", ()),
        agents=given.get("agent", ()),
        languages=tuple(_language(value) for value in given.get("language", ())),
        limit=None if limits is None else _count(limits[-1]),
    )


def _given(text: str) -> Mapping[str, tuple[str, ...]]:
    given: dict[str, tuple[str, ...]] = {}
    position = 0
    while position < len(text):
        part = _PART.match(text, position)
        if part is None or part.group(1) not in NAMES:
            found = text[position:].split()[0]
            raise QueryError(name="query", found=repr(found), allowed=f"NAME:VALUE with one of {', '.join(NAMES)}")
        value = part.group(2) if part.group(2) is not None else part.group(3)
        values = tuple(piece.strip() for piece in value.split(",") if piece.strip())
        if not values:
            raise QueryError(name=part.group(1), found="nothing", allowed="a value")
        given[part.group(1)] = (*given.get(part.group(1), ()), *values)
        position = part.end()
    return given


def _one(given: Mapping[str, tuple[str, ...]], name: str, read: Callable[[str, str], datetime]) -> datetime | None:
    values = given.get(name)
    if values is None:
        return None
    if len(values) > 1:
        raise QueryError(name=name, found=", ".join(values), allowed="one value")
    return read(name, values[0])


def _instant(name: str, value: str) -> datetime:
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        allowed = "a day such as 2026-03-01, or a time such as 2026-03-01T08:00+01:00 (no zone: UTC)"
        raise QueryError(name=name, found=repr(value), allowed=allowed) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _language(value: str) -> Language:
    try:
        return Language(value)
    except ValueError:
        raise QueryError(name="language", found=repr(value), allowed=", ".join(Language)) from None


def _count(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise QueryError(name="limit", found=repr(value), allowed="a whole number of at least 1")
    return int(value)
