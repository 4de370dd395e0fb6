"""Who listened to which live call, from when to when: kept, so that nobody listens unseen."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from streams.records import CallId

ListeningId = NewType("ListeningId", int)


class Ending(StrEnum):
    """Why somebody listens no more."""

    LEFT = "left"
    CALL_ENDED = "call_ended"
    TOO_SLOW = "too_slow"
    NOT_ALLOWED = "not_allowed"
    """They were logged out, or may not see the call any more."""
    SERVICE_STOPPED = "service_stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What is listened to, and by whom."""

    call_id: CallId
    tenant: str
    team: str
    agent_id: str
    """Who had the call when it began to be listened to."""
    by: str
    """An account's log-in name; `console` for whoever has the access token."""
    began_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """One time that somebody listened."""

    listening_id: ListeningId
    call_id: CallId | None
    """None: the call was deleted since."""
    call_digest: str
    """SHA-256 of the call's id: it outlives the call, as in the proof of its deletion."""
    tenant: str
    team: str
    agent_id: str
    by: str
    began_at: datetime
    ending: Ending | None = None
    """None: they are listening now."""
    ended_at: datetime | None = None
    """None with an ending: the service was killed meanwhile, and nobody can tell."""
    heard_s: float = 0.0
    """Seconds of sound that were sent to them; 0 until it has ended."""


class ListeningStore(Protocol):
    """The database's part. Every method raises `StoreError`."""

    async def begin(self, heard: Heard) -> ListeningId:
        """On disk before a sound is sent."""

    async def end(self, listening_id: ListeningId, ending: Ending, at: datetime, heard_s: float) -> None:
        """They listen no more. Again changes nothing."""

    async def latest(self, limit: int) -> tuple[Listening, ...]:
        """Newest first."""

    def pages(self) -> AsyncIterator[tuple[Listening, ...]]:
        """All of them, newest first."""
