"""How many calls each credential has, and how fast it begins them."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from qa_monitor.telephony.credential import Credential
from streams.records import CallId, CallStarted

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """One call's share of what its credential may have."""

    name: str
    session_id: str | None
    pair: tuple[str, CallId] | None = None
    """Tenant and id of a call whose connections share this place."""


class Places:
    """To be used from one event loop. Memory is bounded by the number of tokens and of calls."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._taken: Counter[Place] = Counter()
        self._counts: Counter[str] = Counter()
        self._began: defaultdict[str, deque[datetime]] = defaultdict(deque)

    def problem(self, who: Credential) -> str | None:
        """Why one more call is one too many; none where it is not."""
        if who.max_calls is not None and self._counts[who.name] >= who.max_calls:
            return f"{who.name} may have {who.max_calls} calls at once"
        if who.calls_per_minute is not None and len(self._lately(who.name)) >= who.calls_per_minute:
            return f"{who.name} may begin {who.calls_per_minute} calls a minute"
        return None

    def continued(self, who: Credential, call: CallStarted) -> Place | None:
        """The place of the session that this call carries on, where that is the same credential's."""
        return next((one for one in self._taken if one.name == who.name and one.session_id in call.continues), None)

    def share(self, call: CallStarted) -> Place | None:
        """The place of this call, which its other connection has taken: to be left by both. None where it has none."""
        pair = (call.tenant, call.call_id)
        place = next((one for one in reversed(self._taken) if one.pair == pair), None)
        if place is not None:
            self._taken[place] += 1
        return place

    def take(self, who: Credential, call: CallStarted, *, shared: bool = False) -> Place:
        """One more call; `shared`: another connection may `share` it."""
        pair = (call.tenant, call.call_id) if shared else None
        place = Place(name=who.name, session_id=call.metadata.get("session_id"), pair=pair)
        self._taken[place] = 1
        self._counts[who.name] += 1
        if who.calls_per_minute is not None:
            self._lately(who.name).append(self._clock())
        return place

    def leave(self, place: Place) -> bool:
        """The call is over, or another place has taken over from this one; once for each who took or shared it.

        True: nobody has it any more. Again changes nothing.
        """
        self._taken[place] -= 1
        if self._taken[place] > 0:
            return False
        if self._taken.pop(place) == 0:
            self._counts[place.name] -= 1
        return True

    def _lately(self, name: str) -> deque[datetime]:
        began = self._began[name]
        while began and self._clock() - began[0] >= MINUTE:
            began.popleft()
        return began
