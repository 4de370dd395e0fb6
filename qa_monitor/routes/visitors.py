"""Who asks, and whether a call is theirs to see. What they may not see is not there, as far as is told."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, TypeVar

from fastapi import Depends, HTTPException
from starlette.requests import HTTPConnection

from alerts.records import FlagId
from qa_monitor.application import Application
from qa_monitor.feed_events import FeedEvent
from qa_monitor.people.records import Role
from qa_monitor.people.seen import View
from qa_monitor.people.sight import Sight
from qa_monitor.records.calls import StoredCall
from qa_monitor.records.errors import StoreError
from qa_monitor.security.visitor import Visitor
from streams.records import CallId

T = TypeVar("T")
VisitorNow = Callable[[], Visitor | None]


def somebody(connection: HTTPConnection) -> Visitor | None:
    """Whoever the gate let in; none: a telephone system with its own token."""
    found: Visitor | None = connection.state.visitor
    return found


def visitor(connection: HTTPConnection) -> Visitor:
    """A person. The gate has let in nobody else to where this is asked."""
    found = somebody(connection)
    if found is None:
        raise HTTPException(403, "for people only")
    return found


def visitor_now(connection: HTTPConnection) -> VisitorNow:
    """How to ask once more who it is: a stream goes on for hours."""
    found: VisitorNow = connection.state.visitor_now
    return found


Who = Annotated[Visitor, Depends(visitor)]
Somebody = Annotated[Visitor | None, Depends(somebody)]
WhoNow = Annotated[VisitorNow, Depends(visitor_now)]


def sight_of(parts: Application, who: Visitor) -> Sight:
    """What they may see at this moment."""
    return parts.register.sight(who.account)


def view_of(parts: Application, who: Visitor | None) -> View | None:
    """The feed as they get it; none once they are logged out. Leads and the operator get flags whoever they go to."""
    if who is None:
        return None
    routed = Role.COACH in who.roles and Role.QA_LEAD not in who.roles and who.account is not None
    return View(sight=sight_of(parts, who), coach=who.coach_id if routed else None)


async def check_sees_call(parts: Application, who: Visitor, call_id: str) -> None:
    """Raises 404 for a call that is not theirs to see, as for one that is not there."""
    sight = sight_of(parts, who)
    if sight.every:
        return
    stored = await _kept(parts.store.call(CallId(call_id)))
    live = parts.switchboard.live.get(CallId(call_id))
    if stored is not None:
        seen = sees(sight, stored)
    else:
        seen = live is not None and sight.sees(live.call.tenant, [live.call.team])
    if not seen:
        raise HTTPException(404, f"no call {call_id} is kept")


async def check_sees_flag(parts: Application, who: Visitor, flag_id: str) -> None:
    """Raises 404 for a flag of a call that is not theirs to see, as for one that is not there."""
    if sight_of(parts, who).every:
        return
    name = FlagId(flag_id)
    stored = await _kept(parts.store.flag(name)) or await _kept(parts.store.trial_flag(name))
    if stored is None:
        raise HTTPException(404, f"no flag {flag_id} is kept")
    try:
        await check_sees_call(parts, who, stored.flag.call_id)
    except HTTPException as error:
        raise HTTPException(404, f"no flag {flag_id} is kept") from error


async def _kept(found: Awaitable[T]) -> T:
    """What the store has. Raises 503 where it cannot tell: in doubt nothing is shown."""
    try:
        return await found
    except StoreError as error:
        raise HTTPException(503, str(error)) from error


def sees(sight: Sight, stored: StoredCall) -> bool:
    """Whether a call may be seen: it was with one of their teams at some time."""
    return sight.sees(stored.call.tenant, {stored.call.team, *(agent.team for agent in stored.agents)})


async def while_welcome(
    events: AsyncIterator[FeedEvent], parts: Application, who: Visitor, now: VisitorNow
) -> AsyncIterator[FeedEvent]:
    """Events for as long as this visitor is logged in and may see what they could see at first."""
    before = view_of(parts, who)
    async for event in events:
        if view_of(parts, now()) != before:
            return
        yield event
