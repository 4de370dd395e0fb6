"""May this call begin? Everything that telephony's routes ask, in one place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Protocol

import structlog

from qa_monitor.telephony.announcement import Announcement
from qa_monitor.telephony.credential import Credential
from qa_monitor.telephony.credentials import Credentials
from qa_monitor.telephony.doorstep import Doorstep
from qa_monitor.telephony.places import Place, Places
from qa_monitor.telephony.settings import TRACKED, Address
from streams.protocols.legs import OpenPairs
from streams.records import CallId, CallStarted, Speaker
from streams.refusals import NORMAL, POLICY, Refused

log = structlog.get_logger()


class Why(StrEnum):
    """Why a call may not begin, for counting."""

    TOKEN = "token"
    TENANT = "tenant"
    RATE = "rate"
    ROOM = "room"
    NOT_FOLLOWED = "not_followed"
    LEG = "leg"


NOT_AUTHORISED = "not authorised: the token is missing, wrong or spent"
UNSAID = "default"
"""The tenant of a start message that names none."""
NOT_FOLLOWED = "this call was announced as not to be followed"


class Room(Protocol):
    """The switchboard, as far as admission asks it."""

    def has_room_for(self, call: CallStarted) -> bool:
        """Whether this call may begin: there is room, and its id is not live already."""
        ...

    @property
    def live(self) -> Mapping[CallId, object]:
        """The calls being followed."""
        ...


class Admission:
    """To be used from one event loop: between a question and its answer nothing else happens."""

    def __init__(
        self,
        *,
        credentials: Credentials,
        places: Places,
        room: Room,
        pairs: OpenPairs,
        refused: Callable[[str], None],
    ) -> None:
        self._credentials, self._room, self._pairs, self._refused = credentials, room, pairs, refused
        self._announced = credentials.announced
        self._places = places
        self.doorstep = Doorstep()

    def busy(self, who: Credential) -> str | None:
        """Why whoever connects may not begin one more call now; none where it may. For a 503 on the upgrade."""
        return self._places.problem(who)

    def visit(self, address: Address, known: Credential | None) -> "Visit":
        """One connection to this address; `known`: as what its upgrade showed it. End it with `over`."""
        return Visit(self, address, known)

    def admit(
        self, visitor: "Visit", given: str | None, call: CallStarted, side: Speaker | None = None
    ) -> tuple[CallStarted, Place]:
        """The call as it will be followed, and its share of what its credential may have. Raises Refused.

        `side`: this connection is one of two of the call. Each is asked for; the call counts once.
        """
        who, announcement = self._who(visitor, given, call, side)
        followed = self._filled(visitor.address, who, announcement, call)
        self._check_id(who, followed, announcement)
        second = side is not None and self._pairs.has(followed)
        place = self._places.share(followed) if second else self._new_place(who, followed, side)
        if place is None:
            raise self._no_room(who, followed)
        if announcement is not None and side is not None:
            self._announced.spend_side(announcement.call_id, side)
        elif announcement is not None:
            self._announced.spend(announcement.call_id)
        return followed, place

    def _check_id(self, who: Credential, followed: CallStarted, announcement: Announcement | None) -> None:
        """Raises Refused where another call was announced under this id."""
        other = self._announced.of_id(followed.call_id)
        if other is not None and other is not announcement:
            raise self._no_room(who, followed)

    def _new_place(self, who: Credential, followed: CallStarted, side: Speaker | None) -> Place:
        """For a call that begins with this connection, or is carried on by it. Raises Refused."""
        carried = self._places.continued(who, followed)
        problem = None if carried is not None else self._places.problem(who)
        if problem is not None:
            raise self._refusal(Why.RATE, problem, who, followed)
        if not self._room.has_room_for(followed):
            raise self._no_room(who, followed)
        if carried is not None:
            self._places.leave(carried)
        return self._places.take(who, followed, shared=side is not None)

    def leave(self, place: Place) -> None:
        """A connection of the call that was given this place is over."""
        if self._places.leave(place) and place.pair is not None:
            self._announced.close(place.pair[1])

    def _who(
        self, visitor: "Visit", given: str | None, call: CallStarted, side: Speaker | None
    ) -> tuple[Credential, Announcement | None]:
        """Who begins this call, and as what it was announced. A token in the message counts where none came before."""
        known = visitor.known
        announcement = self._announced.of_token(given, side)
        if announcement is None and known is not None:
            announcement = self._announced.of_token(known.ticket, side)
        ticketed = announcement is not None and self._credentials.in_force(announcement.by)
        shown = known if known is not None and known.ticket is None else self._credentials.of_token(given)
        lasting = shown if shown is not None and self._credentials.in_force(shown) else None
        if not ticketed:
            announcement = None if lasting is None else self._announced.of_call(call, lasting.tenant, side)
        who = lasting or (announcement.by if announcement is not None and ticketed else None)
        if who is None or (not ticketed and self._demands_ticket(visitor)):
            raise self._refusal(Why.TOKEN, NOT_AUTHORISED, who, call)
        return who, announcement

    def _demands_ticket(self, visitor: "Visit") -> bool:
        return self._credentials.telephony.one_time(visitor.address) and not self._credentials.open_loopback

    def _filled(
        self, address: Address, who: Credential, announcement: Announcement | None, call: CallStarted
    ) -> CallStarted:
        """The call with its tenant settled and what was announced filled in. Raises Refused."""
        if announcement is None:
            return replace(call, tenant=self._tenant(address, who, call))
        if not who.may_act_for(announcement.tenant):
            raise self._refusal(Why.TENANT, NOT_AUTHORISED, who, call)
        if not announcement.followed:
            raise self._refusal(Why.NOT_FOLLOWED, NOT_FOLLOWED, who, call)
        by_track = address in TRACKED and self._credentials.telephony.log_in(address).channels is None
        return announcement.filled_into(call, by_track=by_track)

    def _tenant(self, address: Address, who: Credential, call: CallStarted) -> str:
        """The credential's own tenant, where the start message does not name another. Raises Refused."""
        if who.tenant is None or who.tenant == call.tenant:
            return call.tenant
        if call.tenant not in (UNSAID, self._credentials.telephony.log_in(address).tenant):
            raise self._refusal(Why.TENANT, f"tenant: this token does not open calls of {call.tenant}", who, call)
        return who.tenant

    def _no_room(self, who: Credential, call: CallStarted) -> Refused:
        reason = f"no room for another call, or call {call.call_id} is live already"
        return self._refusal(Why.ROOM, reason, who, call)

    def _refusal(self, why: Why, reason: str, who: Credential | None, call: CallStarted) -> Refused:
        self._refused(why)
        log.info("call refused", why=why.value, dialect=call.dialect, credential=None if who is None else who.name)
        return Refused(NORMAL if why is Why.NOT_FOLLOWED else POLICY, reason)


class Visit:
    """One connection: admits at most one call, and gives its place back when it is over."""

    def __init__(self, admission: Admission, address: Address, known: Credential | None) -> None:
        self._admission = admission
        self.address, self.known = address, known
        self._place: Place | None = None
        if known is None:
            admission.doorstep.enter(self)

    def admit(self, given: str | None, call: CallStarted) -> CallStarted:
        """What a dialect asks before it begins its call. Raises Refused."""
        return self._admitted(given, call, None)

    def admit_side(self, given: str | None, call: CallStarted, side: Speaker) -> CallStarted:
        """The same where this connection carries one side of the call, and another one the other."""
        return self._admitted(given, call, side)

    def _admitted(self, given: str | None, call: CallStarted, side: Speaker | None) -> CallStarted:
        followed, place = self._admission.admit(self, given, call, side)
        self.over()
        self._place = place
        return followed

    def over(self) -> None:
        """The connection has ended. Again changes nothing."""
        self._admission.doorstep.leave(self)
        if self._place is not None:
            self._admission.leave(self._place)
            self._place = None
