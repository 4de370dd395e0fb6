"""How many calls each credential has, and how fast it begins them."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from qa_monitor.telephony.credential import Credential
from streams.records import CallStarted

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """One call's share of what its credential may have."""

    name: str
    session_id: str | None


class Places:
    """To be used from one event loop. Memory is bounded by the number of tokens and of calls."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._taken: set[Place] = set()
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

    def take(self, who: Credential, call: CallStarted) -> Place:
        """One more call."""
        place = Place(name=who.name, session_id=call.metadata.get("session_id"))
        self._taken.add(place)
        self._counts[who.name] += 1
        if who.calls_per_minute is not None:
            self._lately(who.name).append(self._clock())
        return place

    def leave(self, place: Place) -> None:
        """The call is over, or another place has taken over from this one. Again changes nothing."""
        if place in self._taken:
            self._taken.discard(place)
            self._counts[place.name] -= 1

    def _lately(self, name: str) -> deque[datetime]:
        began = self._began[name]
        while began and self._clock() - began[0] >= MINUTE:
            began.popleft()
        return began
