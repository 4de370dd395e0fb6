"""What the routes of reviews share: who acts, what is refused and how, and what somebody must not see yet."""

from collections.abc import Iterator, Set
from contextlib import contextmanager

from fastapi import HTTPException

from qa_monitor.application import Application
from qa_monitor.people.records import Account, AccountId, AgentKey, Role
from qa_monitor.people.sight import Sight
from qa_monitor.records.calls import StoredCall
from qa_monitor.records.errors import NotKept, StoreError
from qa_monitor.reviews.blinding import blind_to
from qa_monitor.reviews.calibration import NotNow
from qa_monitor.reviews.comments import WrongThread
from qa_monitor.reviews.life import WrongStep
from qa_monitor.reviews.machine import current
from qa_monitor.reviews.records import Review
from qa_monitor.reviews.rights import Actor, NotYours
from qa_monitor.reviews.wire import Scored
from qa_monitor.routes.visitors import check_sees_call, sees, sight_of
from qa_monitor.security.visitor import Visitor
from streams.records import CallId

REVIEWERS = frozenset({Role.COACH, Role.QA_LEAD})


@contextmanager
def refusals() -> Iterator[None]:
    """What goes wrong inside, as the answer of a route."""
    try:
        yield
    except NotKept as error:
        raise HTTPException(404, str(error)) from error
    except NotYours as error:
        raise HTTPException(403, str(error)) from error
    except (WrongStep, WrongThread, NotNow) as error:
        raise HTTPException(409, str(error)) from error
    except StoreError as error:
        raise HTTPException(503, str(error)) from error


def actor_of(who: Visitor) -> Actor:
    """Who does something to a review."""
    operator = who.account is None
    return Actor(
        name=who.name,
        leads=operator or Role.QA_LEAD in who.roles,
        operator=operator,
        agent=None if who.account is None else who.account.agent,
    )


async def kept_call(parts: Application, who: Visitor, call_id: str) -> StoredCall:
    """A call they may see. Raises 404 for any other."""
    await check_sees_call(parts, who, call_id)
    with refusals():
        stored = await parts.store.call(CallId(call_id))
    if stored is None:
        raise HTTPException(404, f"no call {call_id} is kept")
    return stored


def agents_on(stored: StoredCall) -> frozenset[AgentKey]:
    """Every agent who had the call."""
    tenant = stored.call.tenant
    return frozenset(AgentKey(tenant, one) for one in {stored.call.agent_id, *(a.agent_id for a in stored.agents)})


def check_reviewer(parts: Application, who: Visitor, reviewer: str, stored: StoredCall) -> None:
    """Raises 422 for whom this call cannot be given to: they must see it, and not have been on it."""
    if who.account is None and reviewer == who.name:
        return
    account = parts.register.account(AccountId(reviewer))
    if account is None or not account.roles & REVIEWERS:
        raise HTTPException(422, f"reviewer: {reviewer!r} is no coach's or QA lead's account")
    if account.agent in agents_on(stored):
        raise HTTPException(422, f"reviewer: {reviewer!r} was on the call {stored.call.call_id}")
    if not sees(parts.register.sight(account), stored):
        raise HTTPException(422, f"reviewer: {reviewer!r} does not see calls of this team")


def reviewers_seen_by(parts: Application, who: Visitor) -> list[Account]:
    """Coaches and QA leads of the teams they see themselves, by name."""
    sight = parts.register.sight(who.account)
    found = [
        one
        for one in parts.register.directory.accounts.values()
        if one.roles & REVIEWERS and not one.disabled and (sight.every or one.every_team or one.teams & sight.teams)
    ]
    return sorted(found, key=lambda one: one.account_id)


async def scored(parts: Application, review: Review) -> Scored | None:
    """What the call of a review earned by its scorecard, as of now; none where it was not scored."""
    with refusals():
        score = current(await parts.after.reviewing.scores.scores_of(review.call_id), review.scorecard_id)
        if score is None:
            return None
        scorecard = await parts.after.reviewing.scores.scorecard(score.scorecard_id, score.version)
    return None if scorecard is None else (score, scorecard)


async def scores_sight(parts: Application, who: Visitor) -> Sight:
    """What they may see at this moment where scores are read: lists, searches, samples, reports."""
    with refusals():
        return await blind_to(parts.after.reviewing.calibrations, sight_of(parts, who), who.name)


async def blind_for(parts: Application, who: Visitor) -> Set[CallId]:
    """The calls they calibrate just now: of these they see nobody's answers, the machine's least of all."""
    return (await scores_sight(parts, who)).blind


async def check_not_blind(parts: Application, who: Visitor, call_id: str) -> None:
    """Raises 409 where they calibrate this call: for every route that shows or takes answers about it."""
    if CallId(call_id) in await blind_for(parts, who):
        raise HTTPException(409, "you calibrate this call: its answers are shown once the calibration is closed")


async def check_not_own(parts: Application, who: Visitor, call_id: str) -> None:
    """Raises 403 where they were on this call themselves: nobody judges calls of their own."""
    if who.account is not None and who.account.agent in agents_on(await kept_call(parts, who, call_id)):
        raise HTTPException(403, "nobody reviews or decides calls of their own")
