"""The queries about coaches' desks: who is asked, who is spared, and what time changes. For open transactions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, and_, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from alerts.acts import Act, Draw, HandOver, Resolve, acted, due_at, taken_on, turned
from alerts.care import EVERYONE, Care
from alerts.desk import NO_BUDGET, Desk, DeskPolicy, may_refund, offered
from alerts.lifecycle import OPEN, reopened
from alerts.records import CoachId, FlagId, FlagState, RedFlag
from qa_monitor.records.calls import CallState
from qa_monitor.records.flags import FlagEvent, StoredFlag
from qa_monitor.store.calls.finds import find_call
from qa_monitor.store.flags.finds import find_flags, is_open
from qa_monitor.store.flags.rows import flag_event
from qa_monitor.store.tables import schema

flags, desks, shown, calls, events = (
    schema.flags,
    schema.desks,
    schema.shown_flags,
    schema.calls,
    schema.flag_events,
)


def shared(tenant: str, team: str, agent_id: str) -> CoachId:
    """Nobody in particular: all coaches share every call."""
    return EVERYONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """How flags come to coaches."""

    policy: DeskPolicy = NO_BUDGET
    whose: Callable[[str, str, str], CoachId] = shared
    """At whose desk flags of this tenant, team and agent arrive, now. Asked in the store's own thread."""


def find_desk(connection: Connection, coach: CoachId, flag: RedFlag, policy: DeskPolicy, now: datetime) -> Desk:
    """A desk as this flag finds it: its budget, and whether a flag of the same rule and call was drawn there."""
    row = connection.execute(select(desks).where(desks.c.coach == coach)).first()
    desk = (
        Desk.fresh(coach, policy, now)
        if row is None
        else Desk(coach=coach, tokens=row.tokens, filled_at=row.filled_at).filled(policy, now)
    )
    not_acted_on = or_(is_open(), flags.c.acknowledged_at >= (flag.raised_at or now))
    same = and_(flags.c.call_id == flag.call_id, flags.c.rule_id == flag.rule_id, flags.c.flag_id != flag.flag_id)
    known = select(flags.c.flag_id).join(shown, shown.c.flag_id == flags.c.flag_id)
    drawn = connection.execute(known.where(shown.c.coach == coach, same, not_acted_on).limit(1)).first()
    return desk if drawn is None else replace(desk, shown=frozenset({(flag.call_id, flag.rule_id)}))


def save_desk(connection: Connection, desk: Desk) -> None:
    """Keep how much of its budget a desk has left."""
    cells = {"coach": desk.coach, "tokens": desk.tokens, "filled_at": desk.filled_at}
    connection.execute(upsert(desks).values(cells).on_conflict_do_update(index_elements=["coach"], set_=cells))


def to_desk(connection: Connection, flag: RedFlag, coach: CoachId, policy: DeskPolicy, at: datetime) -> Care:
    """A flag comes to a desk: it asks from now on, or is held."""
    if flag.state not in OPEN:
        return Care(desk=coach)
    outcome = offered(flag, find_desk(connection, coach, flag, policy, at), policy, at)
    save_desk(connection, outcome.desk)
    return outcome.care


def refund(connection: Connection, stored: StoredFlag, policy: DeskPolicy, at: datetime) -> None:
    """A flag was withdrawn: where nobody saw it, nobody was interrupted."""
    if may_refund(stored.care):
        desk = find_desk(connection, stored.care.desk, stored.flag, policy, at)
        save_desk(connection, desk.refunded(policy))


def act_on(connection: Connection, stored: StoredFlag, act: Act, by: CoachId, at: datetime) -> StoredFlag:
    """A flag once a coach has done something to it; the same object where that changes nothing. To be numbered.

    Raises `WrongAct` or `WrongTransition`.
    """
    found = stored
    if isinstance(act, HandOver) and stored.flag.state is FlagState.ACKNOWLEDGED:
        found = opened(connection, stored)
    flag, care = acted(found.flag, found.care, act, by, at)
    if (flag, care) == (stored.flag, stored.care):
        return stored
    if isinstance(act, Draw):
        cells = {"coach": care.desk, "flag_id": flag.flag_id, "drawn_at": at}
        connection.execute(upsert(shown).values(cells).on_conflict_do_nothing())
    if isinstance(act, Resolve) and found.acknowledged_at is None:
        # whoever closes it has taken it on
        found = replace(found, acknowledged_by=by, acknowledged_at=at)
    return replace(found, flag=flag, care=care)


def opened(connection: Connection, stored: StoredFlag) -> StoredFlag:
    """A flag that somebody had taken on, given back: somebody else is to act."""
    before = None if stored.acknowledged_at is None else told_before(connection, stored, stored.acknowledged_at)
    flag = stored.flag.moved(FlagState.CONFIRMED) if before is None else reopened(stored.flag, before.flag)
    care = taken_on(stored.care)
    return replace(stored, flag=flag, care=care, acknowledged_by=None, acknowledged_at=None)


def told_before(connection: Connection, now: StoredFlag, at: datetime) -> StoredFlag | None:
    """The flag as it was told before what was done to it at this moment; none where that was not told."""
    own = events.c.flag_id == now.flag.flag_id
    act = select(events.c.sequence).where(own, events.c.at == at).order_by(events.c.sequence.desc()).limit(1)
    sequence = connection.execute(act).scalar()
    before = select(events).where(own, events.c.sequence < sequence).order_by(events.c.sequence.desc()).limit(1)
    row = None if sequence is None else connection.execute(before).first()
    return None if row is None else flag_event(row).flag


def turn(connection: Connection, stored: StoredFlag, policy: DeskPolicy, now: datetime) -> StoredFlag:
    """A flag once time has done its part; the same object where it has none. To be numbered."""
    if stored.flag.state not in OPEN:
        return stored
    call = find_call(connection, stored.flag.call_id)
    live = call is not None and call.state is CallState.LIVE
    if stored.care.held is not None:
        return released(connection, stored, policy, now) if live else stored
    if stored.care.snoozed_until is None and not live:
        # the call is over: no deadline can be met any more, and nobody need be pressed
        connection.execute(update(flags).where(flags.c.flag_id == stored.flag.flag_id).values(due_at=None))
        return stored
    care = turned(stored.flag, stored.care, now)
    return stored if care == stored.care else replace(stored, care=care)


def released(connection: Connection, stored: StoredFlag, policy: DeskPolicy, now: datetime) -> StoredFlag:
    """A held flag, asking from now on where nothing holds it any more and it is fresh."""
    fresh_until = due_at(stored.flag, stored.care)
    if fresh_until is None or now >= fresh_until:
        return stored
    outcome = offered(stored.flag, find_desk(connection, stored.care.desk, stored.flag, policy, now), policy, now)
    if outcome.care.held is not None:
        return stored
    save_desk(connection, outcome.desk)
    return replace(stored, care=outcome.care)


def find_due(connection: Connection, policy: DeskPolicy, now: datetime, limit: int) -> Sequence[FlagId]:
    """The flags that time changes now, the most pressing first. Reads only: `turn` decides."""
    over = flags.c.held.is_(None) & (flags.c.due_at <= now)
    held = flags.c.held.is_not(None) & (flags.c.due_at > now) & (calls.c.state == CallState.LIVE.value)
    order = (flags.c.priority.desc(), flags.c.raised_s, flags.c.flag_id)
    found = find_flags(connection, is_open(), or_(over, held), order=order, limit=limit)
    return [
        stored.flag.flag_id
        for stored in found
        if stored.care.held is None or _would_pass(connection, stored, policy, now)
    ]


def _would_pass(connection: Connection, stored: StoredFlag, policy: DeskPolicy, now: datetime) -> bool:
    desk = find_desk(connection, stored.care.desk, stored.flag, policy, now)
    return offered(stored.flag, desk, policy, now).care.held is None


def find_asked(connection: Connection, since: datetime) -> Sequence[FlagEvent]:
    """The changes of flags since then, in order: what the rate of interruptions is counted from."""
    rows = connection.execute(select(events).where(events.c.at >= since).order_by(events.c.sequence))
    return [flag_event(row) for row in rows]
