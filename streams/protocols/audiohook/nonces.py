"""Remembers which signatures were used, so that none is used twice."""

from collections import deque
from datetime import datetime, timedelta
from hashlib import sha256

KEEP = timedelta(seconds=60)
"""Longer than any signature is accepted."""
MOST = 100_000
"""Remembered at once; about 15 MiB."""


class Nonces:
    """The nonces of good signatures. One for all connections of a process, on one event loop."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._seen: set[bytes] = set()
        self._order: deque[tuple[datetime, bytes]] = deque()

    @property
    def held(self) -> int:
        """How many are remembered."""
        return len(self._seen)

    def burn(self, key_id: str, nonce: str, now: datetime) -> bool:
        """Use a nonce up. False where it was used in the last minute, or where no more can be remembered."""
        while self._order and now - self._order[0][0] > KEEP:
            self._seen.discard(self._order.popleft()[1])
        mark = sha256(f"{len(key_id)}:{key_id}{nonce}".encode(errors="surrogatepass")).digest()
        if mark in self._seen or len(self._seen) >= self._most:
            return False
        self._seen.add(mark)
        self._order.append((now, mark))
        return True
