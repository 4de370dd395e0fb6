"""Sessions of people who logged in: a cookie, since event streams cannot carry headers.

Looked up in memory, and told to the store: a restart asks nobody to log in again.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from qa_monitor.people.port import Session
from qa_monitor.people.records import AccountId

COOKIE = "qa_monitor_session"
LIFE = timedelta(hours=12)
MOST = 1000
"""Sessions at once; one more and the oldest must log in again."""


class Sessions:
    """Who is logged in. What a method ends or begins, the caller tells the store."""

    def __init__(self, clock: Callable[[], datetime], kept: Iterable[Session] = ()) -> None:
        self._clock = clock
        self._living = {session.digest: session for session in kept}

    def begin(self, account_id: AccountId | None = None) -> tuple[str, Session]:
        """A new session: the value of its cookie, which is not kept, and what is."""
        name = secrets.token_urlsafe(24)
        session = Session(digest=_digest(name), account_id=account_id, began_at=self._clock())
        self._living[session.digest] = session
        return name, session

    def of(self, name: str | None) -> Session | None:
        """The living session of this cookie, if there is one."""
        session = self._living.get(_digest(name or ""))
        return None if session is None or self._clock() - session.began_at > LIFE else session

    def end(self, name: str | None) -> Sequence[str]:
        """Log out. Gives what to tell the store, as the others do."""
        return self._drop([_digest(name or "")])

    def end_all(self, account_id: AccountId) -> Sequence[str]:
        """Log this account out everywhere."""
        return self._drop([one.digest for one in self._living.values() if one.account_id == account_id])

    def tidy(self) -> Sequence[str]:
        """Forget those that are over, and the oldest where there are too many."""
        ordered = sorted(self._living.values(), key=lambda one: one.began_at)
        over = [one.digest for one in ordered if self._clock() - one.began_at > LIFE]
        return self._drop([*over, *(one.digest for one in ordered[len(over) : max(len(over), len(ordered) - MOST)])])

    def _drop(self, digests: Sequence[str]) -> Sequence[str]:
        return [digest for digest in digests if self._living.pop(digest, None) is not None]


def _digest(name: str) -> str:
    # what came from outside may hold half a character
    return sha256(name.encode(errors="surrogatepass")).hexdigest()
