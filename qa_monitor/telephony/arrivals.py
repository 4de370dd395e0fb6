"""Who connects: every connection of telephony, from its first byte to why it ended. For the page that shows arrivals.

Addresses of machines and ids of calls, no audio, no words, no tokens. Kept in memory only.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from streams.records import CallId, CallStarted

MOST_OVER = 200
"""Connections that are over and still shown; the oldest is forgotten."""


class ArrivalState(StrEnum):
    """Where a connection stands."""

    WAITING = "waiting"
    """Connected; no valid start yet."""
    LIVE = "live"
    """Its call is followed."""
    ENDED = "ended"
    REFUSED = "refused"
    """Ended before a call began, by us or by the other side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One connection as it stands."""

    number: int
    """Counts up from 1 since the service started."""
    dialect: str
    peer: str
    """The other side's address; behind a proxy that is not trusted to tell it, the proxy's."""
    opened_at: datetime
    state: ArrivalState = ArrivalState.WAITING
    call_id: CallId | None = None
    tenant: str = ""
    agent_id: str = ""
    ended_at: datetime | None = None
    code: int | None = None
    """The close code, or the HTTP status where the connection was refused before it was open."""
    reason: str = ""
    """Why it ended, as the other side was told; empty while it lives."""
    rejected: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """What was dropped or refused so far, counted by reason."""


Counts = Callable[[], Mapping[str, int]]


class Arrivals:
    """All connections that live, and the latest that are over. To be used from one event loop."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._count = 0
        self._living: dict[int, Arrival] = {}
        self._counts: dict[int, Counts] = {}
        self._over: OrderedDict[int, Arrival] = OrderedDict()

    def opened(self, dialect: str, peer: str, counts: Counts | None = None) -> int:
        """Somebody connected; gives the number by which to go on. `counts` tells what was rejected so far."""
        self._count += 1
        arrival = Arrival(number=self._count, dialect=dialect, peer=peer, opened_at=self._clock())
        self._living[self._count] = arrival
        if counts is not None:
            self._counts[self._count] = counts
        return self._count

    def started(self, number: int, call: CallStarted) -> None:
        """Its start was valid: the call is followed."""
        arrival = self._living.get(number)
        if arrival is not None:
            self._living[number] = replace(
                arrival,
                state=ArrivalState.LIVE,
                call_id=call.call_id,
                tenant=call.tenant,
                agent_id=call.agent_id,
            )

    def over(self, number: int, code: int | None, reason: str, *, good: bool = False) -> None:
        """The connection is over; `good`: as it should be, also where no call began. Again changes nothing."""
        arrival = self._living.get(number)
        if arrival is None:
            return
        arrival = self._counted(arrival)
        del self._living[number]
        self._counts.pop(number, None)
        state = ArrivalState.ENDED if good or arrival.state is ArrivalState.LIVE else ArrivalState.REFUSED
        self._over[number] = replace(arrival, state=state, ended_at=self._clock(), code=code, reason=reason)
        while len(self._over) > MOST_OVER:
            self._over.popitem(last=False)

    def refused(self, dialect: str, peer: str, code: int, reason: str) -> None:
        """Somebody was turned away before the connection was open."""
        self.over(self.opened(dialect, peer), code, reason)

    def recent(self, limit: int = 100) -> tuple[Arrival, ...]:
        """Those that live, then those that are over; newest first in both."""
        living = [self._counted(arrival) for arrival in self._living.values()]
        shown = [*reversed(living), *reversed(self._over.values())]
        return tuple(shown[:limit])

    def _counted(self, arrival: Arrival) -> Arrival:
        counts = self._counts.get(arrival.number)
        return arrival if counts is None else replace(arrival, rejected=MappingProxyType(dict(counts())))
