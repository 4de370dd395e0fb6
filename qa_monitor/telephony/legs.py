"""AudioSocket: which announced call, and which side of it, an id stands for."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from qa_monitor.telephony.admission import NOT_AUTHORISED, NOT_FOLLOWED, Room, Why
from qa_monitor.telephony.announced import AnnouncedCalls
from qa_monitor.telephony.announcement import Announcement
from qa_monitor.telephony.credentials import Credentials
from qa_monitor.telephony.places import Place, Places
from qa_monitor.telephony.settings import Address
from streams.protocols.audiosocket import Leg
from streams.records import CallId, CallStarted, Speaker
from streams.refusals import NORMAL, POLICY, Refused

log = structlog.get_logger()

PATIENCE = timedelta(seconds=90)
"""A place taken for a call that never became live is free again after this."""
UNHEARD_HZ = 8_000
"""The rate before audio has told it."""


class Legs:
    """Claims ids, each once. To be used from one event loop."""

    def __init__(
        self,
        *,
        credentials: Credentials,
        places: Places,
        room: Room,
        clock: Callable[[], datetime],
        refused: Callable[[str], None],
    ) -> None:
        self._credentials, self._places, self._room, self._clock = credentials, places, room, clock
        self._refused = refused
        self._pairs: dict[CallId, tuple[Place, datetime]] = {}

    @property
    def _announced(self) -> AnnouncedCalls:
        return self._credentials.announced

    def claim(self, leg: UUID) -> Leg | None:
        """What this id stands for; none where it is unknown, expired or used. Raises Refused in words."""
        self._forget_lost()
        found = self._announced.of_leg(leg)
        if found is None:
            self._tell(Why.LEG)
            return None
        announcement = found.announcement
        self._check(announcement)
        call = self._expected(announcement)
        if announcement.call_id not in self._pairs:
            self._pairs[announcement.call_id] = (self._places.take(announcement.by, call), self._clock())
        self._announced.spend_leg(leg)
        return Leg(call=call, channel=found.channel, pair_key=announcement.call_id)

    def released(self, call_id: CallId) -> None:
        """The call is over. Again changes nothing."""
        pair = self._pairs.pop(call_id, None)
        if pair is not None:
            self._places.leave(pair[0])

    def _check(self, announcement: Announcement) -> None:
        """Raises Refused where the call may not begin. What one side has settled holds for the other."""
        if not self._credentials.in_force(announcement.by):
            raise self._refusal(Why.TOKEN, NOT_AUTHORISED)
        if not announcement.followed:
            raise self._refusal(Why.NOT_FOLLOWED, NOT_FOLLOWED)
        if announcement.call_id in self._pairs:
            return
        problem = self._places.problem(announcement.by)
        if problem is not None:
            raise self._refusal(Why.RATE, problem)
        if not self._room.has_room_for(self._expected(announcement)):
            raise self._refusal(Why.ROOM, "no room for another call, or its id is live already")

    def _refusal(self, why: Why, reason: str) -> Refused:
        self._tell(why)
        return Refused(NORMAL if why is Why.NOT_FOLLOWED else POLICY, reason)

    def _tell(self, why: Why) -> None:
        self._refused(why)
        log.info("call refused", why=why.value, dialect=Address.AUDIOSOCKET.value)

    def _expected(self, announcement: Announcement) -> CallStarted:
        """The call as it will begin; time and rate are told by its first audio."""
        route = self._credentials.telephony.route(Address.AUDIOSOCKET)
        bare = CallStarted(
            call_id=announcement.call_id,
            team=route.team,
            direction=route.direction,
            language=route.language,
            channels=announcement.channels or route.channels or (Speaker.MIXED,),
            rate_hz=UNHEARD_HZ,
            started_at=self._clock(),
            dialect=Address.AUDIOSOCKET,
            notice=route.notice,
            consent=route.consent,
            metadata={"conversation_id": announcement.provider_id} if announcement.provider_id else {},
        )
        return announcement.filled_into(bare, by_track=False)

    def _forget_lost(self) -> None:
        now = self._clock()
        for call_id, (_, taken_at) in list(self._pairs.items()):
            if call_id not in self._room.live and now - taken_at >= PATIENCE:
                self.released(call_id)
