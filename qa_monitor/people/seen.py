"""The feed of flags as one person gets it: calls they may see, flags routed to them, for as long as they are in."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from pydantic import JsonValue

from alerts.care import EVERYONE
from alerts.records import CoachId, FlagId
from qa_monitor.feed_events import Data, FeedEvent, FeedKind, resync_event
from qa_monitor.people.duty import Duty
from qa_monitor.people.routing import Place
from qa_monitor.people.sight import Sight

Subscribe = Callable[[str | None], AsyncGenerator[FeedEvent, None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What somebody is shown of the feed."""

    sight: Sight
    coach: CoachId | None = None
    """Flags go to this coach as they are routed; none: all flags of the calls they may see."""


async def seen_feed(
    subscribe: Subscribe, after: str | None, view: Callable[[], View | None], duty: Duty
) -> AsyncIterator[FeedEvent]:
    """The events for whoever `view` describes, asked anew at every event: none ends it.

    Where that person may see other calls than before, `resync` and a snapshot come. Raises `StoreError`.
    """
    now = view()
    while now is not None:
        screen = _Screen(now, duty)
        with duty.opened(now.coach):
            async with aclosing(subscribe(after)) as events:
                async for event in events:
                    now = view()
                    if now != screen.view or screen.strays(event):
                        break
                    shown = screen.shown(event)
                    if shown is not None:
                        yield shown
                else:
                    return
        if now is not None:
            # what was shown may be too much or too little now: the page begins again
            yield resync_event("other calls")
            after = None


class _Screen:
    """What one console shows, under one view."""

    def __init__(self, view: View, duty: Duty) -> None:
        self.view = view
        self._duty = duty
        self._calls: set[str] = set()
        self._flags: set[str] = set()
        """Shown here: what becomes of one is told, also when it has gone to another desk."""

    def shown(self, event: FeedEvent) -> FeedEvent | None:
        """The event as this person gets it, if at all."""
        match event.event:
            case FeedKind.SNAPSHOT:
                return self._snapshot(event)
            case FeedKind.CALL:
                return self._noted(event.data, event)
            case FeedKind.FLAG:
                return event if self._takes(event.data) else None
            case _:
                return event

    def strays(self, event: FeedEvent) -> bool:
        """A call on this screen went to a team whose calls are not shown here: the page would keep it for good."""
        return event.event is FeedKind.CALL and str(event.data["call_id"]) in self._calls and not self._sees(event.data)

    def _snapshot(self, event: FeedEvent) -> FeedEvent:
        calls: list[JsonValue] = [call for call in _all(event.data["calls"]) if self._noted(call, event)]
        flags: list[JsonValue] = [flag for flag in _all(event.data["flags"]) if self._takes(flag)]
        data: dict[str, JsonValue] = {"calls": calls, "flags": flags}
        return FeedEvent(event=event.event, data={**event.data, **data}, id=event.id, sequence=event.sequence)

    def _noted(self, call: Data, event: FeedEvent) -> FeedEvent | None:
        if not self._sees(call):
            return None
        name = str(call["call_id"])
        if call["state"] == "live":
            self._calls.add(name)
        else:
            self._calls.discard(name)
        return event

    def _sees(self, call: Data) -> bool:
        teams = {str(part["team"]) for part in _all(call["agents"])} | {str(call["team"])}
        return self.view.sight.sees(str(call["tenant"]), teams)

    def _takes(self, flag: Data) -> bool:
        flag_id = str(flag["flag_id"])
        if self._seen(flag) and (flag_id in self._flags or self._reaches(flag)):
            self._flags.add(flag_id)
            return True
        return False

    def _seen(self, flag: Data) -> bool:
        tenant = flag["tenant"]
        return self.view.sight.sees(None if tenant is None else str(tenant), [str(flag["team"])])

    def _reaches(self, flag: Data) -> bool:
        """Whether it is this coach's to act on: it lies at their desk, or at everyone's and was routed to them.

        One that nobody acted on in time is everybody's.
        """
        care = flag["care"]
        assert isinstance(care, dict)
        if self.view.coach is None or care["escalations"] or care["desk"] == self.view.coach:
            return True
        if care["desk"] != EVERYONE:
            return False
        place = Place(tenant=str(flag["tenant"]), team=str(flag["team"]), agent_id=str(flag["agent_id"]))
        return self._duty.routed(FlagId(str(flag["flag_id"])), place).reaches(self.view.coach)


def _all(value: JsonValue) -> list[dict[str, JsonValue]]:
    assert isinstance(value, list)
    return [one for one in value if isinstance(one, dict)]
