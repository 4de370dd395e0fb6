"""What the register of people asks of a store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from qa_monitor.people.changes import Logged
from qa_monitor.people.records import AccountId, Directory, Entry
from qa_monitor.people.rows import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Password:
    """The password of an account, as kept: a hash."""

    account_id: AccountId
    hashed: str = field(repr=False)
    must_change: bool
    """It was handed out, and is good for nothing but choosing another one."""
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Someone who is logged in."""

    digest: str = field(repr=False)
    """SHA-256 of the cookie's value, which is kept nowhere."""
    account_id: AccountId | None
    """None: whoever gave the access token."""
    began_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All that is kept of people."""

    directory: Directory
    passwords: Mapping[AccountId, Password]
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is to be written in one transaction, with its lines in the log of changes."""

    put: Sequence[Entry] = ()
    removed: Sequence[tuple[Kind, str]] = ()
    password: Password | None = None
    log: Sequence[Logged] = ()


class PeopleStore(Protocol):
    """The database's part. Every method raises `StoreError`."""

    async def load(self) -> Kept:
        """Everything, at start."""

    async def write(self, written: Written) -> None:
        """All of it, or nothing."""

    async def changes(self, limit: int) -> tuple[Logged, ...]:
        """The log of changes, newest first."""

    async def begin_session(self, session: Session) -> None:
        """Somebody logged in."""

    async def end_sessions(self, digests: Sequence[str]) -> None:
        """These are over."""
