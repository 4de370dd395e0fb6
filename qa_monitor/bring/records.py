"""What is said of a recording, checked: who speaks on it, when, and what the customer was told. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from streams.consent import Consent, Notice
from streams.records import CallId, CallStarted, Direction, Language, Speaker

COLUMNS = (
    "file",
    "call_id",
    "agent_id",
    "team",
    "tenant",
    "began_at",
    "direction",
    "language",
    "agent_channel",
    "notice",
    "consent",
)
"""What may be said of a recording; `file` and `began_at` must be."""
IMPORTED = "imported"
"""In the metadata of a call: it was brought in as a recording. Also the name of its dialect."""
LONGEST = 200
Choice = TypeVar("Choice", bound=StrEnum)


class BringError(Exception):
    """A recording cannot be brought in; the message names what was found and what is allowed."""


class FactsError(BringError):
    """What is said of a recording is wrong. `column`: where."""

    def __init__(self, column: str, found: str, allowed: str) -> None:
        super().__init__(f"{column}: found {found[:80]!r}; allowed: {allowed}")
        self.column = column


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said of one recording."""

    call_id: CallId | None
    """None: named by its digest."""
    agent_id: str
    team: str
    tenant: str
    began_at: datetime
    direction: Direction
    language: Language | None
    agent_channel: int | None
    """None: nobody said so. Then it is not known who speaks on which."""
    notice: Notice
    consent: Consent

    def call(self, sha256: str, channels: int, rate_hz: int) -> CallStarted:
        """The start of the call. Raises `FactsError` where the agent's channel is not on it."""
        return CallStarted(
            call_id=self.call_id or CallId(f"{IMPORTED}-{sha256[:16]}"),
            tenant=self.tenant,
            team=self.team,
            agent_id=self.agent_id,
            direction=self.direction,
            language=self.language,
            channels=self._speakers(channels),
            rate_hz=rate_hz,
            started_at=self.began_at,
            dialect=IMPORTED,
            notice=self.notice,
            consent=self.consent,
            metadata=MappingProxyType({IMPORTED: sha256}),
        )

    def _speakers(self, channels: int) -> tuple[Speaker, ...]:
        if channels == 1:
            if self.agent_channel is not None:
                raise FactsError("agent_channel", str(self.agent_channel), "nothing: the recording has one channel")
            return (Speaker.MIXED,)
        if self.agent_channel is None:
            return (Speaker.UNKNOWN,) * channels
        return tuple(Speaker.AGENT if one == self.agent_channel else Speaker.CUSTOMER for one in range(channels))


def facts_of(cells: Mapping[str, str]) -> Facts:
    """What these cells say; empty ones say nothing. Raises `FactsError` for the first that is wrong."""
    given = {name: cell.strip() for name, cell in cells.items() if cell.strip()}
    for name, cell in given.items():
        if len(cell) > LONGEST or not cell.isprintable():
            raise FactsError(name, cell, f"at most {LONGEST} characters that can be printed")
    call_id = given.get("call_id")
    return Facts(
        call_id=None if call_id is None else CallId(call_id),
        agent_id=given.get("agent_id", ""),
        team=given.get("team", ""),
        tenant=given.get("tenant", "default"),
        began_at=_instant(given.get("began_at", "")),
        direction=_choice("direction", given, Direction, Direction.UNKNOWN),
        language=None if "language" not in given else _choice("language", given, Language, Language.FR),
        agent_channel=_channel(given.get("agent_channel")),
        notice=_choice("notice", given, Notice, Notice.NONE),
        consent=_choice("consent", given, Consent, Consent.UNKNOWN),
    )


def _choice(name: str, given: Mapping[str, str], kind: Callable[[str], Choice], unsaid: Choice) -> Choice:
    cell = given.get(name)
    if cell is None:
        return unsaid
    try:
        return kind(cell.lower())
    except ValueError as error:
        raise FactsError(name, cell, ", ".join(type(unsaid))) from error


def _channel(cell: str | None) -> int | None:
    if cell is None:
        return None
    if cell not in ("0", "1"):
        raise FactsError("agent_channel", cell, "0 for the left channel, 1 for the right one, or nothing")
    return int(cell)


def _instant(cell: str) -> datetime:
    allowed = "date and time with a zone, such as 2026-03-29T14:05:00+02:00"
    try:
        found = datetime.fromisoformat(cell)
    except ValueError as error:
        raise FactsError("began_at", cell, allowed) from error
    if found.tzinfo is None:
        raise FactsError("began_at", cell, allowed)
    return found
