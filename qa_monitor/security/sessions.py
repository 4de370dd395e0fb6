"""Sessions of people who gave the access token: a cookie, since event streams cannot carry headers. In memory."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

COOKIE = "qa_monitor_session"
LIFE = timedelta(hours=12)
MOST = 1000
"""Sessions at once; one more and the oldest must log in again."""
FAILURES = 10
"""Wrong tokens within `THROTTLE`, from all addresses together, after which log-in waits."""
THROTTLE = timedelta(minutes=1)


class Sessions:
    """Who is logged in. A restart asks everyone to log in again."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._began: dict[str, datetime] = {}
        self._failed: list[datetime] = []

    @property
    def throttled(self) -> bool:
        """Whether too many wrong tokens came lately."""
        self._failed = [at for at in self._failed if self._clock() - at < THROTTLE]
        return len(self._failed) >= FAILURES

    def begin(self) -> str:
        """A new session; gives the value of its cookie."""
        while len(self._began) >= MOST:
            del self._began[min(self._began, key=lambda name: self._began[name])]
        name = secrets.token_urlsafe(24)
        self._began[name] = self._clock()
        return name

    def failed(self) -> None:
        """A wrong token was given."""
        self._failed.append(self._clock())

    def knows(self, name: str | None) -> bool:
        """Whether this cookie is of a living session."""
        began = self._began.get(name or "")
        if began is None:
            return False
        if self._clock() - began > LIFE:
            del self._began[name or ""]
            return False
        return True

    def end(self, name: str | None) -> None:
        """Log out."""
        self._began.pop(name or "", None)
