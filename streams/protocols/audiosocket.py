"""Asterisk AudioSocket: who may connect, and which connections make up a call. A one-time UUID stands for one side."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from streams.protocols.pairing import Pair, Seat
from streams.records import CallStarted
from streams.refusals import POLICY, Refused

NAME = "audiosocket"
REMEMBERED = timedelta(seconds=120)
"""A call that has ended is remembered longer than its UUIDs live, so that none begins it a second time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """What was announced for one UUID."""

    call: CallStarted
    """The call with all its channels; its rate and start are filled in when it is heard."""
    channel: int
    """Which of them this connection carries."""
    pair_key: str
    """The same for both connections of a call."""

    def __post_init__(self) -> None:
        if not 0 <= self.channel < len(self.call.channels):
            raise ValueError(f"call {self.call.call_id} has no channel {self.channel}")


Claim = Callable[[UUID], Leg | None]
"""Whose is this UUID? Once only; none where it is unknown, expired or spent. May raise `Refused` in plain words."""


class Pairs:
    """Brings connections to the calls they belong to. One per server; counts what its calls correct in `rejected`."""

    def __init__(self, claim: Claim) -> None:
        self._claim = claim
        self._pairs: dict[str, Pair] = {}
        self.rejected: Counter[str] = Counter()

    def join(self, uuid: UUID, now: datetime) -> Seat:
        """The place announced for this UUID. Raises Refused, without the UUID in its text."""
        leg = self._claim(uuid)
        if leg is None:
            raise Refused(POLICY, "the UUID is unknown, expired or was used before")
        self._forget(now)
        if leg.pair_key not in self._pairs:
            self._pairs[leg.pair_key] = Pair(replace(leg.call, dialect=NAME), self.rejected)
        return self._pairs[leg.pair_key].join(leg.channel)

    def _forget(self, now: datetime) -> None:
        for key, pair in list(self._pairs.items()):
            if pair.over_at is not None and (not pair.started or now - pair.over_at > REMEMBERED):
                del self._pairs[key]
