"""Which coaches have a console open, and whom each flag went to: said once, so that its later changes go there too."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from alerts.care import EVERYONE
from alerts.records import CoachId, FlagId
from qa_monitor.people.records import Directory
from qa_monitor.people.routing import Place, Routed, Standing, route
from qa_monitor.records.flags import StoredFlag

REMEMBERED = 20_000
"""Flags whose way is remembered; of older ones it is worked out again."""


def nobody_flooded() -> Collection[CoachId]:
    """No coach has more than they can act on."""
    return frozenset()


class Duty:
    """For one event loop."""

    def __init__(
        self,
        directory: Callable[[], Directory],
        clock: Callable[[], datetime],
        flooded: Callable[[], Collection[CoachId]] = nobody_flooded,
    ) -> None:
        self._directory, self._clock, self._flooded = directory, clock, flooded
        self._open: Counter[CoachId] = Counter()
        self._routed: OrderedDict[FlagId, Routed] = OrderedDict()

    @property
    def present(self) -> frozenset[CoachId]:
        """Coaches who have a console open."""
        return frozenset(self._open)

    @contextmanager
    def opened(self, coach: CoachId | None) -> Iterator[None]:
        """This coach has a console open for as long as the block lasts; none: somebody who is no coach."""
        if coach is None:
            yield
            return
        self._open[coach] += 1
        try:
            yield
        finally:
            self._open[coach] -= 1
            if not self._open[coach]:
                del self._open[coach]

    def noticed(self, stored: StoredFlag) -> None:
        """A flag changed: whom a new one goes to is decided, once, by who is there and free."""
        flag_id = stored.flag.flag_id
        if flag_id not in self._routed and stored.tenant is not None:
            self._remember(flag_id, self.now(Place(tenant=stored.tenant, team=stored.team, agent_id=stored.agent_id)))

    def routed(self, flag_id: FlagId, place: Place) -> Routed:
        """Whom this flag went to. Of one from before a restart, whoever is on shift, with a console open or not yet."""
        found = self._routed.get(flag_id)
        if found is None:
            found = route(place, self._directory(), self._clock(), Standing(flooded=self._flooded()))
            self._remember(flag_id, found)
        return found

    def now(self, place: Place) -> Routed:
        """Whom a flag of this call would go to at this moment."""
        standing = Standing(flooded=self._flooded(), present=self.present)
        return route(place, self._directory(), self._clock(), standing)

    def desk(self, tenant: str, team: str, agent_id: str) -> CoachId:
        """At whose desk a flag of this call arrives: that of the one coach it goes to, or everyone's."""
        coaches = self.now(Place(tenant=tenant, team=team, agent_id=agent_id)).coaches
        return next(iter(coaches)) if len(coaches) == 1 else EVERYONE

    def _remember(self, flag_id: FlagId, routed: Routed) -> None:
        self._routed[flag_id] = routed
        while len(self._routed) > REMEMBERED:
            self._routed.popitem(last=False)
