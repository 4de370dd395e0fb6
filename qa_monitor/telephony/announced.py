"""The calls that were announced and have not arrived yet. In memory, bounded; a restart forgets them."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

from qa_monitor.telephony.announcement import Announcement
from streams.protocols.legs import SIDES as CONNECTED_APART
from streams.records import CallId, CallStarted, Speaker

MOST = 10_000
"""Announced calls that may wait at once."""
MOST_OF_ONE = 2_000
"""The same for one tenant's token, so that it leaves room for others."""
LEG_LIFE = timedelta(seconds=60)
"""How long an AudioSocket id can be used."""
_SWEEP = timedelta(seconds=1)


class AlreadyAnnounced(Exception):
    """A call of this id is waiting to arrive."""

    def __init__(self, call_id: CallId) -> None:
        super().__init__(f"call {call_id} is announced already: let it arrive or expire, or announce another id")


class TooManyAnnounced(Exception):
    """No room for one more: earlier ones must arrive or expire first."""

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} announced calls are waiting: announce later, or let them expire sooner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What whoever announced a call passes on to the telephone system."""

    call_id: CallId
    token: str = field(repr=False)
    """Opens this one call, once; or once each of its sides, where these come by a websocket each."""
    expires_at: datetime
    legs: Mapping[Speaker, UUID] = field(default_factory=lambda: MappingProxyType({}))
    """The AudioSocket id of each channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedLeg:
    """One side of an announced call, to come by a socket of its own."""

    announcement: Announcement
    channel: int


@dataclass(slots=True, kw_only=True)
class _Waiting:
    announcement: Announcement
    digest: bytes
    legs: dict[UUID, int]
    begun: bool = False
    """One of its legs or sides has come: its token opens nothing any more but its other side."""
    sides: set[Speaker] = field(default_factory=set)
    """Those that have come by a websocket each."""

    def opens(self, side: Speaker | None) -> bool:
        """Whether its token is still good for one side by itself, or for the whole call."""
        return not self.begun or (side is not None and bool(self.sides) and side not in self.sides)


class AnnouncedCalls:
    """Announced calls by id, by token and by leg. To be used from one event loop; asks the time of `clock`."""

    def __init__(self, clock: Callable[[], datetime], most: int = MOST) -> None:
        self._clock, self._most = clock, most
        self._calls: dict[CallId, _Waiting] = {}
        self._tokens: dict[bytes, CallId] = {}
        self._provider_ids: dict[str, list[CallId]] = {}
        self._legs: dict[UUID, CallId] = {}
        self._swept_at = clock()

    def announce(self, announcement: Announcement, *, legs: bool = False) -> Ticket:
        """Expect a call; with `legs`, by one AudioSocket per channel. Raises AlreadyAnnounced or TooManyAnnounced."""
        call_id = announcement.call_id
        if self.of_id(call_id) is not None:
            raise AlreadyAnnounced(call_id)
        self._make_room(announcement.by.prefix)
        token = secrets.token_urlsafe(24)
        channels = announcement.channels if legs and announcement.channels else ()
        ids = {uuid4(): channel for channel in range(len(channels))}
        waiting = _Waiting(announcement=announcement, digest=_digest(token), legs=ids)
        self._calls[call_id] = waiting
        self._tokens[waiting.digest] = call_id
        self._legs.update(dict.fromkeys(ids, call_id))
        if announcement.provider_id:
            self._provider_ids.setdefault(announcement.provider_id, []).append(call_id)
        return Ticket(
            call_id=call_id,
            token=token,
            expires_at=announcement.expires_at,
            legs=MappingProxyType({channels[channel]: leg for leg, channel in ids.items()}),
        )

    def of_id(self, call_id: CallId) -> Announcement | None:
        """The call announced under this id."""
        waiting = self._living(call_id)
        return None if waiting is None else waiting.announcement

    def of_token(self, token: str | None, side: Speaker | None = None) -> Announcement | None:
        """The call, or one side of it, that this token opens, while it is not spent for that.

        Found by its digest: time tells nothing of it.
        """
        waiting = self._of_token(token)
        return waiting.announcement if waiting is not None and waiting.opens(side) else None

    def still_of_token(self, token: str | None) -> Announcement | None:
        """The call of which this token opens anything yet: all of it, or a side."""
        waiting = self._of_token(token)
        opens = waiting is not None and any(waiting.opens(side) for side in (None, *CONNECTED_APART))
        return waiting.announcement if waiting is not None and opens else None

    def of_call(self, call: CallStarted, tenant: str | None, side: Speaker | None = None) -> Announcement | None:
        """The call announced under one of the provider's ids in this start; `tenant`: only if it is theirs."""
        for name in (call.call_id, call.metadata.get("conversation_id"), call.metadata.get("session_id")):
            for call_id in (CallId(name or ""), *reversed(self._provider_ids.get(name or "", ()))):
                waiting = self._living(call_id)
                if waiting is not None and waiting.opens(side) and tenant in (None, waiting.announcement.tenant):
                    return waiting.announcement
        return None

    def of_leg(self, leg: UUID) -> AnnouncedLeg | None:
        """The side of a call that this AudioSocket id stands for, while it is not spent."""
        call_id = self._legs.get(leg)
        waiting = None if call_id is None else self._living(call_id)
        if waiting is None:
            return None
        return AnnouncedLeg(announcement=waiting.announcement, channel=waiting.legs[leg])

    def spend(self, call_id: CallId) -> None:
        """The call has arrived: its token, and its legs, open nothing any more."""
        waiting = self._calls.pop(call_id, None)
        if waiting is None:
            return
        self._tokens.pop(waiting.digest, None)
        for leg in waiting.legs:
            self._legs.pop(leg, None)
        others = [each for each in self._provider_ids.pop(waiting.announcement.provider_id, ()) if each != call_id]
        if others:
            self._provider_ids[waiting.announcement.provider_id] = others

    def spend_side(self, call_id: CallId, side: Speaker) -> None:
        """This side has arrived by a websocket of its own; the other may still come."""
        waiting = self._calls.get(call_id)
        if waiting is None:
            return
        waiting.begun = True
        waiting.sides.add(side)
        for leg in waiting.legs:
            self._legs.pop(leg, None)
        if waiting.sides.issuperset(CONNECTED_APART):
            self.spend(call_id)

    def close(self, call_id: CallId) -> None:
        """The call is over: a side of it that has not come opens nothing any more. One that waits is left alone."""
        waiting = self._calls.get(call_id)
        if waiting is not None and waiting.sides:
            self.spend(call_id)

    def spend_leg(self, leg: UUID) -> None:
        """This side has arrived; the other may still come."""
        call_id = self._legs.pop(leg, None)
        waiting = None if call_id is None else self._calls.get(call_id)
        if waiting is None or call_id is None:
            return
        waiting.begun = True
        if not any(each in self._legs for each in waiting.legs):
            self.spend(call_id)

    def _of_token(self, token: str | None) -> _Waiting | None:
        call_id = None if token is None else self._tokens.get(_digest(token))
        return None if call_id is None else self._living(call_id)

    def _living(self, call_id: CallId) -> _Waiting | None:
        waiting = self._calls.get(call_id)
        if waiting is not None and self._clock() >= waiting.announcement.expires_at:
            self.spend(call_id)
            return None
        return waiting

    def _make_room(self, prefix: str | None) -> None:
        now = self._clock()
        if len(self._calls) >= self._most or now - self._swept_at >= _SWEEP:
            self._swept_at = now
            for call_id in list(self._calls):
                self._living(call_id)
        if len(self._calls) >= self._most:
            raise TooManyAnnounced(self._most)
        if prefix is None:
            return
        theirs = sum(waiting.announcement.by.prefix == prefix for waiting in self._calls.values())
        if theirs >= MOST_OF_ONE:
            raise TooManyAnnounced(MOST_OF_ONE)


def _digest(token: str) -> bytes:
    # what came from outside may hold half a character
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()
